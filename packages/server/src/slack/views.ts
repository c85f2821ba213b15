// The modals: typed names, an edited command, what is asked before the first step, panic, a pasted runbook; and the plain ones that tell a result.
// Snapshots go in, views come out. What a view carries in private_metadata is what its button carried.
import type { WireExecution, WireStepExecution } from "@dd0c/protocol/http";
import type { types } from "@slack/bolt";
import { type ButtonValue, writeValue } from "./button-value.ts";
import { openAnswers } from "./render-run.ts";
import { stepName } from "./render-step.ts";
import { type Block, bold, lines, link, type Part, prose, rich, shownCommand } from "./rich-text.ts";
import { riskWords } from "./words.ts";

type View = types.ModalView;
type Line = readonly Part[];

const plain = (text: string, max = 2_000): types.PlainTextElement => ({
  type: "plain_text",
  text: text.length > max ? `${text.slice(0, max - 1)}…` : text,
  emoji: false,
});

interface Shape {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly callback?: string;
  readonly submit?: string;
  readonly value?: ButtonValue;
}

const modal = ({ title, blocks, callback, submit, value }: Shape): View => ({
  type: "modal",
  title: plain(title, 24),
  close: plain(submit === undefined ? "Close" : "Back"),
  blocks: [...blocks],
  ...(submit === undefined ? {} : { submit: plain(submit, 24) }),
  ...(callback === undefined ? {} : { callback_id: callback }),
  ...(value === undefined ? {} : { private_metadata: writeValue(value) }),
});

export const noteView = (title: string, all: readonly Line[]): View => modal({ title, blocks: [rich([lines(all)])] });
export const waitingView = (title: string): View => noteView(title, [["Working on it. This window changes when it is done."]]);

interface TextInput {
  readonly id: string;
  readonly label: string;
  readonly initial?: string;
  readonly multiline?: boolean;
  readonly optional?: boolean;
  readonly placeholder?: string;
}

const textInput = ({ id, label, initial, multiline = false, optional = false, placeholder }: TextInput): Block => ({
  type: "input",
  block_id: id,
  label: plain(label),
  optional,
  element: {
    type: "plain_text_input",
    action_id: "value",
    multiline,
    max_length: 3_000,
    ...(initial === undefined ? {} : { initial_value: initial }),
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder, 150) }),
  },
});

const checkboxes = (
  id: string,
  label: string,
  options: readonly { readonly value: string; readonly text: string }[],
  optional = false,
): Block => ({
  type: "input",
  block_id: id,
  label: plain(label),
  optional,
  element: { type: "checkboxes", action_id: "value", options: options.map(({ value, text }) => ({ value, text: plain(text, 75) })) },
});

/** Every target is typed, each in a field of its own, below the command and the names. */
export function typedView(execution: WireExecution, step: WireStepExecution, value: ButtonValue): View {
  const oneWay = step.way_back.kind === "irreversible";
  const reasons = (step.classification?.scanner.reasons ?? []).slice(0, 3).map(({ message }): Line => [prose(message)]);
  return modal({
    title: "Approve a dangerous step",
    callback: "typed",
    submit: "Approve",
    value,
    blocks: [
      rich([
        lines([[bold(`${stepName(execution, step)} · ${riskWords(step.risk)}`)], [prose(step.description)]]),
        shownCommand(step.command ?? ""),
        lines([...reasons, ...(oneWay ? [[bold("⚠ Nothing is known that undoes this.")]] : [])]),
      ]),
      ...step.confirmations.map(({ kind, name }, at) =>
        textInput({ id: `target${at}`, label: `Type the name of the ${prose(kind, 60)}: ${prose(name, 300)}` }),
      ),
      ...(oneWay ? [checkboxes("one_way", "No way back", [{ value: "yes", text: "I know that nothing undoes this." }])] : []),
    ],
  });
}

export const editView = (execution: WireExecution, step: WireStepExecution, value: ButtonValue): View =>
  modal({
    title: "Edit the command",
    callback: "edit",
    submit: "Scan it again",
    value,
    blocks: [
      rich([lines([[bold(stepName(execution, step))], ["What you write is scanned and gated anew; nothing runs by this."]])]),
      textInput({ id: "command", label: "Command", initial: step.command ?? "", multiline: true }),
      textInput({ id: "reason", label: "Why", optional: true }),
    ],
  });

