// apt, apt-get, apt-cache, apt-mark, aptitude: questions and simulations are safe, installing is caution, removing is dangerous.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import {
  type CommandRule,
  type Finding,
  operandTargets,
  type OptionRule,
  type ProgramRule,
  program,
  type RuleContext,
} from "../../../rule.ts";
import { asksVersion, changing, listing, undoneByVerb } from "../verbs.ts";
import { installing, removing } from "./package-words.ts";

const simulate = ["-s", "--print-uris"];

const harmless =
  /^(debug::|quiet|apt::(color|cache::[\w-]+|sandbox::seccomp|acquire::retries)|acquire::(retries|https?::timeout|forceipv[46]|languages)|dpkg::(lock::timeout|progress-fancy|use-pty)|dpkg::options::=--force-(confold|confdef))(=|$|:)/i;

/** `-o NAME=VALUE` sets anything, hooks that run shell text among it. */
function judgeSetting(value: Arg): Finding | undefined {
  if (value.shape === "literal" && harmless.test(value.text)) return undefined;
  if (/invoke|hook|::cmd|command|dir::|proxy|allow|force|solver|planner/i.test(value.text) || value.shape !== "literal")
    return { risk: "dangerous", why: "this setting can run programs or take checks away", span: value.span };
  return { risk: "unknown", why: "what this setting changes is not in the table", span: value.span };
}

const settings: Readonly<Record<string, OptionRule>> = {
  "-o|--option": { check: judgeSetting },
  "-c|--config-file": { kind: "read", risk: "unknown", why: "loads settings, which can run programs" },
};

const forces: Readonly<Record<string, OptionRule>> = {
  "--allow-unauthenticated|--force-yes|--allow-insecure-repositories|--allow-remove-essential|--allow-change-held-packages": {
    arity: "flag",
    risk: "dangerous",
    why: "takes a safeguard away",
  },
  "--allow-downgrades": { arity: "flag", risk: "caution", why: "may install an older version" },
  "--auto-remove|--autoremove|--purge": { arity: "flag", risk: "dangerous", why: "removes packages too" },
};

const flags =
  "-s|--simulate|--just-print|--dry-run|--recon|--no-act --print-uris -y|--yes|--assume-yes --assume-no -q|--quiet -qq -d|--download-only -f|--fix-broken -m|--ignore-missing|--fix-missing -u|--show-upgraded -V|--verbose-versions -b|--compile --no-install-recommends --install-recommends --install-suggests --no-install-suggests --no-upgrade --only-upgrade --reinstall --no-remove --with-new-pkgs --ignore-hold --diff-only --dsc-only --tar-only --arch-only --no-download --trivial-only --update -h|--help";
const values = "-t|--target-release|--default-release -a|--host-architecture -P|--build-profiles";

/** A name that ends in a minus is removed. */
function inspectNames(inv: Invocation, ctx: RuleContext): void {
  if (inv.operands.some((arg) => /^[a-z0-9].*-$/.test(arg.text)))
    ctx.report({ risk: inv.has("-s") ? "safe" : "dangerous", why: "a name that ends in - is removed" });
}

/** Where only the simulation was asked for, options that force something force nothing. */
const changes = (rule: CommandRule): CommandRule => ({ ...rule, flags, values, options: { ...settings, ...forces } });
const simulated: Readonly<Record<string, OptionRule>> = { "--purge|--auto-remove|--autoremove": { arity: "flag" }, ...settings };

const read = (why: string): CommandRule =>
  listing(why, {
    anyOption: true,
    flags: "-h|--help -a --installed --upgradable -i -n -f -q",
    values: "-t|--target-release|--default-release --with-source -S --sort -F|--display-format -w|--width -O|--group-by",
    options: settings,
  });

const install = {
  ...changes(installing("installs or upgrades packages", simulate)),
  inspect: inspectNames,
  safer: "-s only shows what it would do",
};
const remove = { ...changes(removing("removes packages", simulate)), options: simulated, safer: "-s only shows what it would do" };

