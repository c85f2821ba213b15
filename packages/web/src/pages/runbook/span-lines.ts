// The spans of a suggestion and the text that they change -> the lines to show: what goes, what comes, and a little of what stays around it.
import type { WireSuggestions } from "@dd0c/protocol/http";
import type { DiffLine } from "./diff-lines.ts";

type Span = WireSuggestions["items"][number]["spans"][number];

const CONTEXT = 2;

/** Between two spans that are further apart, "…" stands for what is left out. */
export const spanLines = (source: string, spans: readonly Span[]): readonly DiffLine[] => {
  const lines = source.split("\n");
  const shown: DiffLine[] = [];
  let at = 0;
  const stays = (upTo: number): void => {
    const from = Math.max(at, upTo - CONTEXT);
    if (from > at) shown.push({ kind: "same", text: "…" });
    shown.push(...lines.slice(from, upTo).map((text): DiffLine => ({ kind: "same", text })));
  };
  for (const { start_line, end_line, lines: fresh } of spans) {
    stays(start_line - 1);
    shown.push(...lines.slice(start_line - 1, end_line - 1).map((text): DiffLine => ({ kind: "removed", text })));
    shown.push(...fresh.map((text): DiffLine => ({ kind: "added", text })));
    at = end_line - 1;
    const after = lines.slice(at, Math.min(at + CONTEXT, nextStart(spans, at, lines.length)));
    shown.push(...after.map((text): DiffLine => ({ kind: "same", text })));
    at += after.length;
  }
  if (at < lines.length) shown.push({ kind: "same", text: "…" });
  return shown;
};

const nextStart = (spans: readonly Span[], at: number, end: number): number =>
  (spans.find(({ start_line }) => start_line - 1 >= at + 1)?.start_line ?? end + 1) - 1;
