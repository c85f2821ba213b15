// Small programs that only print: what a network address means, tickets of Kerberos, recorded load, what is in a capture.
import { program } from "../../rule.ts";
import { numbersOf } from "./rule-kinds.ts";
import { reading } from "../verb-rules.ts";

export const addressFacts = program({
  ...reading("calculates with network addresses"),
  names: "ipcalc|ipcalc-ng|sipcalc|subnetcalc|netmask|grepcidr",
  source: "ipcalc(1) 1.0, sipcalc(1) 1.1, netmask(1) 2.4",
  answers: [1],
  examples: { "ipcalc 10.20.3.4/20": "safe", "ipcalc -n 10.0.0.1 255.255.0.0": "safe", "sipcalc -a 10.0.0.0/8": "safe" },
  nearMisses: ["ipcalc 10.0.0.0/8 > x"],
});

export const klist = program({
  names: "klist",
  source: "klist(1), MIT Kerberos 1.21",
  why: "lists Kerberos tickets or the entries of a key table",
  flags: "-A -a -C -c -e -f -i -k -l -n -s -t -V -5 -d",
  options: { "-K": { arity: "flag", risk: "caution", sensitive: true, why: "prints the keys themselves" } },
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { klist: "safe", "klist -e": "safe", "klist -kte /etc/krb5.keytab": "safe", "klist -kK": "caution" },
  nearMisses: ["klist -kK /etc/krb5.keytab"],
});

export const atopsar = program({
  ...reading("prints load as it was recorded, or as it is"),
  names: "atopsar",
  source: "atopsar(1) 2.10",
  values: "-r -b -e -A -R",
  unbounded: (inv) => !inv.has("-r") && numbersOf(inv).length === 1,
  safer: "say how often: atopsar 5 3",
  examples: {
    "atopsar -r /var/log/atop/atop_20310404 -c -b 13:00 -e 13:10": "safe",
    "atopsar -c 5 3": "safe",
    "atopsar -m 10": "caution",
  },
  nearMisses: ["atopsar 10"],
});

export const capinfos = program({
  ...reading("prints facts about captures"),
  names: "capinfos|captype",
  source: "capinfos(1), captype(1), Wireshark 4.2",
  answers: [1, 2],
  examples: { "capinfos trace.pcap": "safe", "capinfos -Tm a.pcap b.pcap": "safe" },
  nearMisses: ["capinfos trace.pcap > out"],
});
