// A command line -> the same command line written otherwise: shells and programs cannot tell them apart. Test code only.
import { type Command, forEachChild, parse, type SyntaxNode, type Word } from "unbash";
import { isPlainText } from "../word-text.ts";

/** `form` chooses among the ways of one mutation, `place` among the places; undefined where it does not apply. */
type Mutation = (text: string, place: number, form: number) => string | undefined;

interface Site {
  readonly pos: number;
  readonly end: number;
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const replaced = (text: string, { pos, end }: Site, by: string): string => text.slice(0, pos) + by + text.slice(end);

/** The commands of a text that stand in no word of another one. */
function commandsOf(text: string): readonly Command[] {
  const script = parse(text);
  if (script.errors !== undefined) return [];
  const found: Command[] = [];
  const stack: SyntaxNode[] = [...script.commands].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === "Command") found.push(node);
    else if (node.type !== "Word") {
      const children: SyntaxNode[] = [];
      forEachChild(node, (child) => {
        children.push(child);
      });
      stack.push(...children.reverse());
    }
  }
  return found;
}

const wordsOf = (node: Command): readonly Word[] =>
  node.name === undefined ? [] : [node.name, ...node.suffix.filter((item): item is Word => item.type === "Word")];

const allWords = (text: string): readonly Word[] => commandsOf(text).flatMap(wordsOf);

const quotings: readonly ((word: string) => string)[] = [
  (word) => `'${word}'`,
  (word) => `"${word}"`,
  (word) => `\\${word}`,
  (word) => `${word}""`,
  (word) => `${word.slice(0, 1)}'${word.slice(1)}'`,
  (word) => `$'${word}'`,
];

const quoteOne: Mutation = (text, place, form) => {
  const word = pick(
    allWords(text).filter((each) => isPlainText(each.text)),
    place,
  );
  return word === undefined ? undefined : replaced(text, word, pick(quotings, form)?.(word.text) ?? word.text);
};

const quoteAll: Mutation = (text, _place, form) =>
  allWords(text)
    .filter((each) => isPlainText(each.text))
    .toSorted((a, b) => b.pos - a.pos)
    .reduce((done, word) => replaced(done, word, pick(quotings, form)?.(word.text) ?? word.text), text);

/** Between two words of one command. */
function gapsOf(text: string): readonly Site[] {
  return commandsOf(text).flatMap((node) => {
    const words = wordsOf(node);
    return words.slice(1).flatMap((word, index) => {
      const site = { pos: words[index]?.end ?? 0, end: word.pos };
      return text.slice(site.pos, site.end) === " " ? [site] : [];
    });
  });
}

const blanks = ["  ", "\t", " \\\n  ", "   \t "];
const spacing: Mutation = (text, place, form) => {
  const gap = pick(gapsOf(text), place);
  return gap === undefined ? undefined : replaced(text, gap, pick(blanks, form) ?? " ");
};

