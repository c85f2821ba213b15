// Redirections of one command -> findings, and where its standard input then comes from.
// Only /dev/null, duplicated descriptors and reading leave a command safe; everything else is a write or unknown.
import type { HereDoc, HereString, Redirect, Redirection, Word } from "unbash";
import type { Arg } from "./arg.ts";
import type { InputKind } from "./rule.ts";
import { type Region, type ScanState, spanOf } from "./scan-state.ts";
import { sensitivePath, sensitiveWord } from "./sensitive-paths.ts";
import type { Walker } from "./walker.ts";
import { wordArg } from "./words.ts";
import { writeFinding } from "./write-paths.ts";

/** Judges redirections in order; returns the input that is left for the command. `truncates` says that an emptied file is all it does. */
export function walkRedirects(
  redirects: readonly Redirection[],
  stdin: InputKind,
  truncates: boolean,
  region: Region,
  state: ScanState,
  walker: Walker,
): InputKind {
  let input = stdin;
  for (const redirect of redirects) {
    const given = walkOne(redirect, input, truncates, region, state, walker);
    if (redirect.type === "Redirect" || isStandardInput(redirect)) input = given;
    if (redirect.descriptor?.type === "FileDescriptorVariable") {
      state.report("shell.redirect", "unknown", spanOf(region, redirect), "It stores a file descriptor in a variable.");
    }
  }
  return input;
}

function walkOne(redirect: Redirection, input: InputKind, truncates: boolean, region: Region, state: ScanState, walker: Walker): InputKind {
  if (redirect.type === "HereDoc") return hereDoc(redirect, region, state, walker);
  if (redirect.type === "HereString") return hereString(redirect, region, state, walker);
  return walkRedirect(redirect, input, truncates, region, state, walker);
}

/** `3<<E` leaves the standard input as it is. */
export function isStandardInput({ descriptor }: HereDoc | HereString): boolean {
  return descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 0);
}

function walkRedirect(
  redirect: Redirect,
  input: InputKind,
  truncates: boolean,
  region: Region,
  state: ScanState,
  walker: Walker,
): InputKind {
  const span = spanOf(region, redirect);
  if (redirect.target === undefined) {
    state.report("shell.redirect", "unknown", span, "A redirection without a target.");
    return input;
  }
  if (belongsToNext(redirect.target, redirect.operator, region)) state.reportLostToken(span);
  const target = wordArg(redirect.target, region, state, walker);
  switch (redirect.operator) {
    case "<":
      return readFrom(target, redirect, input, state);
    case "<&":
    case ">&":
      duplicate(target, redirect, truncates, region, state);
      return redirect.operator === "<&" ? { kind: "data" } : input;
    default:
      writeTo(target, truncates && redirect.operator !== ">>" && redirect.operator !== "<>", state);
      return redirect.operator === "<>" ? { kind: "data" } : input;
  }
}

/** `> 2>f`, `> {fd}>f`: the number or name is the descriptor of the next redirection, and this one has no target; `>&1>f` is two. */
function belongsToNext({ text, end }: Word, operator: string, { source }: Region): boolean {
  const next = source.charAt(end);
  if (next !== "<" && next !== ">") return false;
  return /^\{\w+\}$/.test(text) || (!operator.endsWith("&") && /^\d+$/.test(text));
}

function readFrom(target: Arg, redirect: Redirect, input: InputKind, state: ScanState): InputKind {
  if (target.shape === "many" || target.shape === "glob") {
    state.report("shell.redirect", "unknown", target.span, "The file that is read is not written out.");
  }
  reportSensitive(target, state);
  if (target.head.startsWith("/dev/tcp/") || target.head.startsWith("/dev/udp/")) {
    state.report("shell.redirect.network", "dangerous", target.span, "It opens a network connection from the shell.");
  }
  const other = redirect.descriptor?.type === "FileDescriptor" && redirect.descriptor.value !== 0;
  if (other) return input;
  return target.shape === "literal" && target.text === "/dev/null" ? { kind: "none" } : { kind: "data" };
}

