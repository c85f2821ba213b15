// A path of words with alternatives, as the tables of clouds write it -> every path that it stands for.

/** "a b|c d" -> "a b d", "a c d": every alternative of every word. */
export function alternatives(path: string): readonly string[] {
  return path
    .split(" ")
    .reduce<readonly string[]>(
      (before, word) => before.flatMap((start) => word.split("|").map((each) => (start === "" ? each : `${start} ${each}`))),
      [""],
    );
}
