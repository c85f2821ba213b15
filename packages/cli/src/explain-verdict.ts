// A verdict in words for one person: the risk, a tree of the parts with their reasons, the smallest edit that would be safe, what may follow.
import {
  type ExplainedPart,
  explain,
  findTwinOfText,
  type Inverse,
  suggestEdit,
  suggestForm,
  type Twin,
  type Verdict,
} from "@dd0c/scanner";
import { type Paint, visible } from "@dd0c/executor/paint";

const undo = (inverse: Inverse): string =>
  inverse.kind === "command" ? inverse.command : `${inverse.command}   (first capture: ${inverse.capture})`;

/** What the twin of a command lists. */
const counted: Readonly<Record<Twin["reading"]["kind"], string>> = {
  objects: "lists the objects it would touch",
  pods: "lists the pods it would evict",
  rows: "counts the rows it would touch",
  paths: "lists the paths it would touch",
  containers: "lists the containers it would touch",
  units: "lists the units it would touch",
};

const describeRun = (cmd: string, verdict: Verdict, paint: Paint): string[] => {
  if (verdict.plan !== undefined) {
    const processes = verdict.plan.lists
      .flatMap((list) => [list.first, ...list.rest.map((next) => next.pipeline)])
      .flatMap((pipeline) => pipeline.members);
    return [`  runs        ${processes.length} process${processes.length === 1 ? "" : "es"}, without a shell`];
  }
  const { message, suggestion } = verdict.notRunnable ?? { message: "it has no plan", suggestion: undefined };
  const form = suggestForm(cmd, verdict);
  const advice = form === undefined ? suggestion : `${form.command}   ${paint.faint(`(${form.change})`)}`;
  return [`  by hand     ${message}`, ...(advice === undefined ? [] : [`  try         ${visible(advice)}`])];
};

/** A part under its branch of the tree: its own words, why, what would be safer; then the parts inside it. */
const drawPart = (cmd: string, part: ExplainedPart, lead: { readonly head: string; readonly rest: string }, paint: Paint): string[] => {
  const own = visible(cmd.slice(part.span.start, part.span.end)).replaceAll("\n", `\n${lead.rest}   `);
  const reasons = part.reasons.flatMap((reason) => [
    `${lead.rest}   ${reason.risk === part.risk ? "" : `${reason.risk}: `}${reason.message} ${paint.faint(`[${reason.ruleId}]`)}`,
    ...(reason.saferAlternative === undefined ? [] : [`${lead.rest}   safer: ${visible(reason.saferAlternative)}`]),
  ]);
  return [`${lead.head}${paint.risk(part.risk)}  ${own}`, ...reasons, ...drawParts(cmd, part.parts, lead.rest, paint)];
};

const drawParts = (cmd: string, parts: readonly ExplainedPart[], indent: string, paint: Paint): string[] =>
  parts.flatMap((part, at) => {
    const isLast = at === parts.length - 1;
    return drawPart(cmd, part, { head: `${indent}${isLast ? "└─ " : "├─ "}`, rest: `${indent}${isLast ? "   " : "│  "}` }, paint);
  });

/** Lines of at most the terminal's width are not forced: a command is never cut where somebody decides about it. */
export const explainVerdict = (cmd: string, verdict: Verdict, paint: Paint): string => {
  const tree = explain(cmd, verdict.reasons);
  const whole = tree.reasons.map((reason) => `  ${reason.message} ${paint.faint(`[${reason.ruleId}]`)}`);
  const lines = [`${paint.risk(verdict.risk)}  ${paint.strong(visible(cmd))}`, ...whole, ...drawParts(cmd, tree.parts, "", paint)];
  const edit = suggestEdit(cmd, verdict);
  if (edit !== undefined) lines.push("", `  safe        ${visible(edit.command)}   ${paint.faint(`(${edit.change})`)}`);
  lines.push("", ...describeRun(cmd, verdict, paint));
  if (verdict.targets.length > 0) {
    lines.push(
      `  touches     ${verdict.targets.map(({ kind, name, namespace }) => `${kind} ${visible(name)}${namespace === undefined ? "" : ` in ${visible(namespace)}`}`).join(", ")}`,
    );
  }
  const twin = findTwinOfText(cmd, verdict);
  if (twin !== undefined) lines.push(`  look first  ${visible(twin.command)}   ${paint.faint(`(${counted[twin.reading.kind]})`)}`);
  if (verdict.inverse !== undefined) lines.push(`  undo        ${visible(undo(verdict.inverse))}`);
  if (verdict.sensitive) lines.push("  prints      secrets or key material");
  if (verdict.unbounded) lines.push("  ends        never by itself");
  return `${lines.join("\n")}\n`;
};
