// The rules that all az commands share: reads, secret reads, and changes by what they do. Chosen by command.ts.
// Constants: a command is compiled once per kind, not once per name.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../../rule.ts";
import { sensitivePath } from "../../../sensitive-paths.ts";
import type { Risk } from "../../../types.ts";
import { isWrittenOut, shortens, spellings } from "../aws/globals.ts";
import { globalFlags, globalValues, otherValues } from "./globals.ts";
import { azTargets } from "./targets.ts";
import { azInverse } from "./undo.ts";
import { effectOf } from "./verbs.ts";

const readOptions: Readonly<Record<string, OptionRule>> = {
  [[
    spellings("--output-file", "--output-f"),
    spellings("--out-file", "--out-"),
    "--output-folder|--output-dir|--output-path|--file-path",
  ].join("|")]: {
    kind: "write",
    why: "writes the answer to a file",
    safer: "leave it out: the answer is printed",
  },
  "--download-path|--destination|--dest|--log-file|--result-file|--download": { kind: "write", why: "writes the answer to a file" },
  "--follow": { arity: "optional", unbounded: true, why: "follows without end", safer: "leave it out" },
  "--open|--web": { arity: "flag", risk: "caution", why: "opens a browser" },
  "--refresh": { arity: "flag", risk: "caution", why: "makes Azure compute the answer anew", safer: "leave it out" },
  "--include-full-endpoint-url|--show-secrets|--show-values|--show-keys|--with-secrets|--show-secret|--include-secrets|--expose-token|--resolve-keyvault":
    {
      arity: "optional",
      sensitive: true,
      why: "prints secrets in clear",
      safer: "leave it out",
    },
};

const ofClient: ReadonlySet<string> = new Set(`${globalFlags} ${globalValues}`.split(/[ |]/));

/** `@file` as a value: the client reads the file and sends it. */
function judgeSource(arg: Arg, ctx: RuleContext): void {
  const path = /^(?:--?[\w-]+=)?@(.*)$/s.exec(arg.head)?.[1];
  const why = path === undefined ? undefined : sensitivePath(path);
  if (why !== undefined)
    ctx.report({ risk: "caution", why: `${arg.text} ${why} and goes out with the request`, sensitive: true, span: arg.span });
}

export function judgeWords(inv: Invocation, ctx: RuleContext): void {
  for (const { value } of inv.options) if (value !== undefined) judgeSource(value, ctx);
  for (const arg of [...inv.operands, ...inv.unlisted]) judgeSource(arg, ctx);
}

/** Whether no option of the command stands before the word, which could have it as a value; the ones of the client itself take one word only. */
function standsAtVerb(inv: Invocation, word: Arg): boolean {
  const before = (start: number): boolean => start < word.span.start;
  if (inv.unlisted.some((option) => before(option.span.start))) return false;
  return inv.options.every((use) => !before(use.span.start) || ofClient.has(use.spec.names[0] ?? ""));
}

/**
 * az takes no operands: a command word right behind a reading one means that the reading one was the name of a group, and so does any word behind a
 * reading one of several parts (`check-network outbound`).
 */
function judgeRead(inv: Invocation, ctx: RuleContext): void {
  judgeWords(inv, ctx);
  const [first] = inv.operands;
  if (first === undefined || !standsAtVerb(inv, first)) return;
  const effect = first.shape === "literal" ? effectOf(first.text) : undefined;
  if (inv.path.at(-1)?.includes("-") === true || (effect !== undefined && effect !== "read"))
    ctx.report({ risk: "unknown", why: `${first.text} stands where az takes no word`, span: first.span });
}

export const read: CommandRule = {
  why: "reads from Azure",
  operands: "data*",
  anyOption: true,
  values: otherValues,
  options: readOptions,
  inspect: judgeRead,
};

export const secret: CommandRule = {
  ...read,
  why: "prints keys, tokens, passwords or settings that hold them",
  sensitive: (inv) => !inv.has("--help") && !printsNames(inv),
};

/** `--query "[].name"`: only the names are printed. */
function printsNames(inv: Invocation): boolean {
  return (
    inv.options.filter((use) => use.spec.names[0] === "--query").length === 1 &&
    /^(\[\]|\[\*\])\.(name|Name|keyName)$/.test(inv.value("--query") ?? "")
  );
}

export const endless: CommandRule = {
  ...read,
  why: "prints what comes in",
  unbounded: true,
  safer: "the command that shows the last lines",
};
export const waiting: CommandRule = {
  ...read,
  why: "waits until something is done, up to an hour",
  unbounded: true,
  safer: "show it instead",
};

/** `--help`, and no word that may hide what ends the options. */
function printsManual(inv: Invocation): boolean {
  return inv.has("--help") && isWrittenOut(inv);
}

/** `risk`, unless only the manual is printed. */
export function unlessHelp(risk: Risk): (inv: Invocation) => Risk {
  return (inv) => (printsManual(inv) ? "safe" : risk);
}

