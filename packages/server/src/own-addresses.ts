// The configuration goes in, the addresses under which this server is known come out: to browsers, to agents, to itself.
import { type Config, isLoopback } from "./config.ts";

/** A wildcard address is reached by this machine's own. */
const hostOf = ({ host }: Config): string => (host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host);

/** Host as it stands in a URL: IPv6 in brackets. */
const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** Origin that people open; `port` is the one that is listened on. */
export const publicUrl = (config: Config, port: number): string => config.publicUrl ?? `http://${bracketed(hostOf(config))}:${port}`;

/** Part of the session cookie's name, so that servers on one machine do not overwrite each other's; replicas behind one PUBLIC_URL share it. */
export const portOfPage = (config: Config): string =>
  config.publicUrl === undefined ? String(config.port) : new URL(config.publicUrl).port || "public";

export const isSecure = (config: Config): boolean => config.publicUrl?.startsWith("https:") ?? false;

/** Name or address that agents dial and that the gateway's certificate names. */
export const agentHost = (config: Config): string =>
  config.agentHost ?? new URL(publicUrl(config, config.port)).hostname.replaceAll(/^\[|\]$/g, "");

/** Origins of our own pages; on loopback every spelling of this machine. */
export function ownOrigins(config: Config, port: number): readonly string[] {
  if (config.publicUrl !== undefined || !isLoopback(config.host)) return [publicUrl(config, port)];
  return ["127.0.0.1", "localhost", "[::1]"].map((host) => `http://${host}:${port}`);
}
