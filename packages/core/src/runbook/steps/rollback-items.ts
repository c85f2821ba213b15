// Collects the commands of rollback sections and of items labelled "Rollback:"; they are no steps, they undo some.
// Blocks go in; the walk gets the commands, and their prose as loose text.

import { readCodeBlock } from "../commands/code-block.ts";
import { findCommands } from "../commands/find-commands.ts";
import type { Block } from "../source/block-tree.ts";
import { plainText } from "../source/plain-text.ts";
import type { Walk } from "./walk.ts";

const LABEL =
  /^\W*(?:to )?(?:roll ?-?back|revert|undo|back[ -]?out|marcha atrás|zurückrollen|retour arrière)(?: plan| commands?| steps?| with)?\s*[:：]/i;

export function isRollbackLabel(markdown: string): boolean {
  return LABEL.test(plainText(markdown));
}

export function collectRollback(walk: Walk, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.kind === "code") walk.rollback.push(...readCodeBlock(block, "").statements);
    if (block.kind === "list") for (const item of block.items) collectRollback(walk, item.blocks);
    if (block.kind !== "paragraph") continue;
    walk.rollback.push(...findCommands(block.lines).commands);
    walk.loose.push({ lines: block.lines, section: walk.section, heading: false });
  }
}
