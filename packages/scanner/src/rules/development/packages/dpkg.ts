// dpkg and its relatives: what is installed, what is in a package, and whether its files are as they were.
import type { Invocation } from "../../../invocation.ts";
import { operandTargets, program } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { unlessSimulated } from "./package-words.ts";

const has = (inv: Invocation, list: string): boolean => list.split(" ").some((name) => inv.has(name));

const dpkgReads =
  "-l -s -L -S -p -V -C -I -c -f -W --get-selections --print-architecture --print-foreign-architectures --print-avail --compare-versions --version --help --field --contents --info --assert-multi-arch --yet-to-unpack --predep-package --fsys-tarfile --ctrl-tarfile";

function dpkgRisk(inv: Invocation): Risk {
  if (has(inv, "-r -P")) return unlessSimulated("dangerous", ["--simulate"])(inv);
  if (has(inv, "-i --unpack --configure --triggers-only -A")) return unlessSimulated("caution", ["--simulate"])(inv);
  if (has(inv, "--merge-avail --update-avail --set-selections --add-architecture")) return "caution";
  if (has(inv, "--clear-avail --clear-selections --forget-old-unavail --remove-architecture")) return "dangerous";
  return has(inv, dpkgReads) ? "safe" : "unknown";
}

const changes = (why: string): { arity: "flag"; risk: "caution"; why: string } => ({ arity: "flag", risk: "caution", why });

export const dpkg = program({
  names: "dpkg",
  source: "dpkg(1), dpkg 1.22",
  why: "prints facts about packages, installs or removes them",
  risk: dpkgRisk,
  flags:
    "-l|--list -s|--status -L|--listfiles -S|--search -p|--print-avail -V|--verify -C|--audit -I|--info -c|--contents -f|--field -W|--show --get-selections --print-architecture --print-foreign-architectures --compare-versions --version --help --assert-multi-arch --yet-to-unpack --predep-package --fsys-tarfile --ctrl-tarfile -r|--remove -P|--purge -i|--install --unpack --configure --triggers-only -A|--record-avail --merge-avail --update-avail --set-selections --add-architecture --clear-avail --clear-selections --forget-old-unavail --remove-architecture --simulate|--dry-run|--no-act -a|--pending -E|--skip-same-version -G|--refuse-downgrade -B|--auto-deconfigure --no-pager --no-triggers --triggers -R|--recursive -O|--selected-only",
  values: "--admindir --instdir --root --verify-format -D|--debug --abort-after --path-exclude --path-include",
  optional: "--no-force --refuse --robot",
  options: {
    "--force|--force-all": { arity: "optional", risk: "dangerous", why: "takes safeguards away" },
    "--force-depends|--force-remove-essential|--force-remove-reinstreq|--force-overwrite|--force-downgrade|--force-bad-verify|--force-remove-protected|--force-conflicts|--force-breaks":
      { arity: "flag", risk: "dangerous", why: "takes a safeguard away" },
    "--force-confold|--force-confdef|--force-confnew|--force-confmiss": changes("says which settings files stay"),
    "--pre-invoke|--post-invoke|--status-logger": { risk: "dangerous", why: "runs a program" },
    "--log": { kind: "write", why: "writes a log" },
    "--status-fd": {},
  },
  operands: "data*",
  answers: [1],
  targets: operandTargets("package"),
  noInverse: "/var/log/dpkg.log shows the versions before",
  examples: {
    "dpkg -l 'linux-*'": "safe",
    "dpkg -S /usr/bin/dig": "safe",
    "dpkg --compare-versions 1.0 lt 1.1": "safe",
    "dpkg -i x.deb": "caution",
    "dpkg --dry-run -i x.deb": "safe",
    "dpkg -i --force-confold x.deb": "caution",
    "dpkg -P nginx": "dangerous",
    "dpkg --force-all -i x.deb": "dangerous",
    "dpkg -i --force-depends x.deb": "dangerous",
    "dpkg -l --pre-invoke=x": "dangerous",
    "dpkg -l --log=x": "caution",
    "dpkg -l --status-fd 1": "safe",
  },
  nearMisses: ["dpkg", "dpkg -r nginx", "dpkg --configure -a", "dpkg -lr nginx", "dpkg --no-act --no-simulate -r x", "dpkg --no-act -r $X"],
});