export const apt = program({
  names: "apt|apt-get|aptitude|nala|apt-fast",
  source: "apt(8), apt-get(8), apt 3.0; aptitude(8) 0.8",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-v|--version -h|--help -y|--yes|--assume-yes -q|--quiet -qq -s|--simulate|--just-print|--dry-run|--recon|--no-act",
  options: settings,
  verbs: {
    "list|show|search|policy|depends|rdepends|showsrc|showpkg|madison|versions|why|why-not|info|moo|help|check|indextargets":
      read("prints facts about packages"),
    changelog: read("prints the changes of a package"),
    "install|satisfy|build-dep|reinstall|upgrade|safe-upgrade|hold|unhold|markauto|unmarkauto|forbid-version|keep-all": install,
    "full-upgrade|dist-upgrade|dselect-upgrade": {
      ...remove,
      why: "upgrades packages, and removes those in the way",
    },
    "remove|purge|autoremove|autopurge|auto-remove": remove,
    "update|clean|autoclean|auto-clean|distclean|dist-clean|forget-new|modernize-sources": changes(
      installing("fetches or deletes downloaded lists and packages", [], { noInverse: "what is cached can be fetched again" }),
    ),
    "download|source": changes(
      installing("downloads a package into this folder", [], { noInverse: "the files are new; rm takes them away" }),
    ),
    "edit-sources": changing("opens an editor on the list of sources", "the file before is not kept"),
  },
  examples: {
    "apt list --installed": "safe",
    "apt-get --version": "safe",
    "apt show nginx": "safe",
    "apt-get changelog nginx": "safe",
    "apt-get -s dist-upgrade": "safe",
    "apt-get install nginx --dry-run": "safe",
    "apt-get remove nginx -s": "safe",
    "apt-get purge --auto-remove -s nginx": "safe",
    "apt-get update": "caution",
    "apt-get install -y nginx": "caution",
    "apt-get install --allow-downgrades nginx=1": "caution",
    "apt-get install --force-yes nginx": "dangerous",
    "apt-get install nginx-": "dangerous",
    "apt-get upgrade --auto-remove": "dangerous",
    "apt-get install -o Dpkg::Options::=--force-confold nginx": "caution",
    "apt-get -o APT::Update::Pre-Invoke::=x update": "dangerous",
    "apt-get -c x update": "unknown",
    "apt-get dist-upgrade": "dangerous",
    "apt-get remove nginx": "dangerous",
    "apt autoremove": "dangerous",
    "apt edit-sources": "caution",
  },
  nearMisses: [
    "apt-get -s=no install x",
    "apt-get install -s x $Y",
    "apt-get -s -o APT::Get::Simulate=false install x",
    "apt-get -s --no-simulate install x",
    "apt list -c x",
  ],
});

export const aptCache = program({
  names: "apt-cache",
  source: "apt-cache(8), apt 3.0",
  globals: "anywhere",
  why: "prints facts about packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags:
    "-v|--version -h|--help -q|--quiet -a|--all-versions -f|--full -i|--important -g|--generate -n|--names-only --installed --recurse --no-pre-depends --no-depends --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances --all-names --no-all-versions --implicit",
  values: "-p|--pkg-cache -s|--src-cache --with-source -t|--target-release|--default-release",
  options: settings,
  verbs: {
    "show|showsrc|showpkg|search|policy|madison|depends|rdepends|pkgnames|stats|dump|dumpavail|unmet|dotty|xvcg|help":
      listing("prints facts about packages"),
    "gencaches|add": changing("builds the cache anew", "it holds nothing that is not elsewhere"),
  },
  examples: {
    "apt-cache policy nginx": "safe",
    "apt-cache rdepends --installed libc6": "safe",
    "apt-cache gencaches": "caution",
    "apt-cache -o Dir::Bin=x show y": "dangerous",
    "apt-cache -c x show y": "unknown",
  },
  nearMisses: ["apt-cache", "apt-cache frob"],
});

export const aptMark = program({
  names: "apt-mark",
  source: "apt-mark(8), apt 3.0",
  globals: "anywhere",
  why: "shows or sets marks of packages",
  flags: "-q|--quiet -y|--yes -s|--simulate|--dry-run|--just-print|--recon|--no-act -h|--help -v|--version",
  values: "-f|--file",
  options: settings,
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  verbs: {
    "showhold|showholds|showauto|showmanual|showinstall|showremove|showpurge|help": listing("prints marks of packages"),
    hold: {
      ...installing("keeps packages at their version", ["-s"]),
      inverse: undoneByVerb("unhold"),
    },
    unhold: {
      ...installing("lets packages be upgraded again", ["-s"]),
      inverse: undoneByVerb("hold"),
    },
    "auto|manual|minimize-manual|install|remove|purge|markauto|unmarkauto": installing("changes marks of packages", ["-s"]),
  },
  examples: {
    "apt-mark showhold": "safe",
    "apt-mark hold nginx": "caution",
    "apt-mark hold -s nginx": "safe",
    "apt-mark -o x=y showhold": "unknown",
    "apt-mark -c x showhold": "unknown",
  },
  nearMisses: ["apt-mark auto nginx", "apt-mark"],
});

