// Hosts inside the operator's own network that the server may send to, from OUTBOUND_ALLOW_HOSTS: exact names or addresses, each with or without a port.
import { Refused } from "../config-values.ts";

export interface AllowedHost {
  /** As URL writes it: lower case, IPv6 in brackets, without a trailing dot. */
  readonly host: string;
  /** Undefined: the ports of http and https. */
  readonly port: number | undefined;
}

const portOf: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** The host of a URL in the form in which hosts are compared. */
export const hostOf = (url: URL): string => url.hostname.replace(/\.$/, "");

/** The port that a URL leads to. */
export const portOfUrl = (url: URL): number => (url.port === "" ? (portOf[url.protocol] ?? 0) : Number(url.port));

function readHost(entry: string): AllowedHost | undefined {
  const text = `http://${entry}`;
  if (!URL.canParse(text) || entry.includes("*")) return undefined;
  const url = new URL(text);
  const { username, password, pathname, search, hash } = url;
  if (`${username}${password}${search}${hash}` !== "" || pathname !== "/" || entry.endsWith("/")) return undefined;
  // URL leaves out a port that is http's own.
  return { host: hostOf(url), port: /:\d+$/.test(entry) ? portOfUrl(url) : undefined };
}

/** The value of OUTBOUND_ALLOW_HOSTS. */
export function readAllowedHosts(raw: string | undefined): readonly AllowedHost[] | Refused {
  const entries = (raw ?? "").split(",").map((entry) => entry.trim());
  const hosts = entries.flatMap((entry) => (entry === "" ? [] : [readHost(entry)]));
  const known = hosts.flatMap((host) => host ?? []);
  return known.length === hosts.length
    ? known
    : new Refused("must be hosts such as hooks.example.internal or 10.0.0.5:8080, separated by commas, without scheme, path or *");
}

export const isAllowed = (allowed: readonly AllowedHost[], url: URL): boolean => {
  const [host, port] = [hostOf(url), portOfUrl(url)];
  return allowed.some((one) => one.host === host && (one.port === undefined ? Object.values(portOf).includes(port) : one.port === port));
};
