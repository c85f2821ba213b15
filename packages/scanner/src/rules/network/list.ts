// Rules of programs that talk to other machines or show how this one does, HTTP clients and TLS tools included.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { curl } from "./curl.ts";
import { grpcHealth, grpcurl, loadTools, websockets } from "./http-tools.ts";
import { httpie } from "./httpie.ts";
import { ethtool, objectTools, routeTables } from "./interfaces.ts";
import { ip } from "./ip.ts";
import { capture, changeNetwork, dig, ping, traceroute } from "./network.ts";
import { openssl } from "./openssl.ts";
import { netstat, nstat, ss } from "./sockets.ts";
import { wget } from "./wget.ts";

export const networkRules: readonly ProgramRule[] = [
  capture,
  changeNetwork,
  curl,
  dig,
  ethtool,
  grpcHealth,
  grpcurl,
  httpie,
  ip,
  loadTools,
  netstat,
  nstat,
  objectTools,
  openssl,
  ping,
  routeTables,
  ss,
  traceroute,
  websockets,
  wget,
];
