// rpm, yum, dnf, zypper: queries are safe, installing is caution, removing is dangerous.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { asksVersion, listing } from "../verbs.ts";
import { installing, removing, unlessSimulated } from "./package-words.ts";

const has = (inv: Invocation, list: string): boolean => list.split(" ").some((name) => inv.has(name));

const queryRisk = (inv: Invocation): Risk =>
  has(inv, "-e -U -F --import --restore --reinstall --rebuilddb --initdb --setperms --setugids") ? "dangerous" : "safe";

function rpmRisk(inv: Invocation): Risk {
  if (inv.has("-e")) return unlessSimulated("dangerous", ["--test"])(inv);
  if (has(inv, "--import --rebuilddb --initdb --setperms --setugids")) return "dangerous";
  if (has(inv, "-U -F --reinstall --restore")) return unlessSimulated("caution", ["--test"])(inv);
  if (has(inv, "-q -V -K --querytags --showrc --eval --version --help")) return "safe";
  return inv.has("-i") ? unlessSimulated("caution", ["--test"])(inv) : "unknown";
}

export const rpm = program({
  names: "rpm|rpmquery|rpmverify|rpmkeys",
  source: "rpm(8), rpm 4.20",
  why: "queries, verifies, installs or removes packages",
  risk: (inv) => (inv.program === "rpmquery" || inv.program === "rpmverify" ? queryRisk(inv) : rpmRisk(inv)),
  flags:
    "-q|--query -V|--verify -K|--checksig --querytags --showrc --version --help -e|--erase -i|--install -U|--upgrade -F|--freshen --reinstall --restore --import --rebuilddb --initdb --setperms --setugids --test -a|--all -f|--file -p|--package -l|--list -c|--configfiles -d|--docfiles -s|--state -R|--requires -L|--licensefiles -A|--artifactfiles --provides --obsoletes --conflicts --recommends --suggests --supplements --enhances --changelog|--changes --scripts --triggers|--triggerscripts --filetriggers --last --dump --info --whatprovides --whatrequires --whatconflicts --whatobsoletes --group --hdrid --pkgid --xml --json --filesbypkg --fileclass --filecolor --filerequire --fileprovide --dupes --qf-help --nodigest --nosignature --nofiles --nomd5 --nofiledigest --nosize --nouser --nogroup --nomtime --nomode --nordev --nolinkto --noconfig --noghost --nocaps --noglob --nomanifest -v|--verbose -vv --quiet -h|--hash --percent --oldpackage --replacepkgs --excludedocs --nocontexts --verifydb",
  values: "--qf|--queryformat --dbpath --root|-r --prefix --relocate --excludepath",
  options: {
    "--nodeps|--force|--replacefiles|--justdb|--allmatches|--ignoreos|--ignorearch|--ignoresize|--badreloc": {
      arity: "flag",
      why: "takes a safeguard away",
    },
    "--noscripts|--nopre|--nopost|--nopreun|--nopostun|--notriggers": { arity: "flag" },
    "--specfile": { arity: "flag", risk: "unknown", why: "reads a spec file, whose macros can run programs" },
    "-E|--eval": { kind: "code", risk: "unknown", why: "expands macros, which can run programs" },
    "-D|--define|--predefine|--load|--rcfile|--macros|--pipe": { kind: "code", risk: "dangerous", why: "defines macros or runs a program" },
  },
  inspect: (inv, ctx) => {
    if (inv.has("--nodeps") && !inv.has("-q") && !inv.has("-V")) ctx.report({ risk: "dangerous", why: "takes a safeguard away" });
    if (inv.operands.some((arg) => /^(https?|ftp):/.test(arg.text)) && rpmRisk(inv) === "caution")
      ctx.report({ risk: "dangerous", why: "installs a package from elsewhere that nobody has seen here" });
  },
  operands: "data*",
  answers: [1],
  targets: operandTargets("package"),
  noInverse: "rpm -qa --last before shows the versions that were there",
  examples: {
    "rpm -qa --last": "safe",
    "rpm -qf /bin/ls": "safe",
    "rpm -Va": "safe",
    "rpm -qi --nodeps x": "safe",
    "rpm -q --noscripts x": "safe",
    "rpm -ivh x.rpm": "caution",
    "rpm -ivh --test x.rpm": "safe",
    "rpm -e x": "dangerous",
    "rpm -U --nodeps x.rpm": "dangerous",
    "rpm --import key": "dangerous",
    "rpm -E '%x'": "unknown",
    "rpm -q --pipe sh x": "dangerous",
  },
  nearMisses: ["rpm -qe x", "rpm -V --restore x", "rpm -q x -U y", "rpm -i https://example.org/x.rpm", "rpm -q -D 'x %(id)' y", "rpm"],
});

