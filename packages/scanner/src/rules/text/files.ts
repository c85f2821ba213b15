// Programs that change files. What can be undone is caution, what cannot is dangerous.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Target } from "../../types.ts";

const lastOperand = (inv: Invocation): readonly Target[] => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text }));

const any = { anyOption: true, anyWord: true, operands: "name*" } as const;

/** Where the old content cannot come back: a device, or the name of something the system itself needs. */
const isSystemPath = (text: string): boolean =>
  /^\/(dev|boot|proc|sys|etc|bin|sbin|lib|usr)(\/|$)/.test(text) && !text.startsWith("/dev/null") && !text.startsWith("/etc/nginx/");

const literalPair = (inv: Invocation): readonly [string, string] | undefined => {
  const [from, to, more] = [inv.operand(0), inv.operand(1), inv.operands[2]];
  return from === undefined || to === undefined || more !== undefined || /[\s'"\\$`*?]/.test(from + to) ? undefined : [from, to];
};

export const copy = program({
  ...any,
  names: "cp|mv|ln|link|install",
  source: "cp(1), mv(1), ln(1), install(1), GNU coreutils 9.4",
  flags: "-f|--force --remove-destination -T|--no-target-directory",
  risk: (inv) =>
    inv.has("-f") || inv.has("--remove-destination") || inv.operands.some((arg, at) => at > 0 && isSystemPath(arg.text))
      ? "dangerous"
      : "caution",
  why: "writes files; what has the same name is overwritten",
  safer: "-n does not overwrite; ls the destination first",
  targets: lastOperand,
  inverse: (inv): Inverse | undefined => {
    const pair = literalPair(inv);
    return pair === undefined || inv.program !== "mv" ? undefined : { kind: "command", command: `mv ${pair[1]} ${pair[0]}` };
  },
  examples: { "cp app.conf app.conf.bak": "caution", "mv a b": "caution", "cp -f x y": "dangerous", "cp x /dev/sda": "dangerous" },
  nearMisses: ["ln -sf /dev/null x", "cp -n a b"],
});

export const makePath = program({
  ...any,
  names: "mkdir|touch|mktemp|mkfifo",
  source: "mkdir(1), touch(1), mktemp(1), mkfifo(1), GNU coreutils 9.4",
  risk: "caution",
  why: "makes files or directories",
  targets: operandTargets("path"),
  inverse: (inv) => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    return inv.program !== "mkdir" || path === undefined || more !== undefined || /[^\w./-]/.test(path)
      ? undefined
      : { kind: "command", command: `rmdir ${path}` };
  },
  examples: { "mkdir -p /tmp/x": "caution", "touch x": "caution" },
  nearMisses: ["mktemp"],
});

export const tee = program({
  names: "tee|sponge",
  source: "tee(1), GNU coreutils 9.4; sponge(1), moreutils 0.67",
  why: "copies its input to files",
  flags: "-i|--ignore-interrupts -p --help --version",
  optional: "--output-error",
  options: { "-a|--append": { arity: "flag", risk: "caution", why: "appends to the file" } },
  operands: "write*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      if (!inv.has("-a") && !/^\/dev\/(null|stdout|stderr)$/.test(arg.text))
        ctx.report({ risk: "dangerous", why: "replaces the content of the file", safer: "tee -a appends", span: arg.span });
    }
  },
  targets: operandTargets("path"),
  examples: { "tee /dev/null": "safe", "tee -a log": "caution", "tee /etc/hosts": "dangerous" },
  nearMisses: ["tee x", "tee -- -a", "tee -a /etc/passwd"],
});

export const overwrite = program({
  ...any,
  names: "truncate|fallocate|dpkg-divert|update-alternatives",
  source: "truncate(1), GNU coreutils 9.4; fallocate(1), util-linux 2.39",
  risk: "dangerous",
  why: "changes the content of files without a way back",
  targets: lastOperand,
  examples: { "truncate -s 0 app.log": "dangerous" },
  nearMisses: ["truncate -s +0 x"],
});

