// The address of a client goes in, what counts as one anonymous visitor comes out: an IPv4 address, or the /64 network of an IPv6 one,
// because a single connection owns 2^64 of those and could ask from a new one each time. Used for rate limits only.
import { isIPv6 } from "node:net";

const groups = 8;
const networkGroups = 4;

/** "192.0.2.1" stays; "2001:db8:1:2:3::9" is "2001:db8:1:2::/64"; an IPv4 address inside IPv6 is itself. */
export function networkOf(address: string): string {
  const [plain = address] = address.split("%", 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return address;
  const [head = "", tail] = plain.split("::", 2);
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, groups - before.length - after.length);
  const full = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  const network = full.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
