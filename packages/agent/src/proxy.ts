// The way out through a proxy: HTTPS_PROXY and NO_PROXY of the environment. The link's library reads the lower-case names only.
// TLS is never ended there: the proxy is asked for a tunnel (CONNECT), and the pinned authority is met at its far end.

type Environment = Record<string, string | undefined>;

/** Makes the link's library see what administrators write. Lower-case names that are set already win. */
export function honourProxy(env: Environment): void {
  for (const [upper, lower] of [
    ["HTTPS_PROXY", "https_proxy"],
    ["NO_PROXY", "no_proxy"],
  ] as const) {
    const value = env[upper];
    if (value !== undefined && value !== "" && (env[lower] ?? "") === "") env[lower] = value;
  }
}

/** HOST:PORT of the proxy for a host; undefined: dialled directly. */
export function proxyFor(host: string, env: Environment): { readonly host: string; readonly port: number } | undefined {
  const given = firstOf(env, "grpc_proxy", "https_proxy", "http_proxy");
  if (isExempt(host, firstOf(env, "no_grpc_proxy", "no_proxy")) || !URL.canParse(given)) return undefined;
  const { hostname, port, protocol } = new URL(given);
  return protocol === "http:" ? { host: hostname, port: port === "" ? 80 : Number(port) } : undefined;
}

const firstOf = (env: Environment, ...names: readonly string[]): string =>
  names.map((name) => env[name] ?? "").find((value) => value !== "") ?? "";

const isExempt = (host: string, list: string): boolean =>
  list
    .split(",")
    .map((each) => each.trim())
    .some((each) => each !== "" && (host === each || host.endsWith(each.startsWith(".") ? each : `.${each}`)));
