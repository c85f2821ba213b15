// Shell text in which `$name` stands, and its value -> the text with the value in its place; without one, the text as a template of a runbook.
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

export interface Template {
  /** With `<name>` where a variable stood; a runbook fills it in before the command runs. */
  readonly text: string;
  /** With a word in place of each. */
  readonly sample: string;
  readonly names: readonly string[];
}

const variable = /"\$\{?([A-Za-z_]\w*)\}?"|\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

/** Undefined when no plain variable stands in the text. */
export function asTemplate(text: string): Template | undefined {
  const names = new Set<string>();
  const written = (by: (name: string) => string): string =>
    quotedPieces(text)
      .map(({ text: piece, single }) => (single ? piece : piece.replace(variable, (_use, ...found: string[]) => by(nameOf(found)))))
      .join("");
  const template = written((name) => {
    names.add(name);
    return `<${name}>`;
  });
  return names.size === 0 ? undefined : { text: template, sample: written(() => "value"), names: [...names] };
}

function nameOf([whole, braced, plain]: readonly string[]): string {
  return whole ?? braced ?? plain ?? "";
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
