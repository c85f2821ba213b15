// What stands between and behind the words of a simple command: only blanks, and then something that ends a command. Anything else means
// that the parser passed over a token, and then its tree does not say what a shell would do. Checks the parser; knows nothing of risk.
import type { Command } from "unbash";

/** The offset of a character that no part of the command accounts for, or undefined. */
export function lostToken(node: Command, source: string): number | undefined {
  let end = node.pos;
  const name = node.name === undefined ? [] : [node.name];
  for (const item of [...node.prefix, ...name, ...node.suffix]) {
    const at = skipBlanks(source, end);
    if (at < item.pos) return at;
    end = item.end;
  }
  return tail(source, end);
}

/** End of text, `;`, `&`, `|`, `)`, `}`, a newline, a backtick or a comment. */
const enders: ReadonlySet<string> = new Set(["", ";", "&", "|", ")", "}", "\n", "`", "#"]);

function tail(source: string, from: number): number | undefined {
  const at = skipBlanks(source, from);
  // A `#` that touches a word belongs to it.
  const glued = at === from && source.charAt(at) === "#";
  return enders.has(source.charAt(at)) && !glued ? undefined : at;
}

/** Skips blanks, tabs and continued lines. */
function skipBlanks(source: string, from: number): number {
  let at = from;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === 32 || code === 9) at++;
    else if (code === 92 && source.charCodeAt(at + 1) === 10) at += 2;
    else return at;
  }
}
