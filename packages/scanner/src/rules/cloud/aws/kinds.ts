// The few rules that all AWS operations share: reads, secret reads, reads into files, and changes by what they do. Chosen by operation.ts.
// Constants: an operation is compiled once per kind, not once per name.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../../rule.ts";
import { sensitivePath } from "../../../sensitive-paths.ts";
import type { Risk } from "../../../types.ts";
import { writeFinding } from "../../../write-paths.ts";
import { makesNoCall, shortens, spellings } from "./globals.ts";
import { showsPlainFields } from "./projection.ts";
import { awsTargets, otherValues, resourceOptions } from "./targets.ts";
import { awsInverse, undoOptions } from "./undo.ts";

const values = [...new Set([...resourceOptions, ...otherValues.split(" "), ...undoOptions])].join(" ");
const flags = "--dry-run --no-dry-run --apply-immediately --honor-cooldown --force-new-deployment";

/** `risk`, unless the call never reaches AWS. */
export function unlessNoCall(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (makesNoCall(inv) ? "safe" : risk);
}

const scheme = /(?:file|fileb|https?):\/\/(.*)$/s;

/** `file://` and `http://` in a value are read and sent with the request. */
function judgeSource(arg: Arg, ctx: RuleContext): void {
  const path = scheme.exec(arg.head)?.[1];
  const why = path === undefined ? undefined : sensitivePath(path);
  if (why !== undefined)
    ctx.report({ risk: "caution", why: `${arg.text} ${why} and goes out with the request`, sensitive: true, span: arg.span });
}

/**
 * What every call is looked at for: sources in its values, and a value that begins with a dash. The client takes no such value; it ends the list
 * before it and reads the word as an option, which the tables here did not see.
 */
export function judgeWords(inv: Invocation, ctx: RuleContext): void {
  for (const { value } of inv.options) {
    if (value === undefined) continue;
    judgeSource(value, ctx);
    if (value.head.startsWith("--"))
      ctx.report({ risk: "unknown", why: `${value.text} is an option where a value should stand`, span: value.span });
  }
  for (const arg of inv.operands) {
    judgeSource(arg, ctx);
    if (arg.head.startsWith("--"))
      ctx.report({ risk: "unknown", why: `${arg.text} stands behind -- and may still be an option`, span: arg.span });
  }
  for (const arg of inv.unlisted) judgeSource(arg, ctx);
}

/** The operands that stand right behind an option that no table lists, and so are its value. */
function valuesOfUnlisted(inv: Invocation): ReadonlySet<Arg> {
  const words = [
    ...inv.operands.map((arg) => ({ start: arg.span.start, arg, opens: false })),
    ...inv.options.map((use) => ({ start: use.span.start, arg: undefined, opens: false })),
    ...inv.unlisted.map((option) => ({ start: option.span.start, arg: undefined, opens: !option.text.includes("=") })),
  ].sort((one, other) => one.start - other.start);
  return new Set(words.flatMap(({ arg }, index) => (arg !== undefined && words[index - 1]?.opens === true ? [arg] : [])));
}

function maySplit(arg: Arg): boolean {
  return arg.shape === "many" || (arg.shape === "glob" && (arg.dash || arg.head === ""));
}

/** Words that are known only when the command runs: a read stays one, but an option could send it elsewhere. */
function judgeOpen(inv: Invocation, ctx: RuleContext): void {
  const single = inv.operands.filter((arg) => arg.shape === "one" && arg.dash);
  const values = single.length === 0 ? undefined : valuesOfUnlisted(inv);
  const words = [...inv.options.flatMap((use) => use.value ?? []), ...inv.operands, ...inv.unlisted].filter(maySplit);
  for (const arg of [...words, ...single.filter((each) => values?.has(each) === false)])
    ctx.report({
      risk: "unknown",
      why: `${arg.text} may become options of any kind`,
      safer: "quote it, behind the option that it belongs to",
      span: arg.span,
    });
}

/** What a read is looked at for. */
export function judgeRead(inv: Invocation, ctx: RuleContext): void {
  judgeWords(inv, ctx);
  judgeOpen(inv, ctx);
}

export const read: CommandRule = {
  why: "reads from AWS",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  values,
  flags,
  inspect: judgeRead,
};

export const secret: CommandRule = {
  ...read,
  why: "prints credentials, keys or an address that opens what is private",
  sensitive: (inv) => !makesNoCall(inv),
};

export const settings: CommandRule = {
  ...read,
  why: "prints a whole configuration, environment variables included",
  safer: "--query with the fields that you need, such as 'Configuration.[State,LastModified]'",
  sensitive: (inv) => !makesNoCall(inv) && !showsPlainFields(inv),
};

/** Reads that print secrets only with an option. */
const onRequest = (option: string, shortest: string, why: string): CommandRule => ({
  ...read,
  options: { [spellings(option, shortest)]: { arity: "flag", sensitive: true, why, safer: `drop ${option}` } },
});