const simulate = ["--assumeno"];
const flags =
  "-y|--assumeyes --assumeno --downloadonly -q|--quiet -v|--verbose -C|--cacheonly -b|--best --nobest --allowerasing --refresh --obsoletes --security --bugfix --enhancement --newpackage --skip-broken --skip-unavailable -4 -6 --offline --nodocs --noautoremove --no-autoremove --no-allow-downgrade --allow-downgrade --minimal --noplugins --no-best --debugsolver --setup-only -h|--help";
const values =
  "-x|--exclude|--excludepkgs --enablerepo|--enable-repo --disablerepo|--disable-repo --repo|--repoid -d|--debuglevel -e|--errorlevel --releasever --advisory|--advisories --bz|--bzs --cve|--cves --sec-severity|--secseverity|--advisory-severities --forcearch --color --comment --installroot --use-host-config";
const special = {
  "--nogpgcheck|--no-gpgchecks": { arity: "flag", risk: "dangerous", why: "does not check who signed the packages" },
  "-c|--config|--setopt|--repofrompath|--disableplugin|--enableplugin|--rpmverbosity|--rpmsetopt": {
    risk: "unknown",
    why: "loads other settings or packages from elsewhere",
  },
  "--destdir|--downloaddir": { kind: "write", why: "writes files" },
} as const;

/** Old yum lets -y win over --assumeno. */
const unlessAssumed =
  (risk: Risk) =>
  (inv: Invocation): Risk =>
    inv.has("-y") ? risk : unlessSimulated(risk, simulate)(inv);

const install: CommandRule = {
  ...installing("installs or upgrades packages", simulate),
  risk: unlessAssumed("caution"),
  flags,
  values,
  options: special,
  safer: "--assumeno only shows what it would do",
};
const remove: CommandRule = {
  ...removing("removes packages and what depends on them", simulate),
  risk: unlessAssumed("dangerous"),
  flags,
  values,
  options: special,
  safer: "--assumeno only shows what it would do",
};
const query = listing("prints facts about packages", {
  anyOption: true,
  flags: `${flags} -l --list -i --info -a --all`,
  values: `${values} --qf|--queryformat --whatprovides --whatrequires --whatdepends --whatrecommends --whatobsoletes --whatconflicts --file --arch|--archlist --latest-limit`,
  options: special,
  answers: [100, 1],
});

export const dnf = program({
  names: "dnf|yum|dnf5|dnf4|dnf-3|microdnf|tdnf",
  source: "dnf(8), dnf5 5.2; yum(8) 3.4",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: `${flags} --version`,
  values,
  options: special,
  verbs: {
    "list|info|search|provides|whatprovides|resolvedep|repoquery|rq|check-update|check-upgrade|repolist|updateinfo|advisory|deplist|check|help|leaves|changelog|repoinfo|needs-restarting|repoclosure|repodiff|repograph|updates":
      query,
    "history list|info|packages-list|pkg-list|summary|addon-info|stats|package-list|package-info|userinstalled": query,
    history: { ...query, risk: "safe", operands: "none" },
    "group|groups list|info|summary": query,
    "grouplist|groupinfo": query,
    "module list|info|provides|repoquery": query,
    "repo list|info": query,
    "environment list|info": query,
    "versionlock list": query,
    versionlock: { ...query, risk: "safe", operands: "none" },
    "copr list|search": query,
    "alias list": query,
    "install|localinstall|update|upgrade|update-to|upgrade-to|update-minimal|upgrade-minimal|downgrade|reinstall|mark|swap-in|builddep|build-dep|groupinstall|group-install|groupupdate|debuginfo-install|in|up":
      install,
    "group install|upgrade|update|mark": install,
    "module install|enable|reset|update|switch-to|disable": install,
    "versionlock add|exclude": install,
    "history undo|redo|rollback|replay|store|sync": remove,
    "remove|erase|autoremove|rm|swap|distro-sync|distribution-synchronization|dsync|system-upgrade|groupremove|group-remove|offline-upgrade|offline-distrosync|distrosync|offline":
      remove,
    "group|groups remove|erase": remove,
    "module remove": remove,
    "versionlock delete|clear": { ...install, why: "lets packages be upgraded again" },
    "makecache|clean|mc": {
      ...installing("fetches or deletes downloaded lists and packages", [], { noInverse: "what is cached can be fetched again" }),
      flags,
      values,
      options: special,
    },
    "download|reposync": {
      ...installing("downloads packages", [], { noInverse: "the files are new; rm takes them away" }),
      flags,
      values,
      options: special,
      anyOption: true,
    },
    "config-manager|copr|shell|repository-packages|repo-pkgs|load-transaction|alias": {
      ...remove,
      why: "changes where packages come from, or runs commands that are not seen here",
      anyOption: true,
    },
  },
  examples: {
    "dnf list installed": "safe",
    "yum history info 4": "safe",
    "dnf -q repolist --all": "safe",
    "dnf install x": "caution",
    "dnf install --assumeno x": "safe",
    "dnf versionlock": "safe",
    "dnf remove x": "dangerous",
    "dnf history undo 4": "dangerous",
    "dnf install --nogpgcheck x": "dangerous",
    "dnf list --setopt=x=y": "unknown",
    "dnf download --destdir /x y": "caution",
    "dnf clean all": "caution",
    "yum --version": "safe",
  },
  nearMisses: [
    "dnf",
    "yum -y --assumeno remove x",
    "yum -y update",
    "dnf install --assumeno $X",
    "dnf shell x",
    "dnf config-manager --add-repo x",
    "yum versionlock nginx",
    "dnf group x remove",
  ],
});

