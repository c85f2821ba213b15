// Plan -> command text in canonical quoting, such that parsing the text gives the same plan back.
// This text is shown, approved and scanned again; both sides of the wire render it from the plan with this function.
import { quoteWord } from "./quote.ts";
import type { Plan, PlanAndOr, PlanCommand, PlanPipeline, Stdin } from "./types.ts";

const reserved: ReadonlySet<string> = new Set([
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "do",
  "done",
  "case",
  "esac",
  "while",
  "until",
  "for",
  "in",
  "function",
  "time",
  "coproc",
  "select",
]);

/** Shell text of a plan. */
export function renderPlan(plan: Plan): string {
  return plan.lists.map(renderAndOr).join("; ");
}

function renderAndOr(list: PlanAndOr): string {
  return list.rest.reduce((text, { op, pipeline }) => `${text} ${op} ${renderPipeline(pipeline)}`, renderPipeline(list.first));
}

function renderPipeline(pipeline: PlanPipeline): string {
  return pipeline.members.map(renderCommand).join(" | ");
}

function renderCommand(command: PlanCommand): string {
  const words = command.env.map(([name, value]) => `${name}=${value === "" ? "" : quoteWord(value)}`);
  command.argv.forEach((arg, index) => {
    words.push(index === 0 ? quoteName(arg) : quoteWord(arg));
  });
  words.push(...renderStdin(command.stdin), ...renderOutputs(command));
  return words.join(" ");
}

/** The first word must not be read as a keyword or an assignment. */
function quoteName(name: string): string {
  return reserved.has(name) || name.includes("=") ? `'${name.replaceAll("'", "'\\''")}'` : quoteWord(name);
}

function renderStdin(stdin: Stdin): readonly string[] {
  if (stdin.kind === "inherit") return [];
  if (stdin.kind === "null") return ["</dev/null"];
  const text = stdin.text.endsWith("\n") ? stdin.text.slice(0, -1) : stdin.text;
  return [`<<<${quoteWord(text)}`];
}

/** In an order that keeps each stream's own meaning until it is used. */
function renderOutputs({ stdout, stderr }: PlanCommand): readonly string[] {
  const words: string[] = [];
  if (stderr === "stdout") words.push("2>&1");
  if (stdout === "stderr") words.push(">&2");
  if (stdout === "null") words.push(">/dev/null");
  if (stderr === "null") words.push("2>/dev/null");
  return words;
}
