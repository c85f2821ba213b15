// Cuts the lines of one message into text and code blocks.
// Lines of a rewritten chat go in (fence marks stand on lines of their own); parts come out in order. An unclosed block ends with its message.

import type { CodeBlock } from "../source/block-tree.ts";
import type { SourceLine } from "../source/source-line.ts";

export type MessagePart =
  | { readonly kind: "text"; readonly lines: readonly SourceLine[] }
  | { readonly kind: "code"; readonly block: CodeBlock };

const MARK = /^\s*(?:```|~~~)\s*([\w+-]*)\s*$/;

export function cutMessage(lines: readonly SourceLine[]): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  let text: SourceLine[] = [];
  let code: { readonly info: string; readonly opened: number; readonly lines: SourceLine[] } | null = null;
  const endText = (): void => {
    if (text.some((line) => line.text.trim() !== "")) parts.push({ kind: "text", lines: text });
    text = [];
  };
  const endCode = (line: number): void => {
    if (code === null) return;
    const { info, opened, lines: body } = code;
    code = null;
    if (body.some(({ text: own }) => own.trim() !== ""))
      parts.push({ kind: "code", block: { kind: "code", info, fenced: true, lines: body, range: [opened, line] } });
  };
  for (const line of lines) {
    const mark = MARK.exec(line.text);
    if (mark === null) {
      if (code !== null) code.lines.push(line);
      else if (line.text.trim() === "") endText();
      else text.push(line);
    } else if (code === null) {
      endText();
      code = { info: mark[1] ?? "", opened: line.line, lines: [] };
    } else endCode(line.line);
  }
  endText();
  endCode(lines.at(-1)?.line ?? 1);
  return parts;
}