const endings = [
  "; true",
  " && true",
  "\n",
  ";",
  " # as agreed",
  " || true",
  " | cat",
  " 2>/dev/null",
  " 2>&1",
  "\ntrue",
  " >/dev/null",
  "  \n\n",
];
const ending: Mutation = (text, _place, form) => (/[\n&#]|<<|;\s*$/.test(text) ? undefined : text + (pick(endings, form) ?? ""));

const beginnings = ["LC_ALL=C ", "LANG=C.UTF-8 ", "TZ=UTC ", "  ", "\n", "true; ", "true && ", "# first\n", "NS=prod; ", "echo before; "];
const keyword = /^(for|if|while|until|case|select|time|function|coproc) /;
const beginning: Mutation = (text, _place, form) =>
  /^[\w/.-]+ /.test(text) && !keyword.test(text) ? (pick(beginnings, form) ?? "") + text : undefined;

const frames: readonly ((text: string) => string)[] = [
  (text) => `( ${text} )`,
  (text) => `{ ${text}; }`,
  (text) => `if true; then ${text}; fi`,
  (text) => `echo "$( ${text} )"`,
  (text) => `for i in 1 2; do ${text}; done`,
  (text) => `sh -c '${text}'`,
];
const frame: Mutation = (text, _place, form) =>
  /['"\n#&\\$`]|<</.test(text) ? undefined : pick(frames, form)?.(text.replace(/;\s*$/, ""));

/** Options that take a value in every program of the corpus that has them. */
const valued = new Set(
  "--namespace --selector --since --lines --unit --max-time --filters --query --region --profile --context --limit --format --project --zone --resource-group --subscription --field-selector --sort-by".split(
    " ",
  ),
);

const valueForms: Mutation = (text, place) => {
  const joined = pick(
    allWords(text).filter(({ text: word }) => valued.has(word.split("=")[0] ?? "") && /^[\w-]+=[\w./:,-]+$/.test(word)),
    place,
  );
  if (joined !== undefined) return replaced(text, joined, joined.text.replace("=", " "));
  const words = allWords(text);
  const index = words.findIndex(({ text: word }, at) => valued.has(word) && /^[\w./:,][\w./:,-]*$/.test(words[at + 1]?.text ?? ""));
  const option = words[index];
  const value = words[index + 1];
  return option === undefined || value === undefined ? undefined : replaced(text, { pos: option.end, end: value.pos }, "=");
};

/** Programs in which the order of options means nothing. */
const unordered = new Set(
  "ls ps df du free ss kubectl docker systemctl journalctl grep wc head tail uname stat lsblk helm aws gcloud az".split(" "),
);

/** Two options next to each other where neither can be the value of the other or take the word behind them. */
const orderOfOptions: Mutation = (text, place) => {
  const pairs = commandsOf(text)
    .filter((node) => unordered.has(node.name?.text ?? ""))
    .flatMap((node) => {
      const words = wordsOf(node);
      const isOption = (word: Word | undefined): boolean =>
        word !== undefined && /^-[a-zA-Z-][\w-]*(=[\w./,:]+)?$/.test(word.text) && word.text !== "--";
      return words.flatMap((first, at) => {
        const second = words[at + 1];
        const third = words[at + 2];
        const ends = third === undefined || isOption(third);
        return second !== undefined && isOption(first) && isOption(second) && ends ? [{ first, second }] : [];
      });
    });
  const pair = pick(pairs, place);
  if (pair === undefined) return undefined;
  return replaced(replaced(text, pair.second, pair.first.text), pair.first, pair.second.text);
};

/** `-la` as `-l -a`, in programs whose short options named here take no value. */
const clustered = /^(ls|df|du|free|wc|uname|ps)$/;
const splitCluster: Mutation = (text, place) => {
  const words = commandsOf(text)
    .filter((node) => clustered.test(node.name?.text ?? ""))
    .flatMap((node) => wordsOf(node).filter((word) => /^-[lahtrskmceA]{2,4}$/.test(word.text) && node.name?.text !== "ps"));
  const word = pick(words, place);
  return word === undefined ? undefined : replaced(text, word, [...word.text.slice(1)].map((letter) => `-${letter}`).join(" "));
};

const inFolders = new Set("ls cat grep ps df du head tail wc sort uniq cut tr awk sed find stat free uptime date ss curl".split(" "));
const byPath: Mutation = (text, place) => {
  const name = pick(
    commandsOf(text).flatMap((node) => (inFolders.has(node.name?.text ?? "") && node.name !== undefined ? [node.name] : [])),
    place,
  );
  return name === undefined ? undefined : replaced(text, name, `/usr/bin/${name.text}`);
};

/** All of them, by name. */
export const sameMeaning: readonly (readonly [name: string, mutation: Mutation])[] = [
  ["quotes of one word", quoteOne],
  ["quotes of all words", quoteAll],
  ["blanks", spacing],
  ["ending", ending],
  ["beginning", beginning],
  ["frame", frame],
  ["form of a value", valueForms],
  ["order of options", orderOfOptions],
  ["split cluster", splitCluster],
  ["path of the program", byPath],
];
