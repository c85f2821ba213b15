// Programs that stop the machine.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp } from "./rule-kinds.ts";

function powerRisk(inv: Invocation): Risk {
  if (asksHelp(inv)) return "safe";
  if (inv.program !== "shutdown" || inv.options.length !== 1 || inv.unlisted.length > 0) return "dangerous";
  if (inv.has("--show")) return inv.operands.length === 0 ? "safe" : "dangerous";
  return inv.has("-c") ? "caution" : "dangerous";
}

export const power = program({
  names:
    "shutdown|reboot|halt|poweroff|init|telinit|fastboot|fasthalt|pm-suspend|pm-hibernate|zzz|systemd-shutdown|coldreboot|runit-init|openrc-shutdown",
  source: "shutdown(8), halt(8), telinit(8), systemd 257",
  risk: powerRisk,
  why: "stops or restarts the whole machine",
  safer: "shutdown --show; uptime",
  flags: "-c -h -H|--halt -k -p|-P|--poweroff -r|--reboot --show --no-wall -f|--force -n -w|--wtmp-only -d --help --version",
  anyOption: true,
  anyWord: true,
  operands: "name*",
  targets: () => [{ kind: "machine", name: "this machine" }],
  noInverse: "plan the shutdown again",
  examples: {
    reboot: "dangerous",
    "shutdown -h now": "dangerous",
    "shutdown -r +5": "dangerous",
    "init 6": "dangerous",
    "telinit q": "dangerous",
    poweroff: "dangerous",
    "shutdown -c": "caution",
    "shutdown --help": "safe",
    "shutdown --show": "safe",
  },
  nearMisses: ["reboot -f", "halt -p", "shutdown now", "shutdown -kr now", "reboot --help now"],
});

export const runlevel = program({
  names: "runlevel",
  source: "runlevel(8), systemd 257",
  why: "prints the state that the machine was started to",
  flags: "--help",
  operands: "read?",
  examples: { runlevel: "safe" },
  nearMisses: ["runlevel --frob"],
});
