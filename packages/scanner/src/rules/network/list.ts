// Rules of programs that talk to other machines or show how this one does, HTTP clients and TLS tools included.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { ngrep, tcpdump, tshark } from "./capture.ts";
import { acmeClients, certbot, cfssl, gnutlsCli, keytool, step, tlsTests } from "./certificates.ts";
import { curl } from "./curl.ts";
import { dig, dnsLoad, host, nslookup, nsupdate } from "./dns-clients.ts";
import { checkers, pdnsutil, rndc, unbound } from "./dns-servers.ts";
import { fail2ban, firewalld, ufw } from "./firewall-managers.ts";
import { conntrack, ipset, iptables, ipvsadm, nft, pfctl, tableRestores, tableSaves } from "./firewalls.ts";
import { grpcHealth, grpcurl, loadTools, websockets } from "./http-tools.ts";
import { httpie } from "./httpie.ts";
import { ethtool, objectTools, routeTables } from "./interfaces.ts";
import { ip } from "./ip.ts";
import { doveadm, exim, mailClients, mailq, postcat, postconf, postfix, postmap, postqueue, postsuper, spamFilters } from "./mail.ts";
import { iperf, meters } from "./meters.ts";
import { interfaceSwitches, nmcli } from "./network-manager.ts";
import { openVswitch } from "./open-vswitch.ts";
import { openssl } from "./openssl.ts";
import { arping, fping, mtr, packetMakers, ping, traceroute } from "./probes.ts";
import { haproxy, haproxyClients, varnishReaders, varnishadm } from "./proxies.ts";
import { birdc, vtysh } from "./routing-daemons.ts";
import { massScanners, nmap, sshKeyscan } from "./scanners.ts";
import { exportfs, shareReaders, smbclient, snmpChanges, snmpReaders } from "./shares.ts";
import { nc, socat, telnet } from "./socket-clients.ts";
import { netstat, nstat, ss } from "./sockets.ts";
import { supervisor } from "./supervisors.ts";
import { chronyc, clockSetters, ntpq } from "./time-sources.ts";
import { ipsec, otherTunnels, swanctl, tailscale, wgQuick, wireguard } from "./tunnels.ts";
import { apache, applicationServers, caddy, nginx, passengerStatus, siteSwitches, verbServers } from "./web-servers.ts";
import { wget } from "./wget.ts";

export const networkRules: readonly ProgramRule[] = [
  acmeClients,
  apache,
  applicationServers,
  arping,
  birdc,
  caddy,
  certbot,
  cfssl,
  checkers,
  chronyc,
  clockSetters,
  conntrack,
  curl,
  dig,
  dnsLoad,
  doveadm,
  ethtool,
  exim,
  exportfs,
  fail2ban,
  firewalld,
  fping,
  gnutlsCli,
  grpcHealth,
  grpcurl,
  haproxy,
  haproxyClients,
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
  mailClients,
  mailq,
  massScanners,
  meters,
  mtr,
  nc,
  netstat,
  nft,
  nginx,
  ngrep,
  nmap,
  nmcli,
  nslookup,
  nstat,
  nsupdate,
  ntpq,
  objectTools,
  openVswitch,
  openssl,
  otherTunnels,
  packetMakers,
  passengerStatus,
  pdnsutil,
  pfctl,
  ping,
  postcat,
  postconf,
  postfix,
  postmap,
  postqueue,
  postsuper,
  rndc,
  routeTables,
  shareReaders,
  siteSwitches,
  smbclient,
  snmpChanges,
  snmpReaders,
  socat,
  spamFilters,
  ss,
  sshKeyscan,
  step,
  supervisor,
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
  unbound,
  varnishReaders,
  varnishadm,
  verbServers,
  vtysh,
  websockets,
  wgQuick,
  wget,
  wireguard,
];
