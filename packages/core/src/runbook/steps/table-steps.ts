// Reads a table whose columns say that its rows are steps ("| 3 | Stop broker | `ssh x systemctl stop kafka` |") or actions per alert.
// A table goes in; the walk gets one step per row that holds a command or an instruction. Other tables are facts.

import { readCodeBlock } from "../commands/code-block.ts";
import { looksLikeUnknownProgram } from "../commands/command-shape.ts";
import { refusesColumn, refusesRow } from "../commands/forbidding.ts";
import type { FoundStatement, PlacedCommand } from "../commands/statement.ts";
import { isInstruction } from "../meaning/instructions.ts";
import { isBackground } from "../meaning/sections.ts";
import type { Block, Table, TableRow } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import { nameStep } from "./code-steps.ts";
import { isSure, readProse } from "./read-prose.ts";
import { adviseAgainst, inRollback, pushStep, startStep, type Walk } from "./walk.ts";

const ACTION =
  /^(?:action|actions|step|steps|task|command|commands|cmd|what to do|procedure|instruction|instructions|remediation|fix|resolution|how|acción|aktion|befehl|comando|commando|kommando|comandi?|commande|opdracht|controle|prüfung|schritt|paso|étape|手順)\b/i;
const OUTCOME =
  /^(?:expect(?:ed|ation)?s?\b.*|output|result|should (?:show|be|see)|outcome|(?:good|ok|okay|fine|healthy|done|pass(?:es|ed)?) (?:if|when)|good value|gut wenn|bien si|ok si|erwartet|erwartung|ergebnis|resultado|esperado|résultat|attendu|risultato|verwacht|期待.*|結果)$/i;
const NUMBER = /^(?:#|no\.?|nr\.?|step|order|schritt|paso|n°)$/i;

export function visitTable(walk: Walk, table: Table): void {
  const header = table.header.map((cell) => plainText(cell));
  const numbered = NUMBER.test(header[0] ?? "") || table.rows.every((row, index) => Number.parseInt(row.cells[0] ?? "", 10) === index + 1);
  const acting = numbered || header.some((cell) => ACTION.test(cell));
  for (const row of table.rows) {
    if (!row.cells.some((cell, index) => refusesRow(plainText(cell), header[index] ?? "")))
      visitRow(walk, { header, numbered, acting }, row);
    else if (row.source.includes("`")) adviseAgainst(walk, [row.line]);
  }
}

interface Columns {
  readonly header: readonly string[];
  readonly numbered: boolean;
  /** The header says that rows are something to do; in other tables only cells that hold nothing but commands are. */
  readonly acting: boolean;
}

/** One or more code spans and what separates them. */
const CODE_ONLY = /^(?:`[^`]+`(?:\s*(?:[,;·/]|<br\s*\/?>|or|and|then|oder|und)?\s*))+$/i;

function visitRow(walk: Walk, { header, numbered, acting }: Columns, row: TableRow): void {
  const outcome = row.cells.filter((_, index) => OUTCOME.test(header[index] ?? ""));
  const readable = row.cells.map((cell, index) =>
    !OUTCOME.test(header[index] ?? "") &&
    !refusesColumn(header[index] ?? "") &&
    (acting || CODE_ONLY.test(cell) || /[:?]\s+`[^`]+`\s*$/.test(cell))
      ? cell
      : "",
  );
  const commands = readable.flatMap((cell, index) => commandsIn(walk, cell, header[index] ?? "", row, row.blocks?.[index]));
  if (!acting && commands.every((command) => command.confidence < 1 || !/\s/.test(command.text))) return;
  if (inRollback(walk)) {
    walk.rollback.push(...commands);
    return;
  }
  const cells = row.cells.filter((cell, index) => cell !== "" && !outcome.includes(cell) && !(index === 0 && /^\d+[.)]?$/.test(cell)));
  const words = cells.filter((cell) => !/^`[^`]*`$/.test(cell));
  const instructs = !isBackground(walk.section.kind) && (numbered || words.some((cell) => isInstruction(cell)));
  if (commands.length === 0 && !instructs) return;
  const description = words.map((cell) => plainText(cell)).filter((text) => text !== "");
  const step = startStep(walk, description.join(" - "), row.line, row.end ?? row.line);
  step.prose.push({ text: cells.join(" | "), line: row.line });
  step.commands.push(...commands);
  step.output.push(...outcome.filter((cell) => cell !== "").map((cell) => ({ text: plainText(cell), line: row.line })));
  nameStep(walk, step);
  pushStep(walk, step);
}

/** Under a heading that says "command" a weaker sign is enough. */
function commandsIn(
  walk: Walk,
  cell: string,
  heading: string,
  row: TableRow,
  blocks: readonly Block[] | undefined,
): readonly FoundStatement[] {
  const isCommandColumn = /^(?:command|commands|cmd|befehl|comando|commande)\b/i.test(heading);
  const isWanted = (command: PlacedCommand): boolean => isCommandColumn || isSure(command);
  if (blocks !== undefined) return cell === "" ? [] : blocks.flatMap((block) => commandsOf(walk, block, isWanted));
  const lines = [{ text: cell, line: row.line }];
  const found = readProse(walk, lines, isWanted).map((command) => asEscaped(command, row.source));
  if (found.length > 0 || !isCommandColumn || !looksLikeUnknownProgram(cell)) return found;
  return readCodeBlock({ kind: "code", info: "", fenced: true, lines, range: [row.line, row.line] }, "").statements;
}

/** A cell that has lines and blocks of its own. */
function commandsOf(walk: Walk, block: Block, isWanted: (command: PlacedCommand) => boolean): readonly FoundStatement[] {
  switch (block.kind) {
    case "paragraph":
      return readProse(walk, block.lines, isWanted);
    case "code":
      return readCodeBlock(block, "").statements;
    case "list":
      return block.items.flatMap((item) => item.blocks.flatMap((inner) => commandsOf(walk, inner, isWanted)));
    case "quote":
      return block.blocks.flatMap((inner) => commandsOf(walk, inner, isWanted));
    case "heading":
    case "table":
      return [];
  }
}

/** A bar that the table wanted escaped is escaped in the source spelling. */
function asEscaped(command: PlacedCommand, source: string): PlacedCommand {
  const escaped = command.verbatim.replaceAll("|", "\\|");
  return escaped !== command.verbatim && source.includes(escaped) ? { ...command, verbatim: escaped } : command;
}