export const parameter = onRequest("--with-decryption", "--w", "prints secret parameters in clear");
export const apiKey = onRequest("--include-values", "--i", "prints the keys themselves");
export const unmasked = onRequest("--unmask", "--u", "prints what a data protection policy masks");
export const screenshot: CommandRule = {
  ...read,
  options: {
    [spellings("--wake-up", "--w")]: { arity: "flag", risk: "caution", why: "presses a key on the console", safer: "drop --wake-up" },
  },
  noInverse: "the screen goes dark again by itself",
};
export const connection: CommandRule = {
  ...read,
  why: "prints connections with their passwords",
  safer: "--hide-password",
  flags: `${flags} --hide-password --no-hide-password`,
  sensitive: (inv) =>
    !makesNoCall(inv) && (!inv.has("--hide-password") || inv.has("--no-hide-password") || shortens(inv, "--no-hide-password")),
};
export const attribute: CommandRule = { ...read, why: "prints one attribute of an instance", sensitive: mayPrintUserData };

/** User data is the script of the first start, where passwords are often left. */
function mayPrintUserData(inv: Invocation): boolean {
  if (makesNoCall(inv) || !inv.has("--attribute")) return shortens(inv, "--attribute");
  return inv.value("--attribute") === undefined || inv.value("--attribute") === "userData" || shortens(inv, "--attribute");
}

const dangerousFlags: Readonly<Record<string, OptionRule>> = {
  [`${spellings("--force", "--for")}|--force-delete|--force-failover|--terminate-instances`]: {
    arity: "flag",
    risk: "dangerous",
    why: "does it by force",
    safer: "drop the option",
  },
};

const change: CommandRule = {
  ...read,
  risk: unlessNoCall("caution"),
  why: "changes something in AWS",
  options: dangerousFlags,
  inspect: judgeWords,
  targets: awsTargets,
  inverse: awsInverse,
};

export const create: CommandRule = {
  ...change,
  why: "creates something in AWS",
  noInverse: "what it creates has to be deleted by the identifier that it prints",
};
export const alter: CommandRule = {
  ...change,
  why: "changes something in AWS",
  noInverse: "AWS keeps no earlier state; read and keep the current one first",
};
const everybody = /(^|[^\d.])0\.0\.0\.0\/0|(^|[^\da-fA-F:])::\/0/;

export const open: CommandRule = {
  ...alter,
  why: "lets others in from the network",
  inspect: (inv, ctx) => {
    judgeWords(inv, ctx);
    const words = [...inv.options.flatMap((use) => use.value ?? []), ...inv.operands, ...inv.unlisted];
    const found = makesNoCall(inv) ? undefined : words.find((arg) => everybody.test(arg.head));
    if (found !== undefined)
      ctx.report({ risk: "dangerous", why: "lets the whole internet in", safer: "name the network that needs it", span: found.span });
  },
};
export const send: CommandRule = { ...change, why: "sends data or messages to AWS", noInverse: "what was sent cannot be called back" };
export const start: CommandRule = { ...change, why: "starts or stops work in AWS", noInverse: "work that ran or was stopped stays so" };
export const restart: CommandRule = { ...change, why: "restarts something in AWS", noInverse: "a restart cannot be taken back" };
export const take: CommandRule = {
  ...change,
  why: "takes messages or work out of sight of other readers",
  noInverse: "the receive count goes up and others wait until the time is over",
};
export const local: CommandRule = {
  ...change,
  why: "changes files of this machine",
  noInverse: "the files that it overwrites are not kept",
};
export const issue: CommandRule = {
  ...change,
  why: "hands out new credentials or keys",
  sensitive: true,
  noInverse: "what was handed out stays valid until it expires",
};
export const destroy: CommandRule = {
  ...change,
  risk: unlessNoCall("dangerous"),
  why: "deletes, ends or overwrites something in AWS for good",
};
export const rights: CommandRule = { ...destroy, why: "changes who may do what" };
export const hide: CommandRule = { ...destroy, why: "stops or changes what records and watches the account" };
export const remote: CommandRule = { ...destroy, why: "runs commands on other machines or opens a way in" };
export const other: CommandRule = { ...change, risk: unlessNoCall("unknown"), why: "is an AWS operation that is not known to be a read" };
export const notAService: CommandRule = {
  ...change,
  risk: "unknown",
  why: "is no service of the AWS CLI; as an alias it could run anything",
};
export const endless: CommandRule = { ...read, why: "prints events as they come", unbounded: true };

const toScreen = /^\/dev\/(stdout|stderr|null)$/;

/** The only operand is the file; other words may belong to options that are not listed, so they are no proof. */
function outfile(inv: Invocation): Arg | undefined {
  return inv.unlisted.length === 0 && inv.operands.length === 1 ? inv.operands[0] : undefined;
}

function judgeOutfile(inv: Invocation, ctx: RuleContext): void {
  judgeRead(inv, ctx);
  if (makesNoCall(inv)) return;
  const file = inv.operands.at(-1);
  const finding = file === undefined ? undefined : writeFinding(file, undefined, undefined, undefined);
  if (finding !== undefined) ctx.report(finding);
}

export const readIntoFile: CommandRule = {
  ...read,
  risk: (inv) => (makesNoCall(inv) || toScreen.test(outfile(inv)?.text ?? "") ? "safe" : "caution"),
  why: "writes what it reads to a local file",
  safer: "/dev/stdout as the file",
  noInverse: "a file that it overwrites is not kept",
  values: `${values} --if-match --if-none-match --start-byte --end-byte`,
  inspect: judgeOutfile,
};
export const changeIntoFile: CommandRule = {
  ...send,
  why: "runs something in AWS and writes the answer to a local file",
  inspect: judgeOutfile,
};
