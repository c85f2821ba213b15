// Shell text in which `$name` stands, and its value -> the text with the value in its place.
// Only plain values, which mean the same inside and outside of quotes; anything doubtful gives undefined.

const plainValue = /^[A-Za-z0-9._:/@%+=,-]+$/;

/** Every use must be `$name` or `${name}`; where the name is set or used otherwise, or quotes make it text, nothing is filled. */
export function fillVariable(text: string, name: string, value: string): string | undefined {
  if (!plainValue.test(value) || !/^[A-Za-z_]\w*$/.test(name) || text.includes("\\$")) return undefined;
  const mention = new RegExp(`\\$\\{?[!#]?${name}(?!\\w)|(?:^|[\\s;&|(])${name}\\+?=`);
  const pieces = quotedPieces(text);
  if (pieces.some((piece) => piece.single && mention.test(piece.text))) return undefined;
  const use = new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}\\})`, "g");
  const filled = pieces.map((piece) => (piece.single ? piece.text : piece.text.replace(use, value)));
  return filled.some((piece) => mention.test(piece)) ? undefined : filled.join("");
}

interface QuotedPiece {
  readonly text: string;
  /** Between single quotes, where nothing is expanded. */
  readonly single: boolean;
}

/** The text cut where single quotes begin and end; inside double quotes a single quote is a letter. */
function quotedPieces(text: string): readonly QuotedPiece[] {
  const found = text.match(/'[^']*'|(?:"(?:\\.|[^"\\])*"|\\.|[^'"\\])+|[^]/g) ?? [];
  return found.map((piece) => ({ text: piece, single: piece.length > 1 && piece.startsWith("'") }));
}
