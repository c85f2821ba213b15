// Sub-commands of terraform that read or change the state, its outputs and its workspaces. Used by terraform.ts and terragrunt.ts.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { asksHelp, change, destroy, named, placeWords, plainText, read, reversible, switchedOn, unlessTried } from "./verb-kinds.ts";

const secretName = /passw|secret|token|key|cred|private|cert|conn|dsn|kube/i;

/** One output by name is not masked; its name says whether it is a secret. All of them as JSON are not masked either. */
function showsSecret(inv: Invocation): boolean {
  const name = inv.operands[0];
  if (name !== undefined) return name.shape !== "literal" || secretName.test(name.text);
  return switchedOn(inv, "-json") || switchedOn(inv, "-show-sensitive");
}

const output = read("prints outputs of the last run", {
  optional: "-json -raw -no-color -show-sensitive",
  values: "-state",
  sensitive: showsSecret,
  safer: "name the one output",
});

const show = read("prints the state or a saved plan", {
  optional: "-json -no-color -show-sensitive",
  sensitive: (inv) => switchedOn(inv, "-json") || switchedOn(inv, "-show-sensitive"),
  safer: "without -json, sensitive values are masked",
});

const stateOptions = {
  optional: "-dry-run -lock -ignore-remote-version",
  values: "-backup -backup-out -bootstrap -lock-timeout -state -state-out -var -var-file",
} as const;

const move: CommandRule = {
  ...stateOptions,
  risk: unlessTried("caution", "-dry-run"),
  why: "gives something in the state another address",
  operands: "name*",
  safer: "-dry-run",
  targets: named("address"),
  inverse: (inv) => {
    const place = placeWords(inv, ["-chdir"]);
    const words = plainText([...inv.operands].reverse());
    if (place === undefined || words === undefined || inv.operands.length !== 2) return undefined;
    return { kind: "command", command: `${inv.program}${place} state mv ${words}` };
  },
};

const forget: CommandRule = {
  ...stateOptions,
  risk: unlessTried("dangerous", "-dry-run"),
  why: "makes terraform forget what it manages; the next apply would build it again",
  operands: "name*",
  safer: "-dry-run",
  targets: named("address"),
};

/** Back to the workspace that was selected before. */
const backToWorkspace: Partial<CommandRule> = {
  inverse: (inv) => {
    const place = placeWords(inv, ["-chdir"]);
    if (place === undefined) return undefined;
    return {
      kind: "capture",
      capture: `${inv.program}${place} workspace show`,
      command: `${inv.program}${place} workspace select {capture}`,
    };
  },
};

const undo =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const place = placeWords(inv, ["-chdir"]);
    const words = plainText(inv.operands.slice(0, 1));
    if (place === undefined || words === undefined || words === "") return undefined;
    return { kind: "command", command: `${inv.program}${place} ${verb} ${words}` };
  };

export const stateVerbs: Readonly<Record<string, CommandRule>> = {
  output,
  show,
  "state list, workspace list|show, env list": read("lists what is in the state"),
  "state show": read("prints one thing of the state; sensitive values are masked", {
    optional: "-json -show-sensitive",
    sensitive: (inv) => switchedOn(inv, "-json") || switchedOn(inv, "-show-sensitive"),
  }),
  "state pull": read("prints the whole state, secrets included", { sensitive: (inv) => !asksHelp(inv), safer: "terraform state list" }),
  "state mv": move,
  "state rm": forget,
  "state push": destroy("overwrites the state with a file", "state file"),
  "state replace-provider": change("changes the provider of things in the state", "provider", "swap the two providers to go back", {
    options: { "-auto-approve": { arity: "optional", risk: "dangerous", why: "rewrites the state without asking", safer: "leave it out" } },
  }),
  "workspace select, env select": change("changes which workspace later commands reach", "workspace", "", backToWorkspace),
  "workspace new, env new": change("makes a workspace and selects it", "workspace", "", backToWorkspace),
  "workspace delete, env delete": destroy("deletes a workspace and its state", "workspace"),
  "force-unlock": destroy("takes the lock from whoever holds it; two runs may then damage the state", "lock"),
  taint: reversible("marks a resource: the next apply destroys it and builds it again", "address", "untaint", { inverse: undo("untaint") }),
  untaint: reversible("takes the mark from a resource", "address", "taint", { inverse: undo("taint") }),
  import: change("takes a resource into the state", "address", "", { inverse: undo("state rm") }),
};
