// Who may do what with files: showing is elsewhere (stat, getfacl); these change it.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Inverse, Risk } from "../../types.ts";
import { isSystemPath } from "./system-paths.ts";

/** Lets others write, sets user or group id, or takes every right away. */
const looseMode =
  /^0?[0-7]?[0-7]*[2367]$|[ugoa]*\+[rwx]*s|(^|,)(a|o|)\+[rx]*w|(^|,)[ao]+=[rx]*w|^0*777$|^[4267][0-7]{3}$|^0+$|^(a|ugo)?-[rwx]+$|^(a|ugo)?=$/;

/** Everything below a directory, whatever a pattern finds, or what the system depends on. */
function changesMuch(inv: Invocation, first: number): boolean {
  return inv.has("-R") || inv.operands.slice(first).some((arg) => isSystemPath(arg.text) || arg.shape !== "literal");
}

/** More than the one file behind the path changes, or the link itself: what is read off the path does not say how it was. */
const elsewhere = ["-R", "-h", "-H", "-L", "-P", "--from", "--reference"];

function onePath(inv: Invocation): string | undefined {
  if (elsewhere.some((option) => inv.has(option))) return undefined;
  const [path, more] = [inv.operand(1), inv.operands[2]];
  return path === undefined || more !== undefined || /[^\w./-]/.test(path) || path.startsWith("-") ? undefined : path;
}

function chmodRisk(inv: Invocation): Risk {
  const mode = inv.has("--reference") ? "" : inv.operand(0);
  return mode === undefined || looseMode.test(mode) || changesMuch(inv, 1) ? "dangerous" : "caution";
}

const shared = {
  safer: "stat -c '%a %U:%G %n' FILE shows the present state",
  flags: "-c|--changes -f|--silent|--quiet -v|--verbose --preserve-root -h|--no-dereference --dereference -H -L -P --help --version",
  values: "--reference --from",
  operands: "name*",
  targets: operandTargets("path", 1),
} as const;

const recursive = {
  "-R|--recursive": { arity: "flag", risk: "dangerous", why: "changes everything below the directory" },
  "--no-preserve-root": { arity: "flag", risk: "dangerous", why: "reaches the root of the file system" },
} as const;

export const chmod = program({
  ...shared,
  names: "chmod|gchmod",
  source: "chmod(1), GNU coreutils 9.4",
  why: "changes who may do what with the files",
  risk: chmodRisk,
  options: recursive,
  anyOption: true,
  inverse: (inv): Inverse | undefined => {
    const path = onePath(inv);
    return path === undefined ? undefined : { kind: "capture", capture: `stat -L -c %a ${path}`, command: `chmod {capture} ${path}` };
  },
  examples: {
    "chmod 640 app.conf": "caution",
    "chmod u-x run.sh": "caution",
    "chmod 640 /etc/app/app.conf": "caution",
    "chmod 777 /srv": "dangerous",
    "chmod -R 750 d": "dangerous",
    "chmod u+s x": "dangerous",
    "chmod 000 x": "dangerous",
    "chmod --no-preserve-root 700 /": "dangerous",
  },
  nearMisses: ["chmod o+w x", "chmod 4755 x", "chmod -R 000 /", "chmod $m x", "chmod --rec 700 x"],
});

export const owner = program({
  ...shared,
  names: "chown|chgrp|gchown|gchgrp",
  source: "chown(1), chgrp(1), GNU coreutils 9.4",
  risk: (inv) => (changesMuch(inv, 1) || inv.operand(0) === undefined ? "dangerous" : "caution"),
  why: "changes who owns the files",
  options: recursive,
  inverse: (inv): Inverse | undefined => {
    const path = onePath(inv);
    const field = inv.program.endsWith("chgrp") ? "%g" : "%u:%g";
    return path === undefined
      ? undefined
      : { kind: "capture", capture: `stat -L -c ${field} ${path}`, command: `${inv.program} {capture} ${path}` };
  },
  examples: {
    "chown app:app x.conf": "caution",
    "chgrp adm x.log": "caution",
    "chown -R app: /srv": "dangerous",
    "chown --no-preserve-root a /": "dangerous",
  },
  nearMisses: ["chown app /etc/passwd", "chgrp --rec g x", "chown app *"],
});

export const accessLists = program({
  names: "setfacl|chattr|setfattr|chacl",
  source: "setfacl(1), acl 2.3; chattr(1), e2fsprogs 1.47; setfattr(1)",
  risk: (inv) => (inv.has("-R") || inv.has("-b") || inv.has("-k") || inv.has("--restore") ? "dangerous" : "caution"),
  why: "changes the access lists or attributes of files",
  safer: "getfacl, lsattr or getfattr show the present state",
  flags:
    "-b|--remove-all -k|--remove-default -n|--no-mask --mask -d|--default -R|--recursive -L|--logical -P|--physical -v -V -f --test -h|--no-dereference",
  values: "-m|--modify -x|--remove -s|--set --set-file -M|--modify-file -X|--remove-file --restore -p",
  anyOption: true,
  operands: "name*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text })),
  inverse: (inv): Inverse | undefined => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    const simple = path !== undefined && more === undefined && /^[\w./-]+$/.test(path);
    return inv.program === "setfacl" && simple
      ? { kind: "capture", capture: `getfacl -p ${path}`, command: `setfacl --restore={capture}` }
      : undefined;
  },
  noInverse: "the former attributes are shown by lsattr or getfattr beforehand, and set by hand",
  examples: {
    "setfacl -m u:deploy:rx shared": "caution",
    "chattr -i x": "caution",
    "setfacl -b x": "dangerous",
    "setfacl -R -m u:a:r d": "dangerous",
  },
  nearMisses: ["chattr -R +i d", "setfacl --restore=f"],
});

export const capabilities = program({
  names: "setcap|chcon|restorecon|setenforce|setfiles|fixfiles",
  source: "setcap(8), libcap 2.66; chcon(1), GNU coreutils 9.4; setenforce(8)",
  risk: (inv) => (inv.program === "restorecon" && inv.has("-n") ? "safe" : "dangerous"),
  why: "gives programs rights of root, or changes what the mandatory access control allows",
  flags: "-n -v -R|-r -F -i",
  anyOption: true,
  operands: "name*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "path", name: arg.text })),
  examples: { "setcap cap_net_raw+ep x": "dangerous", "setenforce 0": "dangerous", "restorecon -nv x": "safe" },
  nearMisses: ["chcon -t x y", "restorecon -R /"],
});
