// Cuts the marks and blanks a text ends in. The text goes in, its beginning comes out; only the end is looked at, from behind.
// `/[\s.]+$/` looks right and starts anew at every mark in the text: on a line of dots it takes as long as the line squared.

/** @param isTail - tests one character; must have no state (no `g` or `y`) */
export function trimTail(text: string, isTail: RegExp): string {
  let end = text.length;
  while (end > 0 && isTail.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
