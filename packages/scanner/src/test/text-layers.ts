// Shell text -> shell text that runs it, in every construct of the shell. Test code only; each form runs in the arrival check.
import { ansi, double, single } from "./word-spellings.ts";

/** `name` is a name that nothing else in the text uses; `quote` makes one word of a text. */
type Layer = (text: string, name: string, quote: (text: string) => string) => string;

const inBackticks = (text: string): string => `\`${text.replace(/[\\`]/g, "\\$&")}\n\``;
const inHereDocument = (text: string): string => text.replace(/[\\$`]/g, "\\$&");
const base64 = (text: string): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes = [...text].map((char) => char.charCodeAt(0) & 255);
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (let n = 0; n < 4; n++) out += at + n - 1 < bytes.length || n < 2 ? (alphabet[(bits >> (18 - 6 * n)) & 63] ?? "") : "=";
  }
  return out;
};
const inHex = (text: string): string => [...text].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

/** The shell's own constructs: the text stays what it is. */
export const structureLayers: readonly Layer[] = [
  (text) => `ls\n${text}`,
  (text) => `true && {\n${text}\n}`,
  (text) => `ls -la; { ${text}\n}`,
  (text) => `false || {\n${text}\n}`,
  (text) => `(${text}\n)`,
  (text) => `if true; then\n${text}\nfi`,
  (text) => `if false; then :; else ${text}\nfi`,
  (text) => `if {\n${text}\n}; then :; fi`,
  (text, name) => `for ${name} in 1; do ${text}\ndone`,
  (text, name) => `for ((${name}=0; ${name}<1; ${name}++)); do\n${text}\ndone`,
  (text) => `while true; do ${text}\nbreak; done`,
  (text) => `until {\n${text}\n}; do break; done`,
  (text) => `case x in x)\n${text}\n;; esac`,
  (text) => `case y in x) ls;; *) ${text}\n;; esac`,
  (text) => `! {\n${text}\n}`,
  (text) => `time {\n${text}\n}`,
  (text) => `{\n${text}\n} &\nwait`,
  (text) => `echo y | {\n${text}\n}`,
  (text) => `{\n${text}\n} | cat`,
  (text) => `{\n${text}\n} |& grep -c x`,
  (text) => `{\n${text}\n} 2>/dev/null`,
  (text) => `(${text}\n) >/dev/null 2>&1`,
  (text) => `{\n${text}\n} </dev/null 3>&1`,
  (text) => `echo "$(${text}\n)"`,
  (text) => `echo $(ls; ${text}\n)`,
  (text) => `echo ${inBackticks(text)}`,
  (text) => `echo "x\${y:-$(${text}\n)}"`,
  (text) => `cat <(${text}\n)`,
  (text) => `diff <(ls) <(${text}\n)`,
  (text, name) => `${name}=$(${text}\n)`,
  (text, name) => `${name}=1 LC_ALL=$(${text}\n) ls`,
  (text) => `cat <<${"E"}_${text.length}\nx $(${text}\n)\nE_${text.length}`,
  (text) => `cat <<< "$(${text}\n)"`,
  (text) => `[[ -n $(${text}\n) ]]`,
  (text) => `[ "$(${text}\n)" = x ]`,
  (text) => `echo $((1 + $(${text}\necho 0)))`,
  (text, name) => `${name}() {\n${text}\n}\n${name}`,
  (text, name) => `function ${name} {\n${text}\n}; ${name} x`,
  (text, name) => `${name}() (\n${text}\n)\nls && ${name}`,
  (text) => `# a comment; with 'quotes\n${text}\n# end`,
  (text) => `ls # it is\\\n${text}`,
  (text) => `l\\\ns \\\n-la \\\n/data\n${text}`,
  (text) => `\t \n\n  ${text}\n\n;`.replace(/\n;$/, ""),
  (text) => `echo 'x\\'; ${text}\necho ' '`,
  (text) => `echo "a\\"; ls"; ${text}`,
  (text) => `echo 'rm -rf /' "# no" \\# ; ${text}`,
  (text) => `: \${x#\\}}; ${text}`,
  (text) => `cat <<'E'_ <<-"F"\nls\nE_\n\tx\n\tF\n${text}`,
  (text, name) => `exec 3>&1\n${text}\n${name}=1`,
  (text, name) => `export ${name}="$(${text}\n)"`,
  (text, name) => `declare -A ${name}; ${name}[$(${text}\necho 1)]=1`,
  (text) => `printf '%s\\n' a b | while read -r line; do ${text}\nbreak; done`,
  (text) => `echo a > >(cat; ${text}\n)\nwait`,
  (text) => `test -v 'a[$(${text.replaceAll("'", "'\\''")}\n)]'`,
  (text) => `coproc {\n${text}\n}\nwait`,
  (text) => `trap ${single(text)} EXIT`,
  (text, name) => `shopt -s expand_aliases\nalias ${name}=${single(text)}\n${name}`,
  (text) => `set -e -o pipefail\n${text}`,
  (text) => `: ${"x".repeat(2000)}\n${text}`,
  (text) => `${"true;".repeat(60)}\n${text}`,
];

/** The text becomes data that a shell reads. */
export const inputLayers: readonly Layer[] = [
  (text, _name, quote) => `echo ${quote(text)} | bash`,
  (text, _name, quote) => `printf '%s\\n' ${quote(text)} | sh`,
  (text, _name, quote) => `bash <<< ${quote(text)}`,
  (text) => `bash <<'E_${text.length}'\n${text}\nE_${text.length}`,
  (text) => `sh -s <<E_${text.length}\n${inHereDocument(text)}\nE_${text.length}`,
  (text) => `cat <<'E_${text.length}' | bash\n${text}\nE_${text.length}`,
  (text, _name, quote) => `source <(printf '%s\\n' ${quote(text)})`,
  (text, _name, quote) => `. /dev/stdin <<< ${quote(text)}`,
  (text, _name, quote) => `bash <(echo ${quote(text)})`,
  (text, name, quote) => `${name}=${quote(text)}; eval "$${name}"`,
  (text, name, quote) => `${name}=${quote(text)}; bash -c "$${name}"`,
  (text) => `echo ${base64(text)} | base64 -d | bash`,
  (text) => `bash -c "$(base64 -d <<< ${base64(text)})"`,
  (text) => `eval "$(echo ${base64(text)} | base64 --decode)"`,
  (text) => `printf '${inHex(text)}' | bash`,
  (text) => `eval $'${inHex(text)}'`,
  (text, _name, quote) => `echo ${quote([...text.replaceAll("\n", "\x01")].reverse().join(""))} | rev | tr '\\1' '\\n' | bash`,
  (text, _name, quote) => `find . -maxdepth 0 -exec sh -c ${quote(text)} \\;`,
  (text, _name, quote) => `echo x | xargs -I{} sh -c ${quote(text)}`,
  (text, _name, quote) => `echo x | xargs -n1 bash -c ${quote(text)}`,
  (text, _name, quote) => `mapfile -t -C ${quote(`${text} #`)} -c 1 <<< x`,
  (text, _name, quote) => `xargs -0 bash -c < <(printf %s ${quote(text)})`,
];

export const quotes: readonly ((text: string) => string)[] = [single, double, ansi];
