// apk, pacman, emerge, xbps, snap, flatpak, nix and others: what asks is safe, installing is caution, removing is dangerous.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { asksVersion, changing, destroying, each, listing, reading, reportTasks, running, undoable, undoneByVerb } from "../verbs.ts";
import { installing, removing, unlessSimulated } from "./package-words.ts";

const before = "the package manager's log shows the versions before";
const install = changing("installs or changes packages", before, { targets: operandTargets("package") });
const remove = destroying("removes packages and what depends on them", "package");
const read = reading("prints facts about packages");

const apkFlags =
  "-q|--quiet -v|--verbose -vv -U|--update-cache -s|--simulate --no-cache --no-network --no-progress -f|--force -i|--interactive -u|--upgrade -l|--latest -a|--available -t --no-interactive -d|--depends -I|--installed -O|--orphaned -R|--recursive -L|--contents -P|--provides -r|--rdepends -w|--webpage -W|--who-owns -z|--size -e|--exact -x|--exclude -o|--origin --all --license --replaces --triggers -m -h|--help -V|--version -c -n --purge";
const apkTrust = {
  "--allow-untrusted|--force-broken-world|--force-overwrite|--force-non-repository": {
    arity: "flag",
    risk: "dangerous",
    why: "takes a safeguard away",
  },
  "-X|--repository|-p|--root|--keys-dir|--repositories-file|--cache-dir|--arch": { risk: "unknown", why: "takes packages from elsewhere" },
} as const;
const apkChange = (rule: CommandRule): CommandRule => ({ ...rule, flags: apkFlags, options: apkTrust });

export const apk = program({
  names: "apk",
  source: "apk(8), apk-tools 2.14",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: apkFlags,
  options: apkTrust,
  verbs: {
    "info|list|search|policy|version|dot|audit|stats|verify|manifest|query": listing("prints facts about packages"),
    "add|fix|upgrade": apkChange(installing("installs or upgrades packages", ["--simulate"])),
    del: apkChange(removing("removes packages", ["--simulate"])),
    "update|fetch|index|mkndx|mkpkg": apkChange(installing("fetches lists or packages", [])),
    cache: apkChange(installing("changes what is cached", [])),
  },
  examples: {
    "apk info -vv": "safe",
    "apk list --installed": "safe",
    "apk add curl": "caution",
    "apk add -s curl": "safe",
    "apk del curl": "dangerous",
    "apk add --allow-untrusted x.apk": "dangerous",
    "apk -X http://x info": "unknown",
  },
  nearMisses: ["apk", "apk upgrade", "apk add -s $X", "apk cache purge"],
});

const given = (inv: Invocation, names: readonly string[]): boolean => names.some((name) => inv.has(name));

/** -Ss, -Si, -Sl and -Sg ask; -S alone installs; -Sy, -Su and -Sc change lists, packages or the cache. */
function syncRisk(inv: Invocation): Risk {
  if (given(inv, ["-y", "-u", "-c"])) return "caution";
  return given(inv, ["-s", "-i", "-l", "-g"]) ? "safe" : unlessSimulated("caution", ["-p"])(inv);
}

function pacmanRisk(inv: Invocation): Risk {
  if (asksVersion(inv, "-V", "-h")) return "safe";
  if (inv.has("-R")) return unlessSimulated("dangerous", ["-p"])(inv);
  if (inv.has("-S")) return syncRisk(inv);
  if (given(inv, ["-U", "-D"])) return "caution";
  return given(inv, ["-Q", "-T", "-F"]) && !inv.has("-y") ? "safe" : "unknown";
}

export const pacman = program({
  names: "pacman|yay|paru",
  source: "pacman(8) 7.0",
  why: "queries, installs or removes packages",
  risk: pacmanRisk,
  flags:
    "-Q|--query -S|--sync -R|--remove -U|--upgrade -D|--database -T|--deptest -F|--files -V|--version -h|--help -s|--search|--recursive -i|--info -l|--list -g|--groups -u|--sysupgrade|--upgrades|--unneeded -y|--refresh -c|--clean|--cascade|--changelog -d|--deps|--nodeps -e|--explicit -k|--check -m|--foreign -n|--native|--nosave -o|--owns -p|--print|--file -q|--quiet -t|--unrequired -w|--downloadonly -x|--regex -a|--aur --noconfirm --needed --asdeps --asexplicit -v|--verbose --machinereadable",
  values: "--color --ignore --ignoregroup --print-format",
  options: {
    "--overwrite|--assume-installed": { risk: "dangerous", why: "takes a safeguard away" },
    "--config|-b|--dbpath|-r|--root|--hookdir|--gpgdir|--cachedir|--logfile|--arch|--sysroot": {
      risk: "unknown",
      why: "takes packages or settings from elsewhere",
    },
    "--dbonly|--noscriptlet": { arity: "flag", risk: "dangerous", why: "takes a safeguard away" },
  },
  operands: "data*",
  answers: [1],
  targets: operandTargets("package"),
  noInverse: "/var/log/pacman.log shows the versions before",
  examples: {
    "pacman -Qi linux": "safe",
    "pacman -Ss nginx": "safe",
    "pacman -Qkk x": "safe",
    "pacman -S nginx": "caution",
    "pacman -Syu": "caution",
    "pacman -Rns x": "dangerous",
    "pacman -S --overwrite x y": "dangerous",
    "pacman -Q --config x": "unknown",
    "pacman -S --dbonly x": "dangerous",
  },
  nearMisses: ["pacman", "pacman -Sy", "pacman -Scc", "pacman -Fy", "pacman -Ssu", "pacman -QR x", "pacman -Rp $X"],
});

