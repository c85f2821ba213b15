// The intent advisor's reading of programs that are given a small program or an address: awk, sed, jq, curl, tar, gh api.
// The words of one command go in, a yes or no comes out: only what is known to read. Independent of the scanner.

const AWK_OPTION = /^-(?:F.*|v|-re-interval|-posix|-traditional|-csv)$|^--field-separator(?:=|$)|^-v\w+=/;

export function awkOnlyPrints(words: readonly string[]): boolean {
  const rest = words.slice(1);
  let at = 0;
  for (; (rest[at] ?? "").startsWith("-"); at++) {
    const word = rest[at] ?? "";
    if (!AWK_OPTION.test(word)) return /^--?(?:version|help)$/.test(word);
    if (word === "-F" || word === "-v" || word === "--field-separator") at++;
  }
  const program = rest[at];
  return program !== undefined && awkProgramOnlyPrints(program) && !rest.slice(at + 1).some((word) => word.startsWith("-"));
}

/** Literals and patterns off; then a call, a pipe, a redirection behind a print or the environment is too much. */
function awkProgramOnlyPrints(program: string): boolean {
  const bare = program
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/(^|[({,;!~&|\n]|\b(?:if|print|return))(\s*)\/(?:[^/\\\n]|\\.)*\//g, "$1$2//")
    .replace(/#[^\n]*/g, "");
  if (/\bsystem\b|@|\bclose\b|\bfflush\b|ENVIRON|PROCINFO|\$\(\)|`/.test(bare) || /(?<!\|)\|(?!\|)/.test(bare)) return false;
  if (/getline\s*[<\w$(]/.test(bare) || /^\s*\$\{?[A-Za-z_]\w*\}?\s*$/.test(program)) return false;
  return [...bare.matchAll(/\bprintf?\b([^;}\n]*)/g)].every(([, what = ""]) => !/>/.test(withoutBrackets(what)));
}

function withoutBrackets(text: string): string {
  let rest = text;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/g, "");
  }
  return rest;
}

const SED_STEP =
  /(?:[\s;{}!,~+]|\d+|\$|\\?\/(?:[^/\\\n]|\\[^])*\/[IM]*|s([/|#,@:!%_])(?:(?!\1)[^\\\n]|\\[^])*\1(?:(?!\1)[^\\\n]|\\[^])*\1[gpiImM\d]*(?=[\s;}]|$)|y\/[^/]*\/[^/]*\/|[pdqQDPNngGhHxlz=F](?=[\s;}\d]|$)|[bt](?:\s*\w+)?(?=[\s;}]|$)|:\w+|[aic]\\?\s*[^\n]*)/y;

export function sedOnlyPrints(words: readonly string[]): boolean {
  const rest = words.slice(1);
  if (rest.length === 1 && /^--(?:version|help)$/.test(rest[0] ?? "")) return true;
  const given = rest.flatMap((word, index) => scriptOption(word, rest[index + 1]));
  const isValue = (index: number): boolean => SED_SCRIPT_NEXT.test(rest[index - 1] ?? "");
  const operands = rest.filter((word, index) => !isValue(index) && !/^-./.test(word));
  const isKnown = rest.every((word, index) => isValue(index) || !/^-./.test(word) || SED_OPTION.test(word));
  const scripts = given.length > 0 ? given : operands.slice(0, 1);
  return isKnown && scripts.length > 0 && scripts.every(sedScriptOnlyPrints);
}

const SED_SCRIPT_NEXT = /^(?:-[nrEsuz]*e|--expression)$/;
const SED_OPTION =
  /^(?:-[nrEsuz]+e?|-e|--expression(?:=.*)?|--(?:quiet|silent|regexp-extended|separate|unbuffered|null-data|posix|debug|sandbox))$/s;

function scriptOption(word: string, next: string | undefined): readonly string[] {
  if (word.startsWith("--expression=")) return [word.slice(13)];
  return SED_SCRIPT_NEXT.test(word) ? [next ?? "w"] : [];
}

function sedScriptOnlyPrints(script: string): boolean {
  if (/(?<![;{,\n ]|^)\$[A-Za-z_{(]|\$[A-Za-z_]\w/.test(script)) return false;
  SED_STEP.lastIndex = 0;
  while (SED_STEP.lastIndex < script.length) if (!SED_STEP.test(script)) return false;
  return true;
}

const CURL_FLAGS = "ZsSfLIkviegjqN460123Gaz#n";
const CURL_VALUED = "domHAerXuwxbDEyYC";
const CURL_LONGS = new Set(
  "silent show-error fail fail-with-body location head insecure verbose include globoff compressed http1.0 http1.1 http2 http3 tlsv1.2 tlsv1.3 no-progress-meter no-buffer ipv4 ipv6 get max-time connect-timeout retry retry-delay retry-max-time retry-connrefused retry-all-errors resolve connect-to header user-agent referer range request user write-out proxy noproxy cookie cacert capath cert key cert-type key-type interface max-redirs url output dump-header data-urlencode unix-socket location-trusted oauth2-bearer basic digest negotiate netrc anyauth help version progress-bar limit-rate speed-time speed-limit path-as-is ssl-reqd http2-prior-knowledge styled-output raw remove-on-error ntlm ssl proxy-user socks5 parallel url-query doh-url dns-servers fail-early".split(
    " ",
  ),
);
/** Paths whose mere request does something, although it is a GET. */
const DOING =
  /[/_?&=.-](?:delete|remove|destroy|drop|purge|flush|reset|restart|reboot|shutdown|shut-?down|stop|start|kill|quit|quitquitquit|terminate|drain|reload|refresh|rotate|wipe|clear|clean|cleanup|truncate|disable|enable|trigger|deploy|undeploy|rollback|promote|failover|switchover|evict|run|exec|execute|invoke|cmd|command|healthcheck\/fail|create|update|set|add|grant|revoke|approve|cancel|retry|replay|pause|resume|unlock|lock|unseal|seal|stepdown|step-down|restore|import|upload|install|uninstall|logout|gc|compact|snapshot|reindex|rebalance|forcemerge|close|open|write|apply|scale|suspend|abort|toggle)(?=[/_?&=-]|$)/i;
const SECRET_PLACES =
  /169\.254\.169\.254|metadata\.google|fd00:ec2|\/v1\/agent\/monitor|\/proxy\/run\/|security-credentials|\/secrets?\/|\btoken\?|user-data/i;

export function curlOnlyReads(words: readonly string[]): boolean {
  const found: CurlFound = { gets: false, data: false };
  const rest = words.slice(1);
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? "";
    const used = word.startsWith("--") ? curlLong(found, word, rest[at + 1] ?? "") : curlShort(found, word, rest[at + 1] ?? "");
    if (used === null) return false;
    at += used;
  }
  return found.data ? found.gets : true;
}

interface CurlFound {
  gets: boolean;
  data: boolean;
}

const CURL_ALONE =
  /^(?:silent|show-error|fail\S*|location\S*|head|insecure|verbose|include|globoff|compressed|http\S*|tlsv\S*|no-\S*|ipv\d|get|retry-connrefused|retry-all-errors|basic|digest|negotiate|netrc|anyauth|help|version|progress-bar|path-as-is|ssl-reqd|styled-output|raw|remove-on-error|ntlm|ssl|parallel)$/;

function curlLong(found: CurlFound, word: string, next: string): number | null {
  const [name = "", glued] = word.slice(2).split(/=(.*)/s);
  found.gets ||= name === "get";
  found.data ||= name === "data-urlencode";
  if (!CURL_LONGS.has(name)) return null;
  if (CURL_ALONE.test(name)) return 0;
  if (!curlValue(name, glued ?? next)) return null;
  return glued === undefined ? 1 : 0;
}

function curlShort(found: CurlFound, word: string, next: string): number | null {
  if (!/^-./.test(word)) return curlAddress(word) ? 0 : null;
  for (const [index, letter] of [...word.slice(1)].entries()) {
    found.gets ||= letter === "G";
    found.data ||= letter === "d";
    if (CURL_VALUED.includes(letter)) return curlShortValue(letter, word.slice(index + 2), next);
    if (!CURL_FLAGS.includes(letter)) return null;
  }
  return 0;
}

function curlShortValue(letter: string, glued: string, next: string): number | null {
  if (!curlValue(letter, glued === "" ? next : glued)) return null;
  return glued === "" ? 1 : 0;
}

function curlAddress(word: string): boolean {
  if (/^[a-z][\w+.-]*:\/\//i.test(word) && !/^(?:https?|ftps?|"?\$)/i.test(word)) return false;
  return (
    !/^\$|^-|^(?:gopher|dict|telnet|file|smtp|imap|ldap|scp|sftp|tftp|rtsp)\b:/i.test(word) &&
    !DOING.test(word.replace(/^\w+:\/\/[^/]*/, "")) &&
    !SECRET_PLACES.test(word)
  );
}

type Allows = (value: string) => boolean;

/** Options whose value may write, send a file or use another method; the values that do not. */
const CURL_VALUES: readonly (readonly [readonly string[], Allows])[] = [
  [["X", "request"], (value) => /^(?:GET|HEAD|OPTIONS|TRACE)$/i.test(value)],
  [["o", "output", "D", "dump-header"], (value) => /^(?:-|\/dev\/(?:null|stderr|stdout))$/.test(value)],
  [["w", "write-out"], (value) => !/%output|^@|\$\(/.test(value)],
  [["H", "header"], (value) => !/^@|metadata-flavor|^metadata:|x-http-method|x-method/i.test(value)],
  [["d", "data-urlencode"], (value) => !value.includes("@")],
  [["url"], curlAddress],
];

function curlValue(name: string, value: string): boolean {
  return CURL_VALUES.find(([options]) => options.includes(name))?.[1](value) ?? true;
}

/** Listing an archive, or unpacking it to the output. */
export function tarOnlyLists(words: readonly string[]): boolean {
  const [first = "", ...rest] = words.slice(1);
  if (/^--(?:version|help|usage)$/.test(first) && rest.length === 0) return true;
  const all = [/^[a-zA-Z]/.test(first) ? `-${first}` : first, ...rest];
  const options = all.filter((word, index) => word.startsWith("-") && !/^-\w*[fC]$/.test(all[index - 1] ?? ""));
  if (!options.every((word) => TAR_LONG.test(word) || /^-[tvzjJxOfapRC]+(?<!-)(?:\.?[\w./-]*)$/.test(word))) return false;
  const modes = options.map((word) => TAR_MODES[word] ?? (word.startsWith("--") ? "" : word.slice(1).replace(/f.+$/, "f"))).join("");
  return modes.includes("x") ? modes.includes("O") && !modes.includes("t") : modes.includes("t");
}

const TAR_MODES: Readonly<Record<string, string>> = { "--list": "t", "--extract": "x", "--to-stdout": "O" };
const TAR_LONG =
  /^--(?:list|verbose|gzip|bzip2|xz|zstd|file|to-stdout|wildcards|exclude|directory|auto-compress|full-time|numeric-owner|extract|no-recursion|strip-components|show-\w+)(?:=|$)/;

/** `gh api` asks unless it is given a method, or something to send. */
export function ghApiOnlyAsks(words: readonly string[]): boolean {
  const line = ` ${words.join(" ")} `;
  const methods = [...line.matchAll(/ (?:-X ?|--method[ =])(\S+)/g)].map(([, method]) => method);
  if (methods.some((method) => method !== "GET") || / --input\b|mutation\b/.test(line)) return false;
  return methods.length > 0 || !/ (?:-[fF]\S*|--(?:field|raw-field)\b)/.test(line);
}

/** A filter that stands in the line; the environment and further programs stay out. */
export function jqOnlyReads(words: readonly string[]): boolean {
  const rest = words.slice(1);
  if (rest.some((word) => /^(?:-\w*[fL]|--from-file|--rawfile|--slurpfile|--args-file|-L.*)$/.test(word))) return false;
  const filter = rest.find((word, index) => !word.startsWith("-") && !/^--(?:arg|argjson|indent|tab)$/.test(rest[index - 1] ?? ""));
  return filter === undefined || (!/^\$[A-Za-z_]\w*$|\benv\b|\$ENV|\binclude\b|\bimport\b/.test(filter) && !/^\$\(\)/.test(filter));
}
