// nomad's servers, rights, variables and namespaces. Used by nomad.ts.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import { formatFiles } from "./format-files.ts";
import { asksHelp, change, destroy, endless, named, read, secret, unlessHelp } from "./verb-kinds.ts";
import { joinArgs, literalArg } from "../../arg.ts";
import { judgeRequest } from "../network/http-request.ts";

const settings = "the read or list form shows the state before";

/** `operator api PATH`: a GET unless it is told otherwise. */
const api: CommandRule = {
  risk: (inv: Invocation) => {
    const method = inv.value("-X") ?? (inv.has("-X") ? "?" : "GET");
    if (asksHelp(inv) || /^(GET|HEAD)$/.test(method)) return "safe";
    return method === "DELETE" ? "dangerous" : "caution";
  },
  why: "calls a path of the server",
  operands: "data?",
  flags: "-verbose -dryrun",
  values: "-H",
  options: { "-X": {}, "-filter": {} },
  sensitive: (inv) =>
    inv.operands.some((arg) => arg.shape !== "literal" || /\/(var|acl|keyring|operator\/(snapshot|keyring)|client\/fs)\b/.test(arg.text)),
  inspect: (inv, ctx) => {
    for (const path of inv.operands)
      for (const finding of judgeRequest({
        method: "GET",
        address: literalArg(`http://nomad:4646${path.text}`, path.span),
      }))
        ctx.report(finding);
    if (inv.stdin.kind !== "none" && !inv.has("-X")) ctx.report({ risk: "caution", why: "sends its input to the server" });
  },
  targets: named("path"),
  noInverse: settings,
};

/** `var lock PATH COMMAND`. */
const underLock: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a command while it holds a lock",
  firstEnds: true,
  operands: "inner*",
  flags: "-shell -verbose",
  values: "-ttl -delay -max-retry",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 1) ctx.scanText(joinArgs(inv.operands.slice(1), inv.span));
  },
  targets: (inv) => named("variable")(inv).slice(0, 1),
  noInverse: "what the command changes is not recorded",
};

export const nomadAdministration: Readonly<Record<string, CommandRule>> = {
  "version, license get|inspect, config validate, operator raft list-peers|info, operator autopilot get-config|health, operator scheduler get-config, operator metrics, operator snapshot inspect, operator utilization":
    read("prints the state of the servers"),
  "operator api": api,
  "operator root|gossip keyring list, operator keyring, operator gossip keyring generate, operator keygen, operator snapshot state, operator client-state":
    secret("prints keys or the whole state"),
  "operator snapshot save, operator debug": change("writes facts about the cluster to a file", "file", "delete the file"),
  "operator snapshot restore": destroy("overwrites the whole state of the cluster", "snapshot"),
  "operator raft remove-peer": destroy("takes a server out of the cluster", "server"),
  "operator raft transfer-leadership, operator autopilot set-config, operator scheduler set-config": change(
    "changes how the servers work together",
    "server",
    settings,
  ),
  "operator root keyring rotate, operator gossip keyring install|use": change("changes the keys in use", "key", "older keys stay"),
  "operator root|gossip keyring remove": destroy("removes a key: what it encrypted is lost", "key"),
  "system gc": destroy("throws away dead jobs, evaluations and allocations with their logs", "cluster"),
  "system reconcile summaries": change("counts jobs anew", "cluster", "it loses nothing"),
  "var get": secret("prints a variable", { sensitive: (inv) => !asksHelp(inv) }),
  "var list": read("lists names of variables"),
  "var put": change("writes a variable", "variable", "nomad var get shows the value before"),
  "var init": change("writes an example file", "file", "delete the file"),
  "var purge": destroy("deletes a variable", "variable"),
  "var lock": underLock,
  "namespace apply, quota apply|init": change("makes or changes a namespace or quota", "namespace", settings),
  "namespace|quota delete": destroy("deletes a namespace or quota", "namespace"),
  "acl policy|role|auth-method|binding-rule list|info, acl token list, sentinel list|read": read("prints policies and roles"),
  "acl token self|info": secret("prints a token"),
  "acl bootstrap, acl token create|update|delete, acl policy apply|delete, acl role|auth-method|binding-rule create|update|delete, sentinel apply|delete":
    destroy("changes who may do what", "right"),
  login: change("logs in and prints a token", "method", "the token ends by itself", { sensitive: true }),
  monitor: endless("prints the log of an agent until it is stopped"),
  "tls ca|cert create, setup consul|vault": change("makes certificates, keys or rights", "file", "delete what was made"),
  fmt: formatFiles,
  ui: change("opens a page in a browser", "page", "close it"),
  agent: { risk: "unknown", why: "starts a server by the settings of a file", anyOption: true, operands: "data*", unbounded: true },
};
