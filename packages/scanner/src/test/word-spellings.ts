// One word or a whole call -> shell text that bash turns back into exactly these words. Test code only; every form runs in the arrival check.

/** Shell text of one word, and what must stand before the command for it to mean the word. */
export interface Spelled {
  readonly text: string;
  readonly before?: string;
}

/** `name` is a variable name that nothing else in the text uses. */
type Spelling = (word: string, name: string) => Spelled;

const chars = (word: string, spell: (char: string, index: number) => string): string => [...word].map(spell).join("");
const code = (char: string): number => char.charCodeAt(0);
const hex = (char: string): string => `\\x${code(char).toString(16).padStart(2, "0")}`;
const octal = (char: string): string => `\\${code(char).toString(8).padStart(3, "0")}`;
const halves = (word: string): readonly [string, string] => [word.slice(0, word.length >> 1), word.slice(word.length >> 1)];

export const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
export const double = (text: string): string => `"${text.replace(/[\\"$`]/g, "\\$&")}"`;
export const ansi = (text: string): string => `$'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;
const isBare = (word: string): boolean => /^[\w%+,./:@=-]+$/.test(word);
const bare = (word: string): string => (isBare(word) ? word : single(word));

const plain: Spelling = (word) => ({ text: bare(word) });

/** Only words that neither split nor glob may stand in an unquoted variable. */
const unquoted = (word: string, name: string): string => (isBare(word) ? `$${name}` : `"$${name}"`);

/** Nothing but quotes. From the plainest on: shrinking goes towards the front. */
export const spellings: readonly Spelling[] = [
  plain,
  (word) => ({ text: single(word) }),
  (word) => ({ text: double(word) }),
  (word) => ({ text: ansi(word) }),
  (word) => ({ text: chars(word, (char) => (char === "\n" ? "$'\\n'" : `\\${char}`)) }),
  (word) => ({ text: chars(word, (char) => `${bare(char)}''`) }),
  (word) => ({ text: chars(word, (char, index) => (index % 2 === 0 ? single(char) : double(char))) }),
  (word) => ({ text: `$'${chars(word, hex)}'` }),
  (word) => ({ text: `$'${chars(word, octal)}'` }),
  (word) => ({ text: `$'${chars(word, (char) => `\\u${code(char).toString(16).padStart(4, "0")}`)}'` }),
  (word) => ({ text: `$'${chars(word, (char) => `\\U${code(char).toString(16).padStart(8, "0")}`)}'` }),
  (word) => ({ text: halves(word).map(single).join("$''") }),
  (word) => ({ text: `""${bare(word)}''` }),
  (word) => ({ text: `$${double(word)}` }),
  (word) => ({ text: halves(word).map(bare).join("\\\n") }),
  (word) => ({ text: chars(word, (char, index) => (index % 3 === 0 ? `$'${hex(char)}'` : bare(char))) }),
  (word) => ({ text: isBare(word) ? `{${word},}` : single(word) }),
];

/** These say the word through a value that the shell works out. */
export const valueSpellings: readonly Spelling[] = [
  (word, name) => ({ before: `${name}=${bare(word)}`, text: `"$${name}"` }),
  (word, name) => ({ before: `${name}=${single(word)}`, text: unquoted(word, name) }),
  (word, name) => ({ before: `${name}=${ansi(word)}`, text: `"\${${name}}"` }),
  (word, name) => {
    const [first, second] = halves(word);
    return { before: `${name}a=${bare(first)} ${name}b=${bare(second)}`, text: `"$${name}a""\${${name}b}"` };
  },
  (word, name) => ({ before: `${name}=${double(`xy${word}`)}`, text: `"\${${name}:2}"` }),
  (word, name) => ({ before: `${name}=${double(`xy${word}`)}`, text: `"\${${name}#xy}"` }),
  (word, name) => ({ before: `${name}=${double(`@@${word}`)}`, text: `"\${${name}/@@/}"` }),
  (word, name) => ({ text: `"\${${name}:-${word.replace(/[\\"$`}]/g, "\\$&")}}"` }),
  (word, name) => ({ text: `"\${${name}:=${word.replace(/[\\"$`}]/g, "\\$&")}}"` }),
  (word, name) => ({ before: `${name}=${single(word)}; ${name}r=${name}`, text: `"\${!${name}r}"` }),
  (word, name) => ({ before: `${name}=(x ${bare(word)})`, text: `"\${${name}[1]}"` }),
  (word, name) => ({ before: `printf -v ${name} %s ${single(word)}`, text: `"$${name}"` }),
  (word, name) => ({ before: `read -r ${name} <<< ${single(word)}`, text: `"$${name}"` }),
  (word, name) => ({ before: `declare ${name}=${single(word)}`, text: `"$${name}"` }),
  (word, name) => ({ before: `for ${name} in ${bare(word)}; do :; done`, text: `"$${name}"` }),
  (word) => ({ text: `"$(printf %s ${single(word)})"` }),
  (word) => ({ text: `$(echo ${single(word)})` }),
  (word) => ({ text: `"\`printf '${chars(word, (char) => `\\${octal(char)}`)}'\`"` }),
  (word) => ({ text: `"$(echo ${single([...word].reverse().join(""))} | rev)"` }),
];