const everybody = /^(?:--?[\w-]+=)?(0\.0\.0\.0(\/0)?|::\/0|\*|Internet|Any)$/;
const opensTo: ReadonlySet<string> = new Set(
  "--source-address-prefixes --source-address-prefix --start-ip-address --ip-address --public-access --allowed-ip-ranges --api-server-authorized-ip-ranges".split(
    " ",
  ),
);

function judgeChange(inv: Invocation, ctx: RuleContext): void {
  judgeWords(inv, ctx);
  if (printsManual(inv)) return;
  for (const { spec, value } of inv.options)
    if (value !== undefined && spec.names.some((name) => opensTo.has(name)) && everybody.test(value.text))
      ctx.report({ risk: "dangerous", why: `${value.text} lets everybody in`, safer: "name the network that needs it", span: value.span });
}

const change: CommandRule = {
  risk: unlessHelp("caution"),
  why: "changes something in Azure",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  values: `${otherValues} --source-address-prefixes --source-address-prefix --start-ip-address --ip-address --allowed-ip-ranges --api-server-authorized-ip-ranges`,
  options: {
    "--force|--force-string-delete|--purge|--delete-empty|--admin-enabled-all|--no-preserve": {
      arity: "flag",
      risk: "dangerous",
      why: "does it by force",
      safer: "drop the option",
    },
    [spellings("--mode", "--mo")]: {
      check: (value) =>
        value.shape === "literal" && !/^complete$/i.test(value.text)
          ? undefined
          : { risk: "dangerous", why: "deletes every resource that the template does not name", safer: "--mode Incremental" },
    },
    "--action-on-unmanage|--aou": {
      check: (value) =>
        value.shape === "literal" && /^detachAll$/i.test(value.text)
          ? undefined
          : {
              risk: "dangerous",
              why: "deletes the resources that the template does not name any more",
              safer: "--action-on-unmanage detachAll",
            },
    },
    "--public-access|--allow-blob-public-access": {
      check: (value) =>
        value.shape === "literal" && /^(off|false|disabled)$/i.test(value.text)
          ? undefined
          : { risk: "dangerous", why: "lets everybody read the data", safer: "leave it off" },
    },
  },
  inspect: judgeChange,
  targets: azTargets,
  inverse: azInverse,
};

export const create: CommandRule = {
  ...change,
  why: "creates something in Azure",
  noInverse: "what it creates has to be deleted by its name",
};
export const alter: CommandRule = {
  ...change,
  why: "changes something in Azure",
  noInverse: "the earlier state is not kept; show it first and keep the answer",
};
export const send: CommandRule = { ...change, why: "sends data to Azure", noInverse: "what was sent cannot be called back" };
export const start: CommandRule = { ...change, why: "starts or stops work in Azure", noInverse: "work that ran or was stopped stays so" };
export const restart: CommandRule = { ...change, why: "restarts something in Azure", noInverse: "a restart cannot be taken back" };
export const local: CommandRule = {
  ...change,
  why: "changes files, settings or the stored session on this machine",
  noInverse: "what it overwrites is not kept",
};
export const take: CommandRule = {
  ...change,
  why: "takes messages out of sight of other readers",
  noInverse: "others get the messages again only after a time",
};
export const issue: CommandRule = {
  ...change,
  why: "hands out an address or a token that opens what is private",
  sensitive: (inv) => !inv.has("--help"),
  noInverse: "what was handed out stays valid until it expires",
};
export const destroy: CommandRule = {
  ...change,
  risk: unlessHelp("dangerous"),
  why: "deletes, ends or overwrites something in Azure for good",
};
export const rights: CommandRule = { ...destroy, why: "changes who may do what" };

function grantsReading(inv: Invocation): boolean {
  return /^([A-Za-z ]+ )?Reader$/.test(inv.value("--role") ?? "") && !shortens(inv, "--role") && isWrittenOut(inv);
}

/** A reading role can be taken back and opens little; any other one may open everything. */
export const bind: CommandRule = {
  ...rights,
  risk: (inv) => (printsManual(inv) ? "safe" : grantsReading(inv) ? "caution" : "dangerous"),
  why: "lets somebody do more",
  noInverse: "az role assignment delete with the same words takes it back",
};
export const remote: CommandRule = { ...destroy, why: "opens a way into machines" };
export const other: CommandRule = { ...change, risk: unlessHelp("unknown"), why: "is an az command that is not known to be a read" };

/** Prints, or writes where a file is named. */
export const exported: CommandRule = {
  ...read,
  why: "prints an export",
  options: { ...readOptions, "--file-name|--file": { kind: "write", why: "writes the export to a file", safer: "leave it out" } },
  inspect: (inv, ctx) => {
    read.inspect?.(inv, ctx);
    if (inv.has("--offer")) ctx.report({ risk: "caution", why: "writes the export to a file (-f)", safer: "leave it out" });
  },
};
