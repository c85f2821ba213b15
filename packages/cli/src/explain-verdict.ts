// A verdict in words for one person: the risk, then each reason under the characters it speaks about, then what may follow.
import type { Inverse, Verdict } from "@dd0c/scanner";
import { type Paint, visible } from "./terminal.ts";

const undo = (inverse: Inverse): string =>
  inverse.kind === "command" ? inverse.command : `${inverse.command}   (first capture: ${inverse.capture})`;

const describeRun = (verdict: Verdict): string[] => {
  if (verdict.plan !== undefined) {
    const processes = verdict.plan.lists
      .flatMap((list) => [list.first, ...list.rest.map((next) => next.pipeline)])
      .flatMap((pipeline) => pipeline.members);
    return [`  runs        ${processes.length} process${processes.length === 1 ? "" : "es"}, without a shell`];
  }
  const { message, suggestion } = verdict.notRunnable ?? { message: "it has no plan", suggestion: undefined };
  return [`  by hand     ${message}`, ...(suggestion === undefined ? [] : [`  try         ${visible(suggestion)}`])];
};

/** Lines of at most the terminal's width are not forced: a command is never cut where somebody decides about it. */
export const explainVerdict = (cmd: string, verdict: Verdict, paint: Paint): string => {
  const lines = [`${paint.risk(verdict.risk)}  ${paint.strong(visible(cmd))}`, ""];
  for (const reason of verdict.reasons) {
    const part = cmd.slice(reason.span.start, reason.span.end);
    lines.push(`  ${paint.risk(reason.risk)}  ${visible(part)}`, `      ${reason.message} ${paint.faint(`[${reason.ruleId}]`)}`);
    if (reason.saferAlternative !== undefined) lines.push(`      safer: ${visible(reason.saferAlternative)}`);
  }
  lines.push("", ...describeRun(verdict));
  if (verdict.targets.length > 0) {
    lines.push(
      `  touches     ${verdict.targets.map(({ kind, name, namespace }) => `${kind} ${visible(name)}${namespace === undefined ? "" : ` in ${visible(namespace)}`}`).join(", ")}`,
    );
  }
  if (verdict.inverse !== undefined) lines.push(`  undo        ${visible(undo(verdict.inverse))}`);
  if (verdict.sensitive) lines.push("  prints      secrets or key material");
  if (verdict.unbounded) lines.push("  ends        never by itself");
  return `${lines.join("\n")}\n`;
};