/** The variable first holds something harmless; then it gets the word on a way that is easily overlooked. */
const changes: readonly ((word: string, name: string) => string)[] = [
  (word, name) => `${name}=${word}`,
  (word, name) => `read -r ${name} <<< ${word}`,
  (word, name) => `IFS= read -r -d '' ${name} < <(printf %s ${word})`,
  (word, name) => `printf -v ${name} %s ${word}`,
  (word, name) => `mapfile -t ${name} <<< ${word}`,
  (word, name) => `declare ${name}=${word}`,
  (word, name) => `export ${name}=${word}`,
  (word, name) => `typeset -r ${name}=${word}`,
  (word, name) => `readonly ${name}=${word}`,
  (word, name) => `eval ${name}=${double(word)}`,
  (word, name) => `source <(echo ${double(`${name}=${word}`)})`,
  (word, name) => `. /dev/stdin <<< ${double(`${name}=${word}`)}`,
  (word, name) => `for ${name} in ${word}; do break; done`,
  (word, name) => `unset ${name}; : "\${${name}:=$(echo ${word})}"`,
  (word, name) => `declare -n ${name}r=${name}; ${name}r=${word}`,
  (word, name) => `${name}=; ${name}+=${word}`,
  (word, name) => `${name}[0]=${word}`,
  (word, name) => `${name}=(${word} x)`,
  (word, name) => `if true; then ${name}=${word}; fi`,
  (word, name) => `{ ${name}=${word}; }`,
  (word, name) => `true && ${name}=${word}`,
  (word, name) => `false || ${name}=${word}`,
  (word, name) => `while ${name}=${word}; do break; done`,
  (word, name) => `until ! ${name}=${word}; do break; done`,
  (word, name) => `case x in *) ${name}=${word};; esac`,
  (word, name) => `${name}f() { ${name}=${word}; }; ${name}f`,
  (word, name) => `${name}f() { declare -g ${name}=${word}; }; ls; ${name}f x`,
  (word, name) => `trap ${double(`${name}=${word}`)} DEBUG; :; trap - DEBUG`,
  (word, name) => `shopt -s lastpipe; echo ${word} | read -r ${name}`,
  (word, name) => `builtin read -r ${name} <<< ${word}`,
  (word, name) => `command eval ${double(`${name}=${word}`)}`,
  (word, name) => `command declare ${name}=${word}`,
  (word, name) => `set -- ${word}; ${name}=$1`,
  (word, name) => `OPTIND=1; getopts x: ${name}o -x ${word}; ${name}=$OPTARG`,
  (word, name) => `${name}=$(echo ${word})`,
  (word, name) => `${name}=\`echo ${word}\``,
  (word, name) => `${name}=\${${name}/-l/$(echo ${word})}`,
  (word, name) => `[[ ${word} =~ .* ]]; ${name}=\${BASH_REMATCH[0]}`,
  (word, name) => `${name}=1 eval ${double(`${name}=${word}`)}`,
  (word, name) => `! ${name}=${word}`,
  (word, name) => `time ${name}=${word}`,
  (word, name) => `let ${name}=0 1; ${name}=${word}`,
  (word, name) => `((${name}=0)); ${name}=${word}`,
  (word, name) => `${name}q=${word} ${name}=$${name}q`,
  (word, name) => `for ${name} in a ${word}; do :; done`,
  (word, name) => `for ((;;)); do ${name}=${word}; break; done`,
  (word, name) => `read -r x ${name} <<< "x "${word}`,
  (word, name) => `select ${name} in ${word}; do break; done <<< 1`,
  (word, name) => `wait -p ${name} 2>/dev/null; ${name}=${word}`,
];

const harmless = ["-l", "data", "5", "get", "''"];

