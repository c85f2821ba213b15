// The rules that all gcloud commands share: reads, secret reads, and changes by what they do. Chosen by command.ts.
// Constants: a command is compiled once per kind, not once per name.
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../../rule.ts";
import type { Risk } from "../../../types.ts";
import { isWrittenOut } from "../aws/globals.ts";
import { globalValues, otherValues } from "./globals.ts";
import { gcloudTargets } from "./targets.ts";
import { gcloudInverse } from "./undo.ts";

const listed = new Set(globalValues.split(" "));
export const values = [...new Set(otherValues.split(" "))].filter((name) => !listed.has(name)).join(" ");

/** Options of reading commands that put the answer into a file or a bucket. */
export const outputOptions: Readonly<Record<string, OptionRule>> = {
  "--destination|--output-file|--out-file|--file-name|--output-path|--output-dir|--output|--file": {
    kind: "write",
    why: "writes the answer to a file",
    safer: "leave it out: the answer is printed",
  },
  "--bigquery-table|--bigquery-dataset": { risk: "caution", why: "stores the answer in a table", safer: "leave it out" },
  "--stream|--follow|--tail|--watch": {
    arity: "optional",
    unbounded: true,
    why: "follows without end",
    safer: "leave it out",
  },
};

export const read: CommandRule = {
  why: "reads from Google Cloud",
  operands: "data*",
  anyOption: true,
  values,
  options: outputOptions,
};

export const secret: CommandRule = {
  ...read,
  why: "prints a token, a key or another secret",
  sensitive: (inv) => !inv.has("--help"),
};

export const endless: CommandRule = { ...read, why: "prints what comes in", unbounded: true };
export const waiting: CommandRule = { ...read, why: "waits for something to end", unbounded: true, safer: "describe it instead" };

/** `--help`, and no word that may hide what ends the options. */
export function printsManual(inv: Invocation): boolean {
  return inv.has("--help") && isWrittenOut(inv);
}

/** `risk`, unless only the manual is printed. */
export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (printsManual(inv) ? "safe" : risk);
}

const everybody = /^(0\.0\.0\.0\/0|::\/0|\*)$|,(0\.0\.0\.0\/0|::\/0)|(0\.0\.0\.0\/0|::\/0),|allUsers|allAuthenticatedUsers/;

/** What no change may do unseen: let everybody in. */
export function judgeOpening(inv: Invocation, ctx: RuleContext): void {
  const words = [...inv.options.flatMap((use) => use.value ?? []), ...inv.operands, ...inv.unlisted];
  const found = words.find((arg) => everybody.test(arg.head.slice(arg.head.startsWith("-") ? arg.head.indexOf("=") + 1 : 0)));
  if (found !== undefined && !inv.has("--help"))
    ctx.report({
      risk: "dangerous",
      why: `${found.text} lets everybody in`,
      safer: "name the network or the members that need it",
      span: found.span,
    });
}

const change: CommandRule = {
  risk: unlessHelp("caution"),
  why: "changes something in Google Cloud",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  values: `${values} --source-ranges --target`,
  options: {
    "--force|--discard-local-ssd|--delete-disks|--allow-unauthenticated|--delete-unmatched-destination-objects": {
      arity: "flag",
      risk: "dangerous",
      why: "does it by force, or opens it to everybody",
      safer: "drop the option",
    },
  },
  inspect: judgeOpening,
  targets: gcloudTargets,
  inverse: gcloudInverse,
};

export const create: CommandRule = {
  ...change,
  why: "creates something in Google Cloud",
  noInverse: "what it creates has to be deleted by its name",
};
export const alter: CommandRule = {
  ...change,
  why: "changes something in Google Cloud",
  noInverse: "the earlier state is not kept; describe it first and keep the answer",
};
export const send: CommandRule = { ...change, why: "sends data to Google Cloud", noInverse: "what was sent cannot be called back" };
export const start: CommandRule = {
  ...change,
  why: "starts or stops work in Google Cloud",
  noInverse: "work that ran or was stopped stays so",
};
export const restart: CommandRule = { ...change, why: "restarts something in Google Cloud", noInverse: "a restart cannot be taken back" };
export const local: CommandRule = {
  ...change,
  why: "changes files or the stored session on this machine",
  noInverse: "what it overwrites is not kept",
};
export const issue: CommandRule = {
  ...change,
  why: "hands out a key, a signature or decrypted data",
  sensitive: (inv) => !inv.has("--help"),
  noInverse: "what was handed out stays valid",
};
export const take: CommandRule = {
  ...change,
  why: "takes messages out of sight of other readers",
  options: {
    "--auto-ack": { arity: "flag", risk: "dangerous", why: "the messages are gone once they are read", safer: "drop --auto-ack" },
  },
  noInverse: "others get the messages again only after the deadline",
};
export const destroy: CommandRule = {
  ...change,
  risk: unlessHelp("dangerous"),
  why: "deletes, ends or overwrites something in Google Cloud for good",
};
export const rights: CommandRule = { ...destroy, why: "changes who may do what" };

const readingRole = /^roles\/([a-z]+\.)?([a-zA-Z]*[vV]iewer|browser)$/;

function grantsReading(inv: Invocation): boolean {
  return inv.unlisted.length === 0 && readingRole.test(inv.value("--role") ?? "") && isWrittenOut(inv);
}

/** A reading role for a named member can be taken back and opens little; any other one may open everything. */
export const bind: CommandRule = {
  ...rights,
  risk: (inv) => (printsManual(inv) ? "safe" : grantsReading(inv) ? "caution" : "dangerous"),
  why: "lets somebody do more",
  noInverse: "remove-iam-policy-binding with the same words takes it back",
};
export const hidden: CommandRule = { ...destroy, why: "makes changes that the command does not show" };
export const remote: CommandRule = { ...destroy, why: "opens a way into machines" };
export const other: CommandRule = { ...change, risk: unlessHelp("unknown"), why: "is a gcloud command that is not known to be a read" };

/** Writes only with a file as target: `export` of load balancers, triggers and workflows prints otherwise. */
export const exported: CommandRule = { ...read, why: "prints a configuration" };
