// Rules of programs that talk to other machines or show how this one does, HTTP clients and TLS tools included.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { ngrep, tcpdump, tshark } from "./capture.ts";
import { acmeClients, certbot, cfssl, gnutlsCli, keytool, step, tlsTests } from "./certificates.ts";
import { curl } from "./curl.ts";
import { dig, dnsLoad, host, nslookup, nsupdate } from "./dns-clients.ts";
import { fail2ban, firewalld, ufw } from "./firewall-managers.ts";
import { conntrack, ipset, iptables, ipvsadm, nft, pfctl, tableRestores, tableSaves } from "./firewalls.ts";
import { grpcHealth, grpcurl, loadTools, websockets } from "./http-tools.ts";
import { httpie } from "./httpie.ts";
import { ethtool, objectTools, routeTables } from "./interfaces.ts";
import { ip } from "./ip.ts";
import { iperf, meters } from "./meters.ts";
import { interfaceSwitches, nmcli } from "./network-manager.ts";
import { openVswitch } from "./open-vswitch.ts";
import { openssl } from "./openssl.ts";
import { arping, fping, mtr, packetMakers, ping, traceroute } from "./probes.ts";
import { massScanners, nmap, sshKeyscan } from "./scanners.ts";
import { nc, socat, telnet } from "./socket-clients.ts";
import { netstat, nstat, ss } from "./sockets.ts";
import { ipsec, otherTunnels, swanctl, tailscale, wgQuick, wireguard } from "./tunnels.ts";
import { wget } from "./wget.ts";

export const networkRules: readonly ProgramRule[] = [
  acmeClients,
  arping,
  certbot,
  cfssl,
  conntrack,
  curl,
  dig,
  dnsLoad,
  ethtool,
  fail2ban,
  firewalld,
  fping,
  gnutlsCli,
  grpcHealth,
  grpcurl,
  host,
  httpie,
  interfaceSwitches,
  ip,
  iperf,
  ipsec,
  ipset,
  iptables,
  ipvsadm,
  keytool,
  loadTools,
  massScanners,
  meters,
  mtr,
  nc,
  netstat,
  nft,
  ngrep,
  nmap,
  nmcli,
  nslookup,
  nstat,
  nsupdate,
  objectTools,
  openVswitch,
  openssl,
  otherTunnels,
  packetMakers,
  pfctl,
  ping,
  routeTables,
  socat,
  ss,
  sshKeyscan,
  step,
  swanctl,
  tableRestores,
  tableSaves,
  tailscale,
  tcpdump,
  telnet,
  tlsTests,
  traceroute,
  tshark,
  ufw,
  websockets,
  wgQuick,
  wget,
  wireguard,
];
