// `kubectl config`: changes of the client's own configuration, as data. The reading forms are in kubectl-reads.ts.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { plainOperands, unlessHelp } from "./cluster-words.ts";

const change = (why: string, more: Partial<CommandRule>): CommandRule => ({
  risk: unlessHelp("caution"),
  why,
  operands: "name*",
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "configuration", name: arg.text })),
  safer: "leave the configuration alone and use --context, -n",
  ...more,
});

const credentials = "--embed-certs --set-raw-bytes --insecure-skip-tls-verify --current";
const values = "--cluster --server --proxy-url --tls-server-name --auth-provider --auth-provider-arg";

/** The current namespace of the current context. */
function undoneContext(inv: Invocation): Inverse | undefined {
  if (!inv.has("--current") || !inv.has("-n")) return undefined;
  return {
    kind: "capture",
    capture: `${inv.program} config view --minify -o 'jsonpath={..namespace}'`,
    command: `${inv.program} config set-context --current --namespace={capture}`,
  };
}

function undoneRename(inv: Invocation): Inverse | undefined {
  const [from, to, more] = plainOperands(inv) ?? [];
  return from === undefined || to === undefined || more !== undefined
    ? undefined
    : { kind: "command", command: `${inv.program} config rename-context ${to} ${from}` };
}

/** The context before the change. */
export function undoneSwitch(inv: Invocation): Inverse {
  return { kind: "capture", capture: `${inv.program} config current-context`, command: `${inv.program} config use-context {capture}` };
}

const lost = change("deletes an entry of the client's configuration, credentials included", {
  risk: unlessHelp("dangerous"),
  safer: "kubectl config get-contexts",
});

const entry = change("changes an entry of the client's configuration", {
  flags: credentials,
  values,
  noInverse: "the entry before may hold credentials, which are not read",
  options: {
    "--exec-command|--exec-arg|--exec-env|--exec-api-version": { risk: "dangerous", why: "names a program that every later call runs" },
    "--exec-interactive-mode": {},
  },
});

export const kubectlConfig: Readonly<Record<string, CommandRule>> = {
  "config use-context|use": change("changes which cluster later commands reach", { inverse: undoneSwitch }),
  "config set-context": { ...entry, inverse: undoneContext },
  "config set-cluster|set-credentials|set": entry,
  "config rename-context": change("renames an entry of the client's configuration", { inverse: undoneRename }),
  "config delete-context|delete-cluster|delete-user|unset": lost,
  "kuberc set": change("changes the client's preferences", {
    values: "--section --command --option --prependarg --appendarg --name",
    flags: "--overwrite",
    noInverse: "the preference before is not recorded",
  }),
};