/** The verdict about what was written, before anybody approves it. */
export function verdictView(execution: WireExecution, step: WireStepExecution): View {
  const reasons = [...new Set((step.classification?.scanner.reasons ?? []).map(({ message }) => message))].slice(0, 5);
  return modal({
    title: "Scanned again",
    blocks: [
      rich([
        lines([[bold(`${stepName(execution, step)} · ${riskWords(step.risk)}`)]]),
        shownCommand(step.command ?? ""),
        lines([
          ...reasons.map((reason): Line => [prose(reason)]),
          ...(step.gate_reason === null ? [] : [[prose(step.gate_reason)]]),
          ["Nothing ran. The card in the thread shows this command now; decide there."],
        ]),
      ]),
    ],
  });
}

/** What Slack takes into one list, and how long an option may be. */
const maxChoices = 100;
const maxChoice = 75;

const select = (id: string, label: string, options: readonly { readonly value: string; readonly text: string }[]): Block => ({
  type: "input",
  block_id: id,
  label: plain(label),
  element: {
    type: "static_select",
    action_id: "value",
    options: options.map(({ value, text }) => ({ value, text: plain(text, maxChoice) })),
  },
});

/** Several agents could run what an alert was matched with. */
export function agentView(agents: readonly { readonly id: string; readonly name: string }[], value: ButtonValue, page: string): View {
  const title = "On which agent?";
  if (agents.length > maxChoices)
    return modal({ title, blocks: [rich([lines([["There are more agents than fit here. "], [link(page, "Start it on the web")]])])] });
  const options = agents.map(({ id, name }) => ({ value: id, text: prose(name, maxChoice) }));
  return modal({ title, callback: "agent", submit: "Start", value, blocks: [select("agent", "Agent that runs it", options)] });
}

const maxFields = 40;
const maxOptions = 10;

const variableInput = (
  { name, description, choices, value, needs_typing: typing }: WireExecution["variables"][number],
  at: number,
): Block => {
  const from = typing && value !== null ? ` The alert says: ${prose(value, 200)}. Type it to use it.` : "";
  const label = `${prose(name, 100)}${description === null ? "" : `: ${prose(description, 300)}`}${from}`;
  const fit =
    choices.length > 0 && choices.length <= maxChoices && choices.every((choice) => choice.length > 0 && choice.length <= maxChoice);
  if (!fit) return textInput({ id: `variable${at}`, label });
  const options = choices.map((choice) => ({ value: choice, text: choice }));
  return select(`variable${at}`, label, options);
};

/** Prerequisites in full above their boxes, ten to a block; missing values below. Too many for a modal: the page. */
export function preflightView(execution: WireExecution, value: ButtonValue, page: string): View {
  const { variables, items } = openAnswers(execution);
  const title = "Before the first step";
  if (variables.length + items.length > maxFields)
    return modal({ title, blocks: [rich([lines([["There is more to fill in than fits here. "], [link(page, "Go on on the web")]])])] });
  const groups = Array.from({ length: Math.ceil(items.length / maxOptions) }, (_, at) =>
    items.slice(at * maxOptions, (at + 1) * maxOptions),
  );
  return modal({
    title,
    callback: "preflight",
    submit: "Start",
    value,
    blocks: [
      rich([
        lines([
          [bold(prose(execution.runbook_title, 200))],
          [`agent ${prose(execution.agent_name, 100)} · ${execution.governance_mode} · trust ${execution.trust_level}`],
          ...items.map(({ description }, at): Line => [`${at + 1}. ${prose(description, 500)}`]),
        ]),
      ]),
      ...groups.map((group, at) =>
        checkboxes(
          `checklist${at}`,
          "Confirm each prerequisite",
          group.map(({ id, description }, within) => ({ value: id, text: `${at * maxOptions + within + 1}. ${prose(description, 60)}` })),
        ),
      ),
      ...variables.map(variableInput),
    ],
  });
}

export const panicView = (): View =>
  modal({
    title: "Stop everything",
    callback: "panic",
    submit: "Stop everything",
    blocks: [
      rich([
        lines([
          [bold("🛑 Every process of every run is halted at once, in the whole organisation.")],
          ["Lifting it needs an admin on the web."],
        ]),
      ]),
      textInput({ id: "reason", label: "Why" }),
    ],
  });

export const parseView = (page: string): View =>
  modal({
    title: "Read a runbook",
    callback: "parse",
    submit: "Show its steps",
    blocks: [
      rich([lines([["Up to 3,000 characters; nothing is saved. Longer ones: "], [link(page, "paste on the web")]])]),
      textInput({ id: "text", label: "Text of the runbook", multiline: true }),
    ],
  });