/** The variable holds the word; then something harmless is put into it, which does not happen. */
const keeps: readonly ((other: string, name: string) => string)[] = [
  (other, name) => `false && ${name}=${other}`,
  (other, name) => `true || ${name}=${other}`,
  (other, name) => `(${name}=${other})`,
  (other, name) => `${name}=${other} | cat`,
  (other, name) => `{ ${name}=${other}; } &\nwait`,
  (other, name) => `: $(${name}=${other})`,
  (other, name) => `cat <(${name}=${other})`,
  (other, name) => `bash -c ${single(`${name}=${other}`)}`,
  (other, name) => `if false; then ${name}=${other}; fi`,
  (other, name) => `while false; do ${name}=${other}; done`,
  (other, name) => `until true; do ${name}=${other}; done`,
  (other, name) => `for i in; do ${name}=${other}; done`,
  (_other, name) => `for ${name} in; do :; done`,
  (other, name) => `for ((; 0; )); do ${name}=${other}; done`,
  (other, name) => `case a in b) ${name}=${other};; esac`,
  (other, name) => `{ ${name}=${other}; } </no/such/file`,
  (other, name) => `export ${name}=${other} </no/such/file`,
  (other, name) => `read -r ${name} </no/such/file`,
  (other, name) => `for ${name} in ${other}; do :; done </no/such/file`,
  (other, name) => `: $((1/0)); ${name}=${other}`,
  (other, name) => `${name}0=0; echo $((7 % ${name}0)); ${name}=${other}`,
  (other, name) => `echo $((08)); ${name}=${other}`,
  (other, name) => `echo \${HOME:0:-99}; ${name}=${other}`,
  (other, name) => `UID=1; ${name}=${other}`,
  (other, name) => `readonly ${name}q=1\n${name}q=2; ${name}=${other}`,
  (other, name) => `readonly ${name}\n${name}=${other}`,
  (other, name) => `${name}f() { ${name}=${other}; }`,
  (other, name) => `${name}f() { local ${name}=${other}; }; ${name}f`,
  (other, name) => `${name}f() { return; ${name}=${other}; }; ${name}f`,
  (other, name) => `${name}f() { ${name}=${other}; } </no/such/file; ${name}f`,
  (_other, name) => `((0 && (${name} = 1)))`,
  (_other, name) => `((1 || (${name} = 1)))`,
  (_other, name) => `((0 ? ${name} = 1 : 0))`,
  (_other, name) => `echo \${${name}zz:+$((${name} = 1))}`,
  (_other, name) => `cat <<E\n$((${name} = 1))\nE`,
  (other, name) => `echo \${${name}:=${other}}`,
  (other, name) => `${name}=${other} ls`,
  (other, name) => `while true; do break; ${name}=${other}; done`,
];

export const changedSpellings: readonly Spelling[] = changes.flatMap((change) =>
  harmless.map(
    (first): Spelling =>
      (word, name) => ({ before: `${name}=${first}\n${change(single(word), name)}`, text: `"$${name}"` }),
  ),
);

export const keptSpellings: readonly Spelling[] = keeps.flatMap((keep) =>
  harmless.map(
    (other): Spelling =>
      (word, name) => ({ before: `${name}=${single(word)}\n${keep(other, name)}`, text: `"$${name}"` }),
  ),
);

/** Harmless in the first turn of a loop, the call in the second. */
export function spellInTurns(argv: readonly string[], hidden: number, number: number, name: string): string {
  const words = argv.map((word, index) => (index === hidden ? `"$${name}"` : bare(word)));
  const first = harmless[number % harmless.length] ?? "";
  const change = changes[number % changes.length]?.(single(argv[hidden] ?? ""), name) ?? "";
  return `${name}=${first}\nfor ${name}i in 1 2; do\n${words.join(" ")}\n${change}\ndone`;
}

/** Words as text, each in the spelling that its number names; what must stand before comes first, on a line of its own. */
export function spellWords(argv: readonly string[], choose: (index: number) => Spelling, joint: string, name: string): string {
  const spelled = argv.map((word, index) => choose(index)(word, `${name}${index}`));
  const before = spelled.flatMap((each) => (each.before === undefined ? [] : [`${each.before}\n`]));
  return before.join("") + spelled.map((each) => each.text).join(joint);
}

/** The whole call at once. */
export const callSpellings: readonly ((argv: readonly string[], name: string) => string)[] = [
  (argv) => argv.map(bare).join(" "),
  (argv) => argv.map(bare).join("\\\n "),
  (argv) => `set -- ${argv.map(bare).join(" ")}\n"$@"`,
  (argv, name) => `${name}=(${argv.map(bare).join(" ")})\n"\${${name}[@]}"`,
  (argv) => (argv.every((word) => isBare(word) && !word.includes(",")) ? `{${argv.join(",")}}` : argv.map(single).join(" ")),
  (argv) => (argv.every(isBare) ? argv.join("${IFS}") : argv.map(double).join("\t")),
  (argv, name) => (argv.every(isBare) ? `${name}=${single(argv.join(" "))}\n$${name}` : argv.map(ansi).join(" ")),
  (argv, name) => `read -a ${name} <<< ${single(argv.map((word) => word.replace(/[\\ ]/g, "\\$&")).join(" "))}\n"\${${name}[@]}"`,
];
