// Wrappers that give other rights, another root or another view of the system: dangerous, whatever they run.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";

const privileged: CommandRule = {
  risk: "dangerous",
  why: "runs a program as another user, usually root",
  safer: "run it without, as a user who may do just this",
  anyOption: true,
  operands: "inner*",
  targets: (inv) => [{ kind: "user", name: inv.value("-u") ?? inv.value("--user") ?? "root" }],
};

/** Everything behind the options and NAME=value words; judged too, for its targets and reasons. */
function runPrivileged(inv: Invocation, ctx: RuleContext): void {
  const start = inv.operands.findIndex((arg) => !arg.head.includes("="));
  if (start >= 0) ctx.scanArgv(inv.operands.slice(start));
}

export const sudo = program({
  ...privileged,
  names: "sudo|doas|pkexec|sudoedit|run0|dzdo",
  source: "sudo(8) 1.9, doas(1), pkexec(1)",
  style: "posix",
  flags: "-A -b -B -E -e -H -i -K -k -l -N -n -P -S -s -V -v",
  values:
    "-a -C -c -D -g -h -p -R -r -t -T -U -u --user --group --host --prompt --chdir --role --type --close-from --command-timeout --other-user",
  inspect: runPrivileged,
  examples: { "sudo ls": "dangerous", "sudo -u postgres psql": "dangerous", "sudo -l": "dangerous" },
  nearMisses: ["doas rm x", "sudo -i"],
});

export const otherUser = program({
  ...privileged,
  names: "su|runuser|chroot|unshare|nsenter|machinectl|systemd-run|systemd-nspawn|bwrap|firejail|proxychains|proxychains4|proot|fakeroot",
  source: "su(1), runuser(1), chroot(8), unshare(1), nsenter(1), systemd-run(1)",
  style: "posix",
  why: "runs a program as another user or in another system",
  targets: (inv) =>
    inv.operands
      .filter((arg) => arg.shape === "literal" && !arg.dash)
      .slice(0, 1)
      .map((arg) => ({ kind: "other system or user", name: arg.text })),
  options: { "-c|--command": { kind: "inner", risk: "dangerous", why: "runs shell text as another user" } },
  examples: { "su - postgres -c 'ls'": "dangerous", "nsenter -t 1 -a sh": "dangerous", "chroot /mnt rm x": "dangerous" },
  nearMisses: ["su -", "systemd-run ls"],
});

export const loader = program({
  names: "ld.so|ld-linux.so.2|ld-linux-x86-64.so.2|ld-linux-aarch64.so.1",
  source: "ld.so(8)",
  style: "posix",
  risk: "dangerous",
  why: "starts a program through the loader, past its name",
  anyOption: true,
  operands: "inner*",
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "program", name: arg.text })),
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { "ld.so /bin/rm x": "dangerous" },
  nearMisses: ["ld.so ls"],
});
