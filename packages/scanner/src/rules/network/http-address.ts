// One address word of an HTTP client -> its parts, as far as they are written out, and whether it is one of the services that hand out
// credentials. Pure; read by http-request.ts. What is not written out stays empty and is never guessed.
import type { Arg } from "../../arg.ts";

export interface HttpAddress {
  /** In small letters; "" when none is written, undefined when it may be any. */
  readonly scheme: string | undefined;
  /** In small letters, without user and port. */
  readonly host: string;
  readonly port: string;
  /** Decoded, without doubled slashes; begins with a slash. */
  readonly path: string;
  /** Behind the question mark, decoded. */
  readonly query: string;
  /** All of it is written out, in letters that no client rewrites: a path of `exact` is what the server gets. */
  readonly exact: boolean;
}

/** Longer ones are looked at by nobody; servers refuse most of them. */
export const longestAddress = 4096;

const plainPath = /^[\w.,*:@~+=/!$-]*$/;

function decode(text: string): string {
  return text.replaceAll(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Scheme and rest; the scheme is unknown where the word begins with something that is not written out. */
function splitScheme(arg: Arg, text: string): readonly [scheme: string | undefined, rest: string] {
  const found = /^([a-z][a-z0-9+.-]*):\/{1,3}/i.exec(arg.head);
  if (found !== null) return [(found[1] ?? "").toLowerCase(), text.slice(found[0].length)];
  return [arg.head === "" ? undefined : "", text];
}

function splitHost(authority: string): readonly [host: string, port: string] {
  const bare = decode(authority.slice(authority.lastIndexOf("@") + 1)).toLowerCase();
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?/.exec(bare);
  return [(found?.[1] ?? "").replace(/\.$/, ""), found?.[2] ?? ""];
}

/** Takes an address apart. */
export function readAddress(arg: Arg): HttpAddress {
  const text = arg.shape === "literal" ? arg.text : arg.text.replaceAll(/["']/g, "");
  const [scheme, rest] = splitScheme(arg, text.slice(0, longestAddress));
  const withoutFragment = rest.split("#", 1)[0] ?? "";
  const [before = "", ...queries] = withoutFragment.split("?");
  const slash = before.indexOf("/");
  const [host, port] = splitHost(slash < 0 ? before : before.slice(0, slash));
  const rawPath = slash < 0 ? "/" : before.slice(slash);
  const exact = arg.shape === "literal" && !rest.includes("#") && plainPath.test(rawPath) && !/\/\.|\/\//.test(rawPath);
  return { scheme, host, port, path: decode(rawPath).replaceAll(/\/{2,}/g, "/"), query: decode(queries.join("?")), exact };
}

const credentialHosts =
  /^(169\.254\.169\.254|169\.254\.170\.(2|23)|168\.63\.129\.16|100\.100\.100\.200|192\.0\.0\.192|a9fea9fe\..*|metadata(\.google\.internal|\.goog|\.tencentyun\.com)?|instance-data(\..*)?|\[(fd00:ec2::(254|23)|fd20:ce::254|.*a9fe:a9fe|.*169\.254\..*)\]|.*169[.-]254[.-]169[.-]254.*)$/;

/** An IPv4 address may be written in one to four numbers, each in octal, decimal or hexadecimal digits. */
function numericHost(host: string): string | undefined {
  const parts = host.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]{1,8}|\d{1,12})$/.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  const value = numbers.reduce((sum, number, index) => sum + number * 256 ** (3 - index), 0) + last;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** The groups of an IPv6 address without leading zeros and with `::` written as one, and the IPv4 address that its end may stand for. */
function spelledOut(host: string): readonly string[] {
  const inner = /^\[([\da-f:]+)(?:%.*)?\]$/.exec(host)?.[1];
  if (inner === undefined) return [];
  const halves = inner.split("::", 2).map((half) =>
    half
      .split(":")
      .filter((group) => group !== "")
      .map((group) => Number.parseInt(group, 16)),
  );
  const [left = [], right] = halves;
  const groups = right === undefined ? left : [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
  const [high = 0, low = 0] = groups.slice(-2);
  return [
    `[${groups
      .map((group) => group.toString(16))
      .join(":")
      .replace(/(^|:)0(:0)+(:|$)/, "::")}]`,
    [high >> 8, high & 255, low >> 8, low & 255].join("."),
  ];
}

/** A host in letters that clients expand, decode or look up in their own way. */
export function isStrangeHost(host: string): boolean {
  return !/^([\w.-]*|\[[\da-f:.%]*\])$/.test(host);
}

/** Whether the host hands out the credentials of the machine to whoever asks on it. */
export function givesCredentials(host: string): boolean {
  return [host, numericHost(host) ?? "", ...spelledOut(host)].some((form) => credentialHosts.test(form));
}