const zypperFlags = `-n|--non-interactive -q|--quiet -v|--verbose -D|--dry-run -y|--no-confirm -l|--auto-agree-with-licenses --no-refresh --no-cd --no-remote -x|--xmlout -A|--no-abbrev -i|--ignore-unknown -h|--help --no-recommends --recommends -f|--force --download-only --details --oldpackage --allow-downgrade --allow-vendor-change --replacefiles -u|--clean-deps -U|--no-clean-deps --installed-only --not-installed-only --all -s -a -d -t -r -p -P -R -E -N -S -k -e --provides --requires --recursive --repo-list --updatestack-only`;
const zypperValues =
  "--cve --bugzilla|-b --date --category|-g --severity --repo|--from --type --match-exact-name --download --solver-focus";
const zypperSpecial = {
  "--no-gpg-checks|--gpg-auto-import-keys|--allow-unsigned-rpm": {
    arity: "flag",
    risk: "dangerous",
    why: "does not check who signed the packages",
  },
  "-c|--config|--root|--installroot|--reposd-dir|--cache-dir|--plus-repo|--plus-content|--pkg-cache-dir|--raw-cache-dir|--solv-cache-dir": {
    risk: "unknown",
    why: "loads other settings or packages from elsewhere",
  },
} as const;
const zypperAsk = ["--dry-run"];
const zypperRead = listing("prints facts about packages", {
  flags: zypperFlags,
  values: zypperValues,
  options: zypperSpecial,
  answers: [100, 101, 102, 103, 104],
});
const zypperInstall = {
  ...installing("installs or upgrades packages", zypperAsk),
  flags: zypperFlags,
  values: zypperValues,
  options: zypperSpecial,
  safer: "--dry-run",
};
const zypperRemove = {
  ...removing("removes packages, or may replace them all", zypperAsk),
  flags: zypperFlags,
  values: zypperValues,
  options: zypperSpecial,
  safer: "--dry-run",
};

export const zypper = program({
  names: "zypper",
  source: "zypper(8) 1.14",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: `${zypperFlags} -V|--version`,
  options: zypperSpecial,
  verbs: {
    "search|se|info|if|patch-info|pattern-info|product-info|list-updates|lu|list-patches|lp|packages|pa|patches|pch|patterns|pt|products|pd|what-provides|wp|patch-check|pchk|repos|lr|services|ls|locks|ll|licenses|ps|versioncmp|vcmp|targetos|tos|system-architecture|needs-rebooting|help|orphaned|list-patches-orphaned":
      zypperRead,
    "install|in|update|up|patch|source-install|si|install-new-recommends|inr|verify|ve": zypperInstall,
    "addlock|al|refresh|ref|refresh-services|refs|clean|cc|download|modifyrepo|mr|renamerepo|nr": {
      ...zypperInstall,
      risk: "caution",
      why: "changes lists, locks or repositories",
    },
    "remove|rm|dist-upgrade|dup|removerepo|rr|removelock|rl|cleanlocks|cl|purge-kernels|removeptf|rmptf|removeservice|rs|addrepo|ar|addservice|as|modifyservice|ms|shell|sh|subcommand":
      zypperRemove,
  },
  examples: {
    "zypper --no-refresh se nginx": "safe",
    "zypper lr -u": "safe",
    "zypper install x": "caution",
    "zypper in --dry-run x": "safe",
    "zypper rm x": "dangerous",
    "zypper --no-gpg-checks in x": "dangerous",
    "zypper --root /x se y": "unknown",
  },
  nearMisses: ["zypper", "zypper dup", "zypper in -D $X", "zypper refresh -D", "zypper ar https://x y"],
});
