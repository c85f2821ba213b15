// az commands that carry a program or a request: shell text for a machine or a cluster, and az rest. Part of the az rule.
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import { spellings } from "../aws/globals.ts";
import { otherValues } from "./globals.ts";
import { judgeWords, unlessHelp } from "./kinds.ts";
import { azTargets } from "./targets.ts";

/** The script behind `option`, word by word as the client joins them. */
function judgeScript(option: string): (inv: Invocation, ctx: RuleContext) => void {
  return (inv, ctx) => {
    if (inv.has("--help")) return;
    const scripts = inv.all(option);
    if (scripts.length === 0) ctx.report({ risk: "unknown", why: `the script is not in ${option}` });
    for (const script of [...scripts, ...inv.operands]) {
      if (script.head.startsWith("@"))
        ctx.report({ risk: "dangerous", why: "runs a script that is not shown", safer: "write the command out", span: script.span });
      else ctx.scanText(script);
    }
    judgeWords(inv, ctx);
  };
}

const onMachine: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a command on a machine",
  operands: "data*",
  anyOption: true,
  values: `${otherValues} --command-id --run-command-name --parameters`,
  options: {
    "--scripts|--script": { kind: "code", risk: "safe" },
    "--script-uri": { risk: "dangerous", why: "runs a script that is not shown" },
  },
  inspect: judgeScript("--scripts"),
  targets: azTargets,
  noInverse: "what the command changes there is not known here",
};

const onCluster: CommandRule = {
  ...onMachine,
  why: "runs a command in a cluster with its administrator's rights",
  values: otherValues,
  options: { "--command": { kind: "code", risk: "safe" }, "--file": { risk: "unknown", why: "sends files along" } },
  inspect: judgeScript("--command"),
};

const hosts =
  /^(\/|https:\/\/([a-z0-9-]+\.)*(azure\.com|azure\.net|windows\.net|microsoft\.com|azure\.us|azure\.cn|microsoftonline\.com)([/?]|$)|\{|subscriptions\/)/i;

function methodOf(inv: Invocation): string {
  return inv.has("--method") ? (inv.value("--method") ?? "?").toLowerCase() : "get";
}

/** GET, HEAD and OPTIONS read; DELETE cannot be taken back; the rest changes. */
function judgeRest(inv: Invocation, ctx: RuleContext): void {
  judgeWords(inv, ctx);
  if (inv.has("--help")) return;
  const method = methodOf(inv);
  const url = inv.arg("--uri");
  if (method === "delete") ctx.report({ risk: "dangerous", why: "deletes the resource at the address" });
  else if (/^(put|patch|post)$/.test(method))
    ctx.report({ risk: "caution", why: `sends a ${method.toUpperCase()} request`, safer: "--method get" });
  else if (!/^(get|head|options)$/.test(method)) ctx.report({ risk: "unknown", why: "uses a method that is not known" });
  if (url === undefined || !hosts.test(url.head))
    ctx.report({ risk: "unknown", why: "may send the token to an address that is not Azure's" });
  if (url !== undefined && /vault\.azure\.net\/(secrets|keys)|\/(listkeys|listsecrets|gettoken)/i.test(url.text))
    ctx.report({ risk: "caution", why: "prints secrets", sensitive: true });
}

const rest: CommandRule = {
  why: "sends a request to Azure's API",
  flags: "--skip-authorization-header",
  values: "--uri|--url|-u --method|-m --resource --headers --uri-parameters|--url-parameters",
  reads: "--body|-b",
  options: { [spellings("--output-file", "--output-f")]: { kind: "write", why: "writes the answer to a file" } },
  operands: "data*",
  inspect: judgeRest,
  targets: (inv) => {
    const url = inv.arg("--uri");
    return url === undefined ? [] : [{ kind: "address", name: url.text }];
  },
  noInverse: "what the request changes is not known here",
};

const devopsInvoke: CommandRule = {
  ...rest,
  why: "sends a request to Azure DevOps",
  flags: "--detect",
  values:
    "--area --resource --route-parameters --query-parameters --api-version --http-method --media-type --encoding --organization|--org --accept-media-type",
  reads: "--in-file",
  options: { "--out-file": { kind: "write", why: "writes the answer to a file" } },
  inspect: (inv, ctx) => {
    const method = inv.has("--http-method") ? (inv.value("--http-method") ?? "?").toLowerCase() : "get";
    if (method === "delete") ctx.report({ risk: "dangerous", why: "deletes what is at the address" });
    else if (!/^(get|head|options)$/.test(method)) ctx.report({ risk: "caution", why: "sends a request that changes something" });
  },
  targets: (inv) => inv.all("--resource").map((arg) => ({ kind: "resource", name: arg.text })),
};

/** With --list it only prints the defaults. */
const devopsConfigure: CommandRule = {
  risk: (inv) => ((inv.has("--list") && !inv.has("--defaults")) || inv.has("--help") ? "safe" : "caution"),
  why: "prints or changes defaults of the client",
  operands: "data*",
  values: "--defaults|-d --use-git-aliases",
  flags: "--list|-l",
  noInverse: "the defaults before are not kept",
};

export const embedded: Readonly<Record<string, CommandRule>> = {
  "vm|vmss run-command invoke|create|update": onMachine,
  "aks command invoke": onCluster,
  "devops invoke": devopsInvoke,
  "devops configure": devopsConfigure,
  rest,
};
