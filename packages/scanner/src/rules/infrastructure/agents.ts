// Agents of clouds on one machine: cloud-init, waagent, ssm-cli and their like.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp, bareRisk, change, destroy, read, verbTable } from "./verb-kinds.ts";

export const cloudInit = program({
  names: "cloud-init",
  source: "docs.cloud-init.io, CLI reference, 25.2",
  globals: "anywhere",
  risk: bareRisk,
  why: "shows or repeats what set this machine up",
  flags: "-d|--debug --force",
  optional: "-h|--help -v|--version",
  get verbs() {
    return verbTable({
      "status, features, schema": read("prints how the machine was set up", { answers: [1, 2] }),
      "analyze show|blame|boot|dump": read("prints how long the set-up took", {
        options: { "-o|--outfile": { kind: "write", why: "writes a file" } },
        targets: () => [],
        noInverse: "delete the file",
        answers: [1, 2],
      }),
      query: read("prints data of the machine", {
        flags: "-l|--list-keys -a|--all",
        sensitive: (inv) =>
          !inv.has("-l") &&
          !asksHelp(inv) &&
          !/^(v1\.)?(cloud_name|cloud_id|cloud-name|region|availability_zone|instance_id|instance-id|platform|local_hostname|distro\w*|kernel_release|machine|system_platform|subplatform|variant)$/.test(
            inv.operand(0) ?? "",
          ),
        safer: "cloud-init query --list-keys",
      }),
      "collect-logs, init, modules, single, devel": change(
        "repeats a part of the set-up, or writes logs to a file",
        "module",
        "what it changes is not recorded",
      ),
      clean: destroy("makes the machine set itself up anew at the next start", "machine"),
    });
  },
  examples: {
    "cloud-init status --long": "safe",
    "cloud-init query region": "safe",
    "cloud-init query userdata": "caution",
    "cloud-init query --list-keys": "safe",
    "cloud-init analyze blame": "safe",
    "cloud-init analyze show -o x": "caution",
    "cloud-init init": "caution",
    "cloud-init clean --logs --reboot": "dangerous",
  },
  nearMisses: ["cloud-init", "cloud-init frob", "cloud-init query --all"],
});

/** The words of an agent that only read. */
const agentReads: Readonly<Record<string, RegExp>> = {
  "ssm-cli": /^get-(instance-information|diagnostics|offline-command-invocation)$/,
  azcmagent: /^(show|check|version)$/,
};

/** One option alone, which makes the agent tell about itself. */
function asksItself(inv: Invocation): boolean {
  const alone = inv.operands.length === 0 && inv.options.length === 1;
  return alone && ["--version", "--help", "-status", "-show-configuration"].some((name) => inv.has(name));
}

function cloudAgentRisk(inv: Invocation): Risk {
  if (asksItself(inv)) return "safe";
  if (agentReads[inv.program]?.test(inv.operand(0) ?? "") === true) return "safe";
  if (inv.options.length > 0 && inv.program === "ec2-metadata") return "safe";
  return inv.has("-deprovision") || inv.operand(0) === "disconnect" ? "dangerous" : "caution";
}

export const cloudAgents = program({
  names:
    "waagent|ssm-cli|amazon-ssm-agent|amazon-cloudwatch-agent-ctl|google_guest_agent|google_metadata_script_runner|google_osconfig_agent|cfn-signal|cfn-init|cfn-hup|cfn-get-metadata|ec2-metadata|cloud-sql-proxy|cloud_sql_proxy|azcmagent|walinuxagent",
  source: "man pages and --help of the agents of AWS, Azure and Google Cloud, 2025",
  style: "long",
  risk: cloudAgentRisk,
  why: "talks to the cloud that this machine runs in",
  flags:
    "--help|-h -help --version|-version -status -show-configuration -i -t -z -o -v -p -l -s -r -g -a -deprovision|-deprovision+user|--deprovision -force",
  values: "--output -m -c --mode --config --stack --resource --region --exit-code -e --success --reason --id --url",
  options: { "-d|--user-data|--all": { arity: "flag", sensitive: true, why: "prints the user data, which may hold secrets" } },
  operands: "data*",
  unbounded: (inv) => /sql.proxy|hup|guest_agent|osconfig/.test(inv.program),
  targets: () => [],
  noInverse: "what it changes is not recorded",
  examples: {
    "waagent --version": "safe",
    "waagent -deprovision+user -force": "dangerous",
    "ssm-cli get-instance-information": "safe",
    "amazon-cloudwatch-agent-ctl -m ec2 -a status": "caution",
    "ec2-metadata -i": "safe",
    "ec2-metadata -d": "caution",
    "cloud-sql-proxy p:r:i": "caution",
    "cfn-signal -e 0 --stack s --resource r": "caution",
    "azcmagent disconnect": "dangerous",
  },
  nearMisses: ["waagent", "azcmagent connect", "cfn-init -s x", "ec2-metadata"],
});
