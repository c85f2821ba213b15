// Writes text that was wrapped onto several lines on one: each line end, with the blanks around it, becomes one blank.
// The text goes in, one line comes out; blanks inside a line stay. `/\s*\n\s*/` starts anew at every blank, this looks at each once.

export function unwrapLines(text: string): string {
  if (!text.includes("\n")) return text;
  const pieces = text.split("\n");
  return pieces
    .map((piece, index) => trimmed(piece, index > 0, index < pieces.length - 1))
    .filter((piece, index) => piece !== "" || index === 0 || index === pieces.length - 1)
    .join(" ");
}

function trimmed(piece: string, start: boolean, end: boolean): string {
  const behind = start ? piece.trimStart() : piece;
  return end ? behind.trimEnd() : behind;
}
