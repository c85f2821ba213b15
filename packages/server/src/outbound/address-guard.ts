// An IP address goes in; why nothing may be sent there comes out, or nothing where it is an address of the open internet.
// The server stands inside a network that others may not reach: an address that somebody types, or that a name resolves to, must not lead there.
// IPv4 is open unless it is listed; IPv6 is open only within global unicast, and not where it carries an IPv4 address.
import { BlockList, isIP } from "node:net";

export interface ClosedAddress {
  /** What it is, as in "That is a loopback address". */
  readonly what: string;
  /** The operator may open it by naming a host that resolves to it; anything else must be named itself. */
  readonly isInside: boolean;
}

type Row = readonly [subnet: string, prefix: number, what: string, isInside?: "inside"];

/** The first that holds counts. @source IANA special-purpose address registries; the metadata addresses of the clouds */
const closed4: readonly Row[] = [
  ["168.63.129.16", 32, "a cloud metadata address"],
  ["100.100.100.200", 32, "a cloud metadata address"],
  ["0.0.0.0", 8, "an unspecified address"],
  ["10.0.0.0", 8, "a private address", "inside"],
  ["100.64.0.0", 10, "an address of a carrier's own network", "inside"],
  ["127.0.0.0", 8, "a loopback address", "inside"],
  ["169.254.0.0", 16, "a link-local address"],
  ["172.16.0.0", 12, "a private address", "inside"],
  ["192.0.0.0", 24, "a reserved address"],
  ["192.0.2.0", 24, "a reserved address"],
  ["192.31.196.0", 24, "a reserved address"],
  ["192.52.193.0", 24, "a reserved address"],
  ["192.88.99.0", 24, "a 6to4 relay's address"],
  ["192.168.0.0", 16, "a private address", "inside"],
  ["192.175.48.0", 24, "a reserved address"],
  ["198.18.0.0", 15, "a reserved address"],
  ["198.51.100.0", 24, "a reserved address"],
  ["203.0.113.0", 24, "a reserved address"],
  ["224.0.0.0", 4, "a multicast address"],
  ["240.0.0.0", 4, "a reserved address"],
];

const closed6: readonly Row[] = [
  ["fd00:ec2::254", 128, "a cloud metadata address"],
  ["::", 128, "an unspecified address"],
  ["::1", 128, "a loopback address", "inside"],
  ["::ffff:0:0", 96, "an IPv4 address written as IPv6"],
  ["::", 96, "an IPv4 address written as IPv6"],
  ["64:ff9b::", 96, "a NAT64 address"],
  ["64:ff9b:1::", 48, "a NAT64 address"],
  ["2001::", 32, "a Teredo address"],
  ["2001::", 23, "a reserved address"],
  ["2001:db8::", 32, "a reserved address"],
  ["2002::", 16, "a 6to4 address"],
  ["3fff::", 20, "a reserved address"],
  ["fc00::", 7, "a unique local address", "inside"],
  ["fe80::", 10, "a link-local address"],
  ["fec0::", 10, "a site-local address"],
  ["ff00::", 8, "a multicast address"],
];

const compiled = (rows: readonly Row[], family: "ipv4" | "ipv6") =>
  rows.map(([subnet, prefix, what, inside]) => {
    const list = new BlockList();
    list.addSubnet(subnet, prefix, family);
    return { list, closed: { what, isInside: inside === "inside" } };
  });

const rows4 = compiled(closed4, "ipv4");
const rows6 = compiled(closed6, "ipv6");
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** @param address as a resolver gives it: dotted IPv4, or IPv6 without brackets. Anything else is closed. */
export function closedAddress(address: string): ClosedAddress | undefined {
  const family = isIP(address);
  if (family === 0 || address.includes("%")) return { what: "no address that can be judged", isInside: false };
  if (family === 4) return rows4.find(({ list }) => list.check(address, "ipv4"))?.closed;
  const found = rows6.find(({ list }) => list.check(address, "ipv6"))?.closed;
  if (found !== undefined) return found;
  return globalUnicast.check(address, "ipv6") ? undefined : { what: "a reserved address", isInside: false };
}
