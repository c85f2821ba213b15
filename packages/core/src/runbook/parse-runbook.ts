// The parser's entry: pasted text goes in, a ParsedRunbook or a refusal with a code comes out. Pure: same text, same result, byte for byte.
// Clean the text by its kind, build the block tree, collect steps, read their meaning. It never invents: every command is a span of the text.

import { assemble } from "./assemble.ts";
import { recountedSteps } from "./distil/recounted.ts";
import { takeTitle } from "./meaning/title.ts";
import { parseBlocks } from "./source/block-tree.ts";
import { readerText } from "./source/reader-text.ts";
import { sourceSpelling } from "./source/source-spelling.ts";
import { collectSteps } from "./steps/collect-steps.ts";
import type { Walk } from "./steps/walk.ts";
import type { ParseOptions, ParseResult } from "./types.ts";

/** Stored with every parsed runbook; changes whenever the same text may parse differently. */
export const parserVersion = "2.0.0";

/** Longest accepted text in UTF-16 code units (5 MB of ASCII). */
export const maxInputLength = 5 * 1024 * 1024;

/**
 * Parses a runbook.
 *
 * @param rawText - the text as pasted; any line ends, any of the source types
 * @param options - `sourceType` skips the detection
 * @returns the runbook, or PARSE_FAILED when the text holds neither a command nor an instruction, or INPUT_TOO_LARGE; never throws
 */
export function parseRunbook(rawText: string, options: ParseOptions = {}): ParseResult {
  if (rawText.length > maxInputLength) {
    return { ok: false, error: { code: "INPUT_TOO_LARGE", message: "The text is longer than 5 MB." } };
  }
  const reader = readerText(rawText, options.sourceType);
  const { lines, source, title, sourceType, warnings } = reader;
  const told = recountedSteps(reader);
  const chat = sourceType === "chat";
  const titled = chat && told !== null ? { title, blocks: [] } : takeTitle(parseBlocks(lines), title);
  const plain = !titled.blocks.some((block) => block.kind === "heading");
  const strict = told ?? collectSteps(titled.blocks, { chat, plain, lenient: false, rollbackIsProcedure: false });
  // Where everything that was tried is said to have failed, a wider reading would offer it again.
  const walk = strict.steps.length > 0 || told !== null ? strict : widened(titled.blocks, strict);
  if (walk.steps.length === 0) {
    return {
      ok: false,
      error: {
        code: "PARSE_FAILED",
        message: "Nothing to do was found: no command, no numbered or bulleted instruction, no sentence that tells somebody to act.",
      },
    };
  }
  return {
    ok: true,
    runbook: assemble({ walk: asSpelled(walk, sourceSpelling(source)), title: titled.title, sourceType, parserVersion, warnings, lines }),
  };
}

/** The walk with every command spelled as in the source. */
function asSpelled(walk: Walk, spell: ReturnType<typeof sourceSpelling>): Walk {
  const steps = walk.steps.map((step) => ({ ...step, commands: step.commands.map(spell) }));
  return { ...walk, steps, rollback: walk.rollback.map(spell) };
}

/** Without a clear step: a document that only rolls back, or prose that still tells somebody to act. */
function widened(blocks: Parameters<typeof collectSteps>[0], { options, rollback }: Walk): Walk {
  if (rollback.length > 0) return collectSteps(blocks, { ...options, rollbackIsProcedure: true });
  return collectSteps(blocks, { ...options, chat: false, lenient: true, rollbackIsProcedure: true });
}
