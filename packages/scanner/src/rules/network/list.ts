// Rules of programs that talk to other machines or show how this one does, HTTP clients and TLS tools included.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { curl, wget } from "./http-clients.ts";
import { capture, changeNetwork, dig, ip, netstat, ping, routeTables, ss, traceroute } from "./network.ts";
import { openssl } from "./openssl.ts";

export const networkRules: readonly ProgramRule[] = [
  capture,
  changeNetwork,
  curl,
  dig,
  ip,
  netstat,
  openssl,
  ping,
  routeTables,
  ss,
  traceroute,
  wget,
];