export const snap = program({
  names: "snap",
  source: "snapcraft.io/docs, snap 2.72",
  globals: "anywhere",
  why: "works with snaps",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help",
  verbs: {
    "list|find|search|info|changes|tasks|version|interfaces|connections|services|saved|warnings|aliases|known|interface|components|whoami|model|help|quotas|quota":
      read,
    "get|debug": { ...read, sensitive: true },
    logs: { ...listing("prints logs of services", { flags: "-f|--follow --abs-time", values: "-n" }), unbounded: (inv) => inv.has("-f") },
    "install|refresh|revert|switch|try|pack|prepare-image|download|save|set|connect|alias|prefer|ack|watch|login|logout|okay|wait|create-cohort|set-quota|validate|import-snapshot|export-snapshot":
      install,
    enable: undoable("lets a snap run", undoneByVerb("disable")),
    disable: undoable("keeps a snap from running", undoneByVerb("enable")),
    start: undoable("starts services of a snap", undoneByVerb("stop")),
    restart: install,
    "stop|remove|forget|disconnect|unalias|unset|abort|restore|reboot|remove-quota|recovery": remove,
    "run|userd|shell": running("runs a program of a snap"),
  },
  examples: {
    "snap list --all": "safe",
    "snap changes": "safe",
    "snap get x": "caution",
    "snap logs x": "safe",
    "snap logs -f x": "caution",
    "snap install x": "caution",
    "snap disable x": "caution",
    "snap remove --purge x": "dangerous",
    "snap run x": "unknown",
  },
  nearMisses: ["snap", "snap set x a=b", "snap frob"],
});

export const flatpak = program({
  names: "flatpak",
  source: "flatpak(1) 1.16",
  globals: "anywhere",
  why: "works with applications",
  risk: (inv) => (asksVersion(inv, "--version", "--help", "--default-arch", "--supported-arches", "--installations") ? "safe" : "unknown"),
  flags: "--version -h|--help --user --system -v|--verbose --default-arch --supported-arches --installations",
  verbs: {
    "list|info|search|history|remotes|remote-ls|remote-info|ps|permissions|permission-show|documents|document-info":
      reading("prints facts about applications"),
    "install|update|upgrade|override|make-current|mask|pin|remote-add|remote-modify|config|document-export|build-update-repo|create-usb":
      install,
    "uninstall|remove|remote-delete|repair|kill|permission-remove|permission-reset|permission-set|document-unexport": remove,
    "run|enter|spawn|build|build-init|build-finish|build-export|build-bundle": running("runs a program of an application"),
  },
  examples: {
    "flatpak list --app": "safe",
    "flatpak install x": "caution",
    "flatpak uninstall x": "dangerous",
    "flatpak run x": "unknown",
  },
  nearMisses: ["flatpak", "flatpak kill x"],
});

const nixRead = listing("prints facts about packages", {
  anyOption: true,
  options: {
    "-f|--file|-E|--expr|--option|-I|--include|--impure|--apply|--builders|--store|--to|--post-build-hook": {
      risk: "unknown",
      why: "evaluates code, or settings that run programs",
    },
  },
});

export const nix = program({
  names: "nix",
  source: "nix.dev/manual/nix 2.31",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help -v|--verbose --quiet --offline -L|--print-build-logs",
  values: "--extra-experimental-features --experimental-features",
  verbs: {
    ...each(
      "profile_list profile_history registry_list store_ls store_cat store_verify store_info store_ping store_path-info path-info why-depends hash_file hash_path help config_show config_check derivation_show doctor",
      nixRead,
    ),
    ...each(
      "profile_install profile_add profile_upgrade profile_rollback registry_add registry_pin channel_update copy flake_update flake_lock flake_init flake_new store_add store_optimise upgrade-nix daemon",
      install,
    ),
    ...each("profile_remove profile_wipe-history registry_remove store_gc store_delete collect-garbage", remove),
    ...each(
      "build develop run shell eval repl edit fmt search bundle print-dev-env log flake_show flake_check flake_metadata flake_info",
      running("evaluates code, and may build and run it"),
    ),
  },
  examples: {
    "nix profile list": "safe",
    "nix path-info -r /nix/store/x": "safe",
    "nix path-info --expr x": "unknown",
    "nix profile install x": "caution",
    "nix store gc": "dangerous",
    "nix run x": "unknown",
  },
  nearMisses: ["nix", "nix eval x", "nix path-info --option post-build-hook x y"],
});

