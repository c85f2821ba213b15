// The number that people say: step and position of a command go in, "4" or "4b" comes out. Every face and every record uses the same.

/** "4" for the only command of step 4, else "4a", "4b", ... "4z", "4aa". @param index - 0..n-1 over the commands of the step */
export function commandLabel(order: number, index: number, commands: number): string {
  if (commands <= 1) return String(order);
  let letters = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(97 + (rest % 26)) + letters;
  return `${order}${letters}`;
}