export const dpkgQuery = program({
  names: "dpkg-query",
  source: "dpkg-query(1), dpkg 1.22",
  why: "prints facts about installed packages",
  flags:
    "-l|--list -W|--show -s|--status -L|--listfiles -S|--search -p|--print-avail -c|--control-path --control-list --control-show --version -h|--help --no-pager --load-avail",
  values: "-f|--showformat --admindir --root",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { "dpkg-query -W -f '${Package}\\n' nginx": "safe", "dpkg-query -S /bin/ls": "safe" },
  nearMisses: ["dpkg-query --frob"],
});

export const dpkgDeb = program({
  names: "dpkg-deb",
  source: "dpkg-deb(1), dpkg 1.22",
  why: "prints what is in a package file",
  risk: (inv) => (has(inv, "-I -c -f -W --fsys-tarfile --ctrl-tarfile --version --help") ? "safe" : "unknown"),
  flags: "-I|--info -c|--contents -f|--field -W|--show --fsys-tarfile --ctrl-tarfile -v|--verbose --version -h|--help --nocheck",
  values: "--showformat",
  options: {
    "-x|--extract|-X|--vextract|-e|--control|-R|--raw-extract|-b|--build": { arity: "flag", risk: "caution", why: "writes files" },
  },
  operands: "data*",
  noInverse: "the files that were there before are overwritten",
  examples: { "dpkg-deb -c x.deb": "safe", "dpkg-deb -x x.deb out": "unknown" },
  nearMisses: ["dpkg-deb -b dir", "dpkg-deb -c -x x.deb /"],
});

export const packageChecks = program({
  names:
    "debsums|checkrestart|needs-restarting|check-support-status|ubuntu-support-status|ubuntu-security-status|pro-status|apt-check|debsecan",
  source: "debsums(1), needs-restarting(1), checkrestart(8), debsecan(1)",
  why: "says which packages or services need attention",
  flags:
    "-a|--all -c|--changed -l|--list-missing -s|--silent -e|--config -r|--reboothint -u|--useronly --services -v|--verbose -p -q|--quiet -n -h|--help --version --no-headers --security-only --security --human-readable --package-names --standard --esm-infra --esm-apps --thirdparty --unavailable",
  values: "--root --suite --format",
  options: { "-g|--generate": { arity: "optional", risk: "caution", why: "writes checksums" } },
  operands: "data*",
  answers: [1, 2],
  noInverse: "the sums before are overwritten",
  examples: { "debsums -c": "safe", "needs-restarting -r": "safe", "debsums -g": "caution" },
  nearMisses: ["debsums --frob", "needs-restarting -x"],
});

export const needrestart = program({
  names: "needrestart",
  source: "needrestart(1) 3.8",
  why: "says which services run old files; -r l only lists them",
  risk: (inv) => (inv.value("-r") === "l" || ["--version", "--help", "-b", "-p"].some((name) => inv.has(name)) ? "safe" : "caution"),
  flags: "-v -q -b -p -k -l -w --version --help -u",
  options: {
    "-r": { allow: "l", risk: "dangerous", why: "restarts services", safer: "-r l only lists them" },
    "-c": { risk: "unknown", why: "loads settings, which are code" },
    "-m|-o": {},
  },
  targets: () => [{ kind: "services", name: "needrestart" }],
  noInverse: "a service that was restarted stays so",
  answers: [1, 2],
  examples: {
    "needrestart -b -r l": "safe",
    "needrestart -r a": "dangerous",
    "needrestart -b -m e": "safe",
    needrestart: "caution",
    "needrestart -b -c x": "unknown",
  },
  nearMisses: ["needrestart -ra", "needrestart -v"],
});