function reportSensitive(target: Arg, state: ScanState): void {
  const why = sensitivePath(target.head) ?? (target.shape === "literal" ? undefined : sensitiveWord(target.text));
  if (why === undefined) return;
  state.sensitive = true;
  state.report("shell.redirect.sensitive", "caution", target.span, `${target.text} ${why}.`);
}

function duplicate(target: Arg, redirect: Redirect, truncates: boolean, region: Region, state: ScanState): void {
  // bash reads `>&-` as a whole: what touches it is a word of the command.
  if (/^-./s.test(redirect.target?.text ?? "")) state.reportLostToken(spanOf(region, redirect));
  if (target.shape === "literal" && isDescriptor(target.text)) return;
  if (redirect.operator === ">&") writeTo(target, truncates, state);
  else state.report("shell.redirect", "unknown", spanOf(region, redirect), "The descriptor that is duplicated is not written out.");
}

/** `1`, `2-`, `-`. */
export function isDescriptor(text: string): boolean {
  if (text === "-") return true;
  const digits = text.endsWith("-") ? text.slice(0, -1) : text;
  if (digits === "") return false;
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function writeTo(target: Arg, truncates: boolean, state: ScanState): void {
  const finding = writeFinding(target, undefined, undefined, undefined);
  if (finding === undefined) return;
  if (truncates) state.report("shell.truncate", "dangerous", target.span, `It empties ${target.text}.`);
  const safer = "leave the redirection out, or write to /dev/null";
  state.report("shell.redirect.write", finding.risk, target.span, `A redirection ${finding.why}.`, safer);
  if (finding.risk !== "safe") state.addTargets([{ kind: "path", name: target.text }]);
}

function hereString(redirect: HereString, region: Region, state: ScanState, walker: Walker): InputKind {
  if (redirect.target === undefined) return { kind: "data" };
  if (belongsToNext(redirect.target, redirect.operator, region)) state.reportLostToken(spanOf(region, redirect));
  const target = wordArg(redirect.target, region, state, walker);
  return target.shape === "literal" ? { kind: "text", text: `${target.text}\n` } : { kind: "data" };
}

function hereDoc(redirect: HereDoc, region: Region, state: ScanState, walker: Walker): InputKind {
  if (redirect.closing === undefined || redirect.delimiter === undefined) {
    state.report("shell.here-document", "unknown", spanOf(region, redirect), "A here-document that does not end.");
  }
  if (redirect.body.parts?.some((part) => part.type !== "Literal" && part.text.includes("\\\n"))) {
    // Lines are joined before anything in the body is read: within quotes of a substitution, too.
    state.report("shell.here-document", "unknown", spanOf(region, redirect), "Continued lines in a substitution of a here-document.");
  }
  const text = hereDocText(redirect);
  if (text !== undefined) return { kind: "text", text };
  const body = { type: "Word" as const, text: "", value: "", pos: redirect.body.pos, end: redirect.body.end, parts: redirect.body.parts };
  walker.word(body, region);
  return { kind: "data" };
}

/** The text of a here-document in which nothing is expanded; undefined when something is, or when it does not end. */
export function hereDocText(redirect: HereDoc): string | undefined {
  if (redirect.closing === undefined) return undefined;
  const text = redirect.delimiter?.quoted === true ? redirect.body.text : unquotedText(redirect);
  if (text === undefined || redirect.operator === "<<") return text;
  return text.split("\n").map(withoutTabs).join("\n");
}

/** In an unquoted body backslashes and expansions mean something. */
function unquotedText({ body }: HereDoc): string | undefined {
  const plain = body.parts === undefined || body.parts.every((part) => part.type === "Literal");
  return plain && !body.text.includes("\\") && !body.text.includes("$") && !body.text.includes("`") ? body.text : undefined;
}

function withoutTabs(line: string): string {
  return line.replace(/^\t+/, "");
}