export const transfer = program({
  ...any,
  names: "rsync|scp|sftp|split|csplit|patch|cpio|pax|logrotate",
  source: "rsync(1); scp(1), OpenSSH 9.6; split(1), GNU coreutils 9.4; patch(1); logrotate(8)",
  style: "gnu",
  risk: (inv) =>
    inv.options.some((use) => use.spec.names.some((name) => /delete|remove|force|filter|rsh|-e$|rsync-path/.test(name)))
      ? "dangerous"
      : "caution",
  why: "writes files here or on another machine",
  flags:
    "--delete --delete-before --delete-during --delete-delay --delete-after --delete-excluded --remove-source-files -f|--force --force-delete",
  values: "--filter -e|--rsh --rsync-path",
  options: {
    "-S": { arity: "value", risk: "dangerous", why: "names a program to run" },
    "-o": { arity: "value", risk: "dangerous", why: "may name a program to run" },
  },
  targets: lastOperand,
  examples: { "rsync -a a/ b/": "caution", "rsync -a --delete a/ b/": "dangerous", "scp a host:b": "caution", "patch -p1": "caution" },
  nearMisses: ["logrotate -f /etc/logrotate.conf", "rsync -e sh a b", "scp -o ProxyCommand=x a b:c", "split -b 1m x"],
});

export const editors = program({
  ...any,
  names: "vi|vim|nvim|view|nano|emacs|ed|ex|less|more|most|man|info",
  source: "vim(1), nano(1), ed(1), less(1), more(1), man(1)",
  risk: "unknown",
  why: "is interactive: it can write files and run programs",
  safer: "cat, head or tail print the file",
  examples: { "vim /etc/hosts": "unknown", "less x": "unknown" },
  nearMisses: ["man -P sh ls", "view x", "ed x"],
});

const looseMode = /^0?[0-7]?[0-7]*[2367]$|[ugoa]*\+[rwx]*s|(^|,)(a|o|)\+[rx]*w|^0*777$|^[4267][0-7]{3}$/;

export const chmod = program({
  names: "chmod",
  source: "chmod(1), GNU coreutils 9.4",
  style: "gnu",
  why: "changes who may do what with the files",
  risk: (inv) => (inv.has("-R") || inv.operand(0) === undefined || looseMode.test(inv.operand(0) ?? "") ? "dangerous" : "caution"),
  safer: "stat -c '%a %U:%G %n' FILE shows the present state",
  flags: "-R|--recursive -c|--changes -f|--silent|--quiet -v|--verbose --preserve-root --no-preserve-root",
  values: "--reference",
  operands: "name*",
  anyOption: true,
  targets: operandTargets("path", 1),
  inverse: (inv) => {
    const [path, more] = [inv.operand(1), inv.operands[2]];
    return path === undefined || more !== undefined || /[^\w./-]/.test(path)
      ? undefined
      : { kind: "capture", capture: `stat -c %a ${path}`, command: `chmod {capture} ${path}` };
  },
  examples: { "chmod 640 app.conf": "caution", "chmod 777 /srv": "dangerous", "chmod -R 750 d": "dangerous", "chmod u+s x": "dangerous" },
  nearMisses: ["chmod o+w x", "chmod 4755 x", "chmod -R 000 /", "chmod $m x"],
});

export const owner = program({
  ...any,
  names: "chown|chgrp|setfacl|chattr|setcap|chcon|restorecon|setenforce",
  source: "chown(1), GNU coreutils 9.4; setfacl(1); chattr(1); setcap(8)",
  risk: "dangerous",
  why: "changes who owns or may use the files",
  safer: "stat -c '%a %U:%G %n' FILE shows the present state",
  targets: operandTargets("path", 1),
  examples: { "chown -R app: /srv": "dangerous", "setfacl -b x": "dangerous" },
  nearMisses: ["chgrp g x"],
});
