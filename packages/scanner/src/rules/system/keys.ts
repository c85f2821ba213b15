// Keys of SSH and GnuPG, and password stores.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp } from "./rule-kinds.ts";
import { changing, destroying, reading } from "../verb-rules.ts";

function keygenRisk(inv: Invocation): Risk {
  if (["-l", "-F", "-L", "-B", "-Q"].some((name) => inv.has(name))) return "safe";
  return inv.has("-A") || inv.has("-k") || inv.has("-s") ? "dangerous" : "caution";
}

export const sshKeygen = program({
  names: "ssh-keygen",
  source: "ssh-keygen(1), OpenSSH 9.6",
  risk: keygenRisk,
  why: "shows keys, makes them or forgets the keys of hosts",
  safer: "ssh-keygen -l -f FILE shows a fingerprint",
  flags: "-l -L -B -v -q -H -i -e -A -k -Q -u -U",
  values: "-E -F -t -b -C -N -P -I -n -O -V -z -m -a -Z -D -W -M -r -R -s -w -Y -g",
  reads: "-f",
  options: {
    "-y": { arity: "flag", risk: "caution", why: "reads a private key" },
    "-p|-c": { arity: "flag", risk: "caution", why: "changes a private key" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    if (inv.has("-D") || inv.has("-w")) ctx.report({ risk: "dangerous", why: "loads a library" });
    const acts = ["-R", "-H", "-s", "-M", "-A", "-k", "-u", "-Y", "-r"].find((name) => inv.has(name));
    if (acts !== undefined && keygenRisk(inv) === "safe") ctx.report({ risk: "caution", why: `${acts} writes a file` });
    const into = inv.arg("-f");
    if (keygenRisk(inv) === "caution" && inv.has("-t") && into !== undefined && /^\/etc\/|\/root\//.test(into.head))
      ctx.report({ risk: "dangerous", why: "replaces a key of the machine", span: into.span });
  },
  targets: operandTargets("key"),
  noInverse: "a key that was made is a new file; the keys of hosts before are kept beside known_hosts as .old",
  examples: {
    "ssh-keygen -lf host.pub": "safe",
    "ssh-keygen -F db1": "safe",
    "ssh-keygen -Lf user-cert.pub": "safe",
    "ssh-keygen -R db1": "caution",
    "ssh-keygen -t ed25519 -f ops": "caution",
    "ssh-keygen -y -f ops": "caution",
    "ssh-keygen -p -f ops": "caution",
    "ssh-keygen -A": "dangerous",
  },
  nearMisses: ["ssh-keygen", "ssh-keygen -l -D /tmp/x.so", "ssh-keygen -F db1 -R db1", "ssh-keygen -HF db1"],
});

export const sshAdd = program({
  names: "ssh-add|ssh-agent",
  source: "ssh-add(1), ssh-agent(1), OpenSSH 9.6",
  style: "posix",
  risk: (inv) =>
    inv.program === "ssh-add" && (inv.has("-l") || inv.has("-L")) && inv.options.length === 1 && inv.operands.length === 0
      ? "safe"
      : "caution",
  why: "lists or changes the keys that an agent holds",
  safer: "ssh-add -l",
  flags: "-l -L -k -q -v -c -C -K -x -X -s",
  values: "-t -E -a",
  options: {
    "-D": { arity: "flag", risk: "dangerous", why: "removes every key from the agent" },
    "-d|-e": { risk: "caution", why: "removes a key from the agent" },
    "-T|-S|-H": { risk: "unknown", why: "asks a key or loads a library" },
  },
  operands: "inner*",
  inspect: (inv, ctx) => {
    if (inv.program === "ssh-agent") ctx.scanArgv(inv.operands);
    if (inv.has("-s") && inv.program === "ssh-add") ctx.report({ risk: "dangerous", why: "loads a library" });
  },
  answers: [1],
  targets: () => [{ kind: "ssh agent", name: "all keys" }],
  noInverse: "ssh-add FILE adds a key again",
  examples: {
    "ssh-add -l": "safe",
    "ssh-add -L": "safe",
    "ssh-add ops": "caution",
    "ssh-add -d ops": "caution",
    "ssh-add -D": "dangerous",
    "ssh-add -T x": "unknown",
  },
  nearMisses: ["ssh-add -s /tmp/x.so", "ssh-agent rm x"],
});

const gpgReads = [
  "-k",
  "-K",
  "--fingerprint",
  "--list-packets",
  "--verify",
  "--list-config",
  "--list-sigs",
  "--list-trustdb",
  "--version",
  "--check-sigs",
  "--show-keys",
];

function gpgRisk(inv: Invocation): Risk {
  const commands = gpgReads.filter((name) => inv.has(name)).length;
  if (commands > 0) return "safe";
  return inv.has("-d") || inv.has("--export") || inv.has("--export-secret-keys") ? "caution" : "unknown";
}

export const gpg = program({
  names: "gpg|gpg2|gpgv",
  source: "gpg(1), GnuPG 2.4",
  risk: (inv) => (inv.program === "gpgv" ? "safe" : gpgRisk(inv)),
  why: "lists keys, checks signatures, or uses and changes keys",
  safer: "gpg --list-keys",
  flags:
    "-k|--list-keys|--list-public-keys -K|--list-secret-keys --fingerprint|--finger --list-packets --verify --list-sigs|--list-signatures --check-sigs --list-config --list-trustdb --show-keys --version --help|-h -a|--armor --batch --no-tty --with-colons --with-fingerprint --with-subkey-fingerprint --with-keygrip -q|--quiet -v|--verbose --no-default-keyring --dry-run|-n --no-auto-key-retrieve",
  values: "--keyid-format --status-fd --pinentry-mode --with-key-origin --logger-fd",
  reads: "--keyring",
  options: {
    "-d|--decrypt": { arity: "flag", risk: "caution", sensitive: true, why: "prints what was encrypted" },
    "--export": { arity: "flag", risk: "caution", why: "prints public keys" },
    "--export-secret-keys|--export-secret-subkeys|--export-ssh-key|--export-ownertrust": {
      arity: "flag",
      risk: "caution",
      sensitive: true,
      why: "prints keys",
    },
    "-e|--encrypt|-s|--sign|-b|--detach-sign|--clear-sign|--clearsign|-c|--symmetric|--store|--import|--recv-keys|--receive-keys|--refresh-keys|--locate-keys|--search-keys|--fetch-keys|--send-keys|--gen-key|--generate-key|--full-generate-key|--quick-gen-key|--edit-key|--sign-key|--import-ownertrust|--update-trustdb|--check-trustdb|--lsign-key":
      { arity: "flag", risk: "caution", why: "writes, fetches or changes keys" },
    "--delete-keys|--delete-key|--delete-secret-keys|--delete-secret-key|--delete-secret-and-public-key|--gen-revoke|--generate-revocation|--quick-revoke-uid|--passwd|--change-passphrase":
      {
        arity: "flag",
        risk: "dangerous",
        why: "deletes or revokes keys",
        safer: "gpg --list-keys",
      },
    "-o|--output": { kind: "write", why: "writes a file" },
    "--homedir|--options": { risk: "unknown", why: "takes settings from elsewhere, which may name programs" },
    "--list-options|--verify-options": {
      check: (value) =>
        value.shape === "literal" && !/photo/.test(value.text)
          ? undefined
          : { risk: "unknown", why: "runs a viewer of pictures", span: value.span },
    },
    "--auto-key-retrieve": { arity: "flag", risk: "unknown", why: "fetches keys from the network" },
  },
  operands: "read*",
  targets: operandTargets("key"),
  answers: [1],
  noInverse: "gpg --list-keys shows the keys before",
  examples: {
    "gpg --list-keys": "safe",
    "gpg --list-options show-unusable-uids -k": "safe",
    "gpg --homedir x -k": "unknown",
    "gpg -k ops": "safe",
    "gpg --verify x.sig x": "safe",
    "gpg --show-keys x.asc": "safe",
    "gpg -d x.gpg": "caution",
    "gpg --export ops": "caution",
    "gpg --export-secret-keys ops": "caution",
    "gpg --import x": "unknown",
    "gpg -k -o x": "caution",
    "gpg --delete-keys ops": "dangerous",
    "gpg --auto-key-retrieve --verify x": "unknown",
  },
  nearMisses: ["gpg x.gpg", "gpg --delete-secret-key ops", "gpg -k --import x"],
});

export const keyrings = program({
  names: "keyctl|secret-tool",
  source: "keyctl(1), keyutils 1.6; secret-tool(1), libsecret 0.21",
  why: "shows or changes keys and passwords",
  verbs: {
    "list|rlist|describe|rdescribe|show|supports": { why: "lists keys", operands: "data*" },
    "lookup|search|print|pipe|read": reading("prints passwords or keys", { sensitive: true }),
    "store|add|padd|update|link|newring|setperm|timeout|chown|move": changing("changes keys", "keyctl show tells what it was before"),
    "revoke|clear|unlink|purge|invalidate|reap": destroying("deletes passwords or keys", "key"),
  },
  examples: {
    "keyctl show": "safe",
    "secret-tool lookup a b": "caution",
    "keyctl timeout 5 60": "caution",
    "keyctl clear @s": "dangerous",
  },
  nearMisses: ["secret-tool clear a b", "keyctl print 5", "keyctl"],
});

export const sudoers = program({
  names: "sudoreplay|cvtsudoers",
  source: "sudoreplay(8) 1.9",
  risk: (inv) => (asksHelp(inv) ? "safe" : "caution"),
  why: "shows what was typed in privileged sessions",
  flags: "-l --help --version",
  sensitive: true,
  operands: "data*",
  noInverse: "it only shows",
  examples: { "sudoreplay -l": "caution" },
  nearMisses: ["cvtsudoers -o x"],
});
