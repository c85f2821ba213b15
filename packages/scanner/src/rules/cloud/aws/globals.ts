// The options that the AWS CLI takes in every place, and the ways of calling an operation without calling AWS. Shared by all rules of this folder.
// argparse takes any shortened form (`--endpoint http://x`), and the global parser sees all words first, so the shortened forms are listed as spellings.
import type { Invocation } from "../../../invocation.ts";
import type { OptionRule } from "../../../rule.ts";

/** All spellings of `name` from `shortest` on, as the key of one option: "--de|--del|--delete". */
export function spellings(name: string, shortest: string): string {
  const all: string[] = [];
  for (let length = shortest.length; length <= name.length; length++) all.push(name.slice(0, length));
  return all.reverse().join("|");
}

export const globalFlags = [
  spellings("--debug", "--deb"),
  "--no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --version --help --v2-debug --generate-cli-skeleton",
].join(" ");

export const globalValues = [
  spellings("--profile", "--p"),
  spellings("--region", "--r"),
  spellings("--output", "--o"),
  spellings("--query", "--q"),
  spellings("--color", "--co"),
  spellings("--ca-bundle", "--ca"),
  spellings("--cli-read-timeout", "--cli-r"),
  spellings("--cli-connect-timeout", "--cli-c"),
  spellings("--cli-binary-format", "--cli-b"),
  "--max-items --page-size --starting-token --max-results",
].join(" ");

export const globalOptions: Readonly<Record<string, OptionRule>> = {
  [spellings("--endpoint-url", "--e")]: {
    risk: "unknown",
    why: "sends the signed request to another address",
    safer: "drop --endpoint-url",
  },
  [spellings("--cli-input-json", "--cli-i")]: { risk: "unknown", why: "the request is in a text of its own that is not looked at" },
  "--cli-input-yaml": { risk: "unknown", why: "the request is in a text of its own that is not looked at" },
  "--cli-auto-prompt": { arity: "flag", risk: "unknown", why: "asks for the parts of the command" },
};

const globalNames: ReadonlySet<string> = new Set(
  [globalFlags, globalValues, ...Object.keys(globalOptions)].flatMap((list) => list.split(/[ |]/)),
);

/** Whether no option was given but global ones, and no option that the tables do not list. */
export function hasOnlyGlobals(inv: Invocation): boolean {
  return inv.unlisted.length === 0 && inv.options.every((use) => globalNames.has(use.spec.names[0] ?? ""));
}

/** Whether an option that no table lists may be a shortened form of `option`, which would then count instead of what was seen. */
export function shortens(inv: Invocation, option: string): boolean {
  return inv.unlisted.some((arg) => option.startsWith(arg.head.split("=", 1)[0] ?? ""));
}

/** Whether no word of the call may become further options. */
export function isWrittenOut(inv: Invocation): boolean {
  const words = [...inv.operands, ...inv.unlisted, ...inv.options.flatMap((use) => use.value ?? [])];
  return words.every((arg) => arg.shape !== "many" && (arg.shape === "literal" || !arg.dash));
}

/**
 * Whether the words never reach AWS: `help` right behind the operation, `--help` (no operation has it: a usage error, seen with the real client),
 * a printed skeleton, or EC2's dry run, which only tells whether the caller would be allowed to.
 */
export function makesNoCall(inv: Invocation): boolean {
  if (inv.has("--help") || inv.has("--generate-cli-skeleton")) return true;
  if (inv.path[0] === "ec2" && inv.has("--dry-run") && isWrittenOut(inv) && !inv.has("--no-dry-run") && !shortens(inv, "--no-dry-run"))
    return true;
  return inv.operands.length === 1 && inv.operand(0) === "help" && hasOnlyGlobals(inv);
}