export const aptTools = program({
  names:
    "apt-config|apt-file|apt-show-versions|apt-listchanges|apt-rdepends|apt-listbugs|deborphan|debtree|aptitude-curses-less|apt-forktracer|apt-sortpkgs",
  source: "apt-config(8), apt-file(1), apt-show-versions(1)",
  why: "prints facts about packages and settings",
  risk: (inv) =>
    ["update", "cache", "purge"].includes(inv.operand(0) ?? "") ? "caution" : inv.operand(0) === "shell" ? "unknown" : "safe",
  anyOption: true,
  operands: "data*",
  options: {
    ...settings,
    "--save-profile|--apply|--save_seen|--save-seen": { arity: "optional", risk: "caution", why: "writes a file" },
    "--email-address": { risk: "caution", why: "sends mail" },
  },
  noInverse: "what is cached can be fetched again",
  examples: {
    "apt-config dump APT::Periodic": "safe",
    "apt-file search bin/dig": "safe",
    "apt-file update": "caution",
    "apt-config shell X Y": "unknown",
    "apt-config -o x=y dump": "unknown",
    "apt-config -c x dump": "unknown",
    "apt-listchanges --save-profile x.deb": "caution",
    "apt-listchanges --email-address=x y.deb": "caution",
  },
  nearMisses: ["apt-file purge", "apt-file $X"],
});

const trusting = (names: string, source: string, why: string, kind: string): ProgramRule =>
  program({
    names,
    source,
    why,
    risk: "dangerous",
    anyOption: true,
    operands: "name*",
    targets: operandTargets(kind),
    examples: Object.fromEntries(names.split("|").map((name) => [`${name} x`, "dangerous"])),
    nearMisses: names.split("|").map((name) => `${name} --yes x`),
  });

export const aptSources = trusting(
  "add-apt-repository|apt-add-repository|apt-cdrom",
  "add-apt-repository(1)",
  "changes whom the system takes packages from",
  "package source",
);
export const packageSetup = trusting(
  "dpkg-reconfigure|debconf-set-selections|dpkg-statoverride|update-rc.d|tasksel|dpkg-preconfigure|aptdcon",
  "dpkg-reconfigure(8), dpkg-statoverride(1)",
  "changes how packages are set up",
  "package",
);

export const aptKey = program({
  names: "apt-key",
  source: "apt-key(8), apt 2.8",
  why: "shows or changes the keys that packages are trusted by",
  risk: (inv) => (/^(list|finger|fingerprint|help)$/.test(inv.operand(0) ?? "") ? "safe" : "dangerous"),
  values: "--keyring",
  operands: "data*",
  targets: operandTargets("key", 1),
  examples: { "apt-key list": "safe", "apt-key del ABCD": "dangerous" },
  nearMisses: ["apt-key add x", "apt-key adv --recv-keys x"],
});

export const releaseUpgrade = program({
  names: "do-release-upgrade",
  source: "do-release-upgrade(8)",
  why: "upgrades the system to another release",
  risk: (inv) => (asksVersion(inv, "--check-dist-upgrade-only", "--version", "--help") ? "safe" : "dangerous"),
  flags: "-c|--check-dist-upgrade-only -V|--version -h|--help -d|--devel-release -p|--proposed -q|--quiet",
  values: "-f|--frontend -m|--mode",
  targets: () => [{ kind: "system", name: "release" }],
  answers: [1],
  examples: { "do-release-upgrade -c": "safe", "do-release-upgrade": "dangerous" },
  nearMisses: ["do-release-upgrade -d", "do-release-upgrade -f x"],
});

const alternativesReads = ["--list", "--display", "--query", "--get-selections", "--version", "--help"];

export const alternatives = program({
  names: "update-alternatives|alternatives",
  source: "update-alternatives(1), dpkg 1.22; alternatives(8), chkconfig 1.30",
  style: "long",
  why: "shows or changes which of several programs a name stands for",
  risk: (inv) => (alternativesReads.some((name) => inv.has(name)) ? "safe" : "caution"),
  flags: "--list --display --query --get-selections --verbose --quiet --version --help --debug --force --skip-auto --keep-missing",
  values: "--altdir --admindir --instdir --root",
  options: {
    "--install|--set|--auto|--config|--all|--set-selections|--slave|--add-slave": {
      arity: "flag",
      risk: "caution",
      why: "changes what a name stands for",
    },
    "--remove|--remove-all|--remove-slave": { arity: "flag", risk: "dangerous", why: "takes a program away" },
    "--log": { kind: "write", why: "writes a log" },
  },
  operands: "data*",
  targets: operandTargets("program name"),
  noInverse: "update-alternatives --query shows the choice before",
  examples: {
    "update-alternatives --display editor": "safe",
    "update-alternatives --set editor /usr/bin/vim": "caution",
    "update-alternatives --remove editor /usr/bin/vim": "dangerous",
    "update-alternatives --log x --list editor": "caution",
  },
  nearMisses: ["update-alternatives --list x --remove-all x", "alternatives --config java"],
});
