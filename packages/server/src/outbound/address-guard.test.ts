// Every class of address that is not of the open internet, in every notation that a URL takes; and what stands just beside them.
import { describe, expect, it } from "vitest";
import { closedAddress } from "./address-guard.ts";
import { readAllowedHosts } from "./allowed-hosts.ts";
import { refusalOf } from "./request-guarded.ts";

const hosts = (raw: string) => {
  const read = readAllowedHosts(raw);
  if (!Array.isArray(read)) throw new Error("refused");
  return read as Exclude<ReturnType<typeof readAllowedHosts>, { why: string }>;
};

describe("closedAddress", () => {
  it.each([
    ["127.0.0.1", "a loopback address"],
    ["127.255.255.254", "a loopback address"],
    ["0.0.0.0", "an unspecified address"],
    ["0.1.2.3", "an unspecified address"],
    ["10.0.0.1", "a private address"],
    ["172.16.0.1", "a private address"],
    ["172.31.255.255", "a private address"],
    ["192.168.1.1", "a private address"],
    ["100.64.0.1", "an address of a carrier's own network"],
    ["100.127.255.255", "an address of a carrier's own network"],
    ["169.254.169.254", "a link-local address"],
    ["168.63.129.16", "a cloud metadata address"],
    ["100.100.100.200", "a cloud metadata address"],
    ["192.0.0.192", "a reserved address"],
    ["192.0.2.1", "a reserved address"],
    ["198.18.0.1", "a reserved address"],
    ["198.19.255.255", "a reserved address"],
    ["198.51.100.7", "a reserved address"],
    ["203.0.113.7", "a reserved address"],
    ["192.88.99.1", "a 6to4 relay's address"],
    ["224.0.0.1", "a multicast address"],
    ["239.255.255.250", "a multicast address"],
    ["240.0.0.1", "a reserved address"],
    ["255.255.255.255", "a reserved address"],
    ["::", "an unspecified address"],
    ["::1", "a loopback address"],
    ["::ffff:127.0.0.1", "an IPv4 address written as IPv6"],
    ["::ffff:7f00:1", "an IPv4 address written as IPv6"],
    ["::ffff:8.8.8.8", "an IPv4 address written as IPv6"],
    ["::127.0.0.1", "an IPv4 address written as IPv6"],
    ["0:0:0:0:0:ffff:a9fe:a9fe", "an IPv4 address written as IPv6"],
    ["64:ff9b::7f00:1", "a NAT64 address"],
    ["64:ff9b::8.8.8.8", "a NAT64 address"],
    ["64:ff9b:1::a00:1", "a NAT64 address"],
    ["2002:7f00:1::", "a 6to4 address"],
    ["2002:a9fe:a9fe::1", "a 6to4 address"],
    ["2001:0:7f00:1::", "a Teredo address"],
    ["2001:db8::1", "a reserved address"],
    ["2001:10::1", "a reserved address"],
    ["3fff::1", "a reserved address"],
    ["fc00::1", "a unique local address"],
    ["fd12:3456::1", "a unique local address"],
    ["fd00:ec2::254", "a cloud metadata address"],
    ["fe80::1", "a link-local address"],
    ["fe80::1%eth0", "no address that can be judged"],
    ["2606:4700::1%eth0", "no address that can be judged"],
    ["fec0::1", "a site-local address"],
    ["ff02::1", "a multicast address"],
    ["100::1", "a reserved address"],
    ["4000::1", "a reserved address"],
    ["example.com", "no address that can be judged"],
    ["", "no address that can be judged"],
  ])("%s is %s", (address, what) => expect(closedAddress(address)?.what).toBe(what));

  it.each(["8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1"])(
    "%s is open",
    (address) => expect(closedAddress(address)).toBeUndefined(),
  );
  it.each(["172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "169.253.255.255", "169.255.0.0", "223.255.255.255"])(
    "%s is open",
    (address) => expect(closedAddress(address)).toBeUndefined(),
  );
  it.each(["2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2001:200::1", "2003::1"])("%s is open", (address) =>
    expect(closedAddress(address)).toBeUndefined(),
  );

  it("counts as inside only what an operator's own network is made of", () => {
    const inside = ["10.1.1.1", "172.20.0.1", "192.168.0.1", "127.0.0.1", "100.64.0.1", "::1", "fd12::1"];
    expect(inside.map((address) => closedAddress(address)?.isInside)).toEqual(inside.map(() => true));
    const never = [
      "169.254.169.254",
      "0.0.0.0",
      "224.0.0.1",
      "::ffff:10.0.0.1",
      "64:ff9b::a00:1",
      "fe80::1",
      "fd00:ec2::254",
      "100.100.100.200",
    ];
    expect(never.map((address) => closedAddress(address)?.isInside)).toEqual(never.map(() => false));
  });
});

describe("refusalOf", () => {
  const how = "An operator can name the host in OUTBOUND_ALLOW_HOSTS.";
  it.each([
    ["https://127.0.0.1/x", `That is a loopback address. ${how}`],
    ["https://2130706433/", `That is a loopback address. ${how}`],
    ["https://0x7f000001/", `That is a loopback address. ${how}`],
    ["https://0177.0.0.1/", `That is a loopback address. ${how}`],
    ["https://0x7f.1/", `That is a loopback address. ${how}`],
    ["https://127.1/", `That is a loopback address. ${how}`],
    ["https://127.0.0.1./", `That is a loopback address. ${how}`],
    ["https://１２７.0.0.1/", `That is a loopback address. ${how}`],
    ["https://%31%32%37.0.0.1/", `That is a loopback address. ${how}`],
    ["https://0/", `That is an unspecified address. ${how}`],
    ["https://[::1]/", `That is a loopback address. ${how}`],
    ["https://[::ffff:127.0.0.1]/", `That is an IPv4 address written as IPv6. ${how}`],
    ["https://[::ffff:a9fe:a9fe]/latest", `That is an IPv4 address written as IPv6. ${how}`],
    ["https://[64:ff9b::10.0.0.1]/", `That is a NAT64 address. ${how}`],
    ["https://[2002:a00:1::]/", `That is a 6to4 address. ${how}`],
    ["https://2852039166/latest/meta-data", `That is a link-local address. ${how}`],
    ["https://[fe80::1%25eth0]/", "That is not a URL."],
    ["https://999.1.1.1/", "That is not a URL."],
    ["https://", "That is not a URL."],
    ["hooks.example.com", "That is not a URL."],
    ["http://hooks.example.com/", `Only https addresses are called. ${how}`],
    ["file:///etc/passwd", "Only https addresses are called."],
    ["gopher://127.0.0.1:6379/_x", "Only https addresses are called."],
    ["https://user:word@hooks.example.com/", "An address with a user name or password in it is not called."],
    ["https://hooks.example.com@127.0.0.1/", "An address with a user name or password in it is not called."],
    ["https://hooks.example.com:0/", "Port 0 is no port."],
  ])("%s: %s", (url, why) => expect(refusalOf(url, [])).toBe(why));

  it.each(["https://hooks.example.com/a?b=c", "https://8.8.8.8/", "https://[2606:4700::1111]:8443/", "HTTPS://Hooks.Example.COM./"])(
    "lets %s pass",
    (url) => expect(refusalOf(url, [])).toBeUndefined(),
  );

  it("lets a named host pass, with http too, on its port and no other", () => {
    const allowed = hosts("hooks.internal, 10.0.0.5:8080, [fd00::5], 127.0.0.1:80");
    const passes = (url: string) => refusalOf(url, allowed) === undefined;
    expect(
      ["http://hooks.internal/", "https://HOOKS.internal./x", "http://10.0.0.5:8080/", "https://[fd00::5]/", "http://127.0.0.1/"].map(
        passes,
      ),
    ).toEqual(Array.from({ length: 5 }, () => true));
    const closed = [
      "http://hooks.internal:6379/",
      "http://10.0.0.5/",
      "https://10.0.0.5:8081/",
      "http://sub.hooks.internal/",
      "https://127.0.0.1/",
    ];
    expect(closed.map(passes)).toEqual(closed.map(() => false));
    expect(passes("http://user@hooks.internal/")).toBe(false);
  });
});

describe("OUTBOUND_ALLOW_HOSTS", () => {
  it("is a list of exact hosts", () => {
    expect(hosts("A.example, 10.0.0.5:80 ,,[::1]:8443")).toEqual([
      { host: "a.example", port: undefined },
      { host: "10.0.0.5", port: 80 },
      { host: "[::1]", port: 8443 },
    ]);
    expect(readAllowedHosts(undefined)).toEqual([]);
  });
  it.each(["https://a.example", "a.example/path", "*.example", "user@a.example", "a b", "a.example:99999", "a.example?x"])(
    "refuses %s",
    (raw) => expect(readAllowedHosts(raw)).toMatchObject({ why: expect.stringContaining("must be hosts") as string }),
  );
});