const nixRemoves = ["-e", "--uninstall", "--delete-generations", "--gc", "--delete", "--remove"];
const nixQueries = ["-q", "-qa", "--query", "--list-generations", "--list", "--version"];

function nixRisk(inv: Invocation): Risk {
  if (inv.program === "nixos-version") return "safe";
  const word = inv.operand(0) ?? "";
  if (inv.program === "nix-collect-garbage" || word === "remove" || given(inv, nixRemoves)) return "dangerous";
  if (/^nix-(env|store|channel)$/.test(inv.program)) return given(inv, nixQueries) ? "safe" : "caution";
  return /^(switch|boot|test|build|install|upgrade|pull|rollback)$/.test(word) ? "caution" : "unknown";
}

export const nixTools = program({
  names:
    "nix-env|nix-channel|nix-store|nix-collect-garbage|nixos-rebuild|nix-shell|nix-build|nix-instantiate|nixos-option|nixos-version|home-manager|guix|darwin-rebuild",
  source: "nix.dev/manual/nix 2.31",
  style: "long",
  why: "queries, installs or removes packages",
  risk: nixRisk,
  flags:
    "-q -qa --query -i -e --uninstall --install -u --upgrade --rollback --list-generations --list --update --add --remove --gc --delete --version --installed --available -a --requisites -R --references --referrers --tree --size --hash --outputs --verify --check-contents -d --description --out-path -s --status",
  values: "--delete-generations -p --profile -S --switch-generation",
  operands: "data*",
  targets: operandTargets("package"),
  noInverse: "--list-generations shows the generations; --rollback goes back to the one before",
  examples: {
    "nix-env -q": "safe",
    "nix-store -q --tree /nix/store/x": "safe",
    "nix-env -i x": "caution",
    "nix-env -e x": "dangerous",
    "nixos-rebuild switch": "caution",
    "nix-collect-garbage -d": "dangerous",
  },
  nearMisses: ["nix-shell -p x", "nix-channel --update", "nix-env -q -e x", "nix-env -f x -q"],
});

export const otherManagers = program({
  names:
    "emerge|equery|eix|qlist|xbps-install|xbps-query|xbps-remove|pkg|pkg_info|pkg_add|pkg_delete|opkg|swupd|eopkg|urpmi|urpme|rpm-ostree|bootc|transactional-update|pkcon|winget|choco|scoop|cpan|cpanm|luarocks|opam|cabal|stack|ghcup|mix|hex|rebar3|pub|dart|flutter|pod|carthage|swift|vcpkg|conan|spack|tlmgr|juliaup",
  source: "the manual of each program",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) =>
    asksVersion(inv, "--version", "--help") || /^(equery|eix|qlist|xbps-query|pkg_info)$/.test(inv.program)
      ? "safe"
      : /(remove|delete|urpme)$/.test(inv.program)
        ? "dangerous"
        : "caution",
  flags: "--version -h|--help -l -L -v -q -p|--pretend -s|--search",
  options: { "-C|--unmerge|-c|--depclean|--prune|-P": { arity: "flag", risk: "dangerous", why: "removes packages" } },
  anyOption: true,
  operands: "data*",
  targets: operandTargets("package"),
  noInverse: before,
  inspect: reportTasks,
  verbs: {
    "list|info|search|show|query|stats|which|version|audit|status|list-installed|list-upgradable|files|whatdepends|owner|rquery|updates|check|get-details|get-updates|history":
      {
        ...read,
        risk: (inv) =>
          /^(pkg|opkg|eopkg|pkcon|winget|choco|scoop|luarocks|opam|ghcup|tlmgr|rpm-ostree|bootc|spack|conan|vcpkg|swupd)$/.test(inv.program)
            ? "safe"
            : "unknown",
        options: {
          "-F|--fix|--recompute|-o|--output-file": {
            arity: "optional",
            risk: "caution",
            why: "changes what is installed, or writes a file",
          },
        },
        noInverse: before,
      },
    "remove|uninstall|purge|delete|autoremove|deinstall|unpublish|retire|reset|rm": remove,
    "build|run|test|exec|shell|compile|eval|repl": running("builds or runs the project's code"),
    "publish|upload|push|release": destroying("publishes a package for everybody", "package"),
  },
  examples: {
    "pkg info": "safe",
    "opkg list-installed": "safe",
    "rpm-ostree status": "safe",
    "equery belongs /bin/ls": "safe",
    "emerge nginx": "caution",
    "emerge --depclean": "dangerous",
    "pkg install x": "caution",
    "pkg delete x": "dangerous",
    "xbps-remove x": "dangerous",
    "mix test": "unknown",
    "mix check": "unknown",
    "mix hex.publish": "caution",
    "hex publish": "dangerous",
    "pkg audit -F": "caution",
  },
  nearMisses: ["emerge --sync", "dart run x", "swift test", "opam install x"],
});
