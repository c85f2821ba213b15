// What secrets look like in text: a table of shapes, each with the part in front of the secret and the secret itself.
// In: text (one or many lines). Out: ranges to mask, in order, not overlapping. Pure; a match never crosses a line end.

/** Half-open range of one secret. */
export interface SecretMatch {
  readonly kind: string;
  /** Where the shape begins: without the part in front, the secret would not be recognised. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

interface SecretShape {
  readonly kind: string;
  /** Group 1 stays, group 2 is masked. */
  readonly pattern: RegExp;
  readonly accepts?: (secret: string) => boolean;
}

const PLACEHOLDER =
  /^(?:true|false|null|nil|none|undefined|yes|no|empty|unset|required|optional|redacted|hidden|n\/a|<.*|\$.*|\{.*|%.*|\*+|x{3,}|\.{3}|-+|\[(?:masked|redacted).*)$/i;
const PATH = /^(?:~|\.{1,2})?\/[\w.-]+(?:\/[\w.-]+)*\/?$/;
const AWS_SECRET_LENGTH = 40;

function isPassword(value: string): boolean {
  if (PLACEHOLDER.test(value)) return false;
  return value.length === AWS_SECRET_LENGTH || !PATH.test(value);
}

/** Words like "token" and "secret" stand in prose too: only a value that looks made by a machine counts. */
function isTokenLike(value: string): boolean {
  return isPassword(value) && value.length >= 6 && (/\d/.test(value) || value.length >= 20 || /[^\w.:-]/.test(value));
}

const isWorkingDirectory = (value: string): boolean => value === "" || /^[~/.]/.test(value);

const PASSWORD_KEY = "(?:password|passwd|passphrase|passcode)";
const TOKEN_KEY =
  "(?:secret[_-]?access[_-]?key|access[_-]?key(?:[_-]?id)?|secret[_-]?key|private[_-]?key|account[_-]?key|api[_-]?key|apikey|session[_-]?token|client[_-]?secret|token|secret|credentials?)";
const ASSIGN = "[\"']?[ \\t]*(?:=>|:=|[:=](?!>))[ \\t]*";
const ESCAPED_ASSIGN = '\\\\"[ \\t]*[:=][ \\t]*\\\\"';

/** The same key in its four spellings: bare, double quoted, single quoted, inside an escaped JSON string. */
function assignments(kind: string, key: string, accepts: (secret: string) => boolean): readonly SecretShape[] {
  return [
    { kind, pattern: new RegExp(`(${key}${ASSIGN}")([^"\\r\\n]+)`, "gi"), accepts },
    { kind, pattern: new RegExp(`(${key}${ASSIGN}')([^'\\r\\n]+)`, "gi"), accepts },
    { kind, pattern: new RegExp(`(${key}${ESCAPED_ASSIGN})([^"\\\\\\r\\n]+)`, "gi"), accepts },
    { kind, pattern: new RegExp(`(${key}${ASSIGN})([^\\s"'\\\\,;&(){}\\[\\]][^\\s"'\\\\,;&){}\\]]*)`, "gi"), accepts },
  ];
}

const SHAPES: readonly SecretShape[] = [
  { kind: "aws-key", pattern: /()\b((?:AKIA|ASIA)[A-Z0-9]{16})\b/g },
  { kind: "jwt", pattern: /()\b(eyJ[\w-]{8,}(?:\.[\w-]*){2,4})/g },
  {
    kind: "token",
    pattern:
      /()\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|AIza[\w-]{35}|npm_[A-Za-z0-9]{30,}|hv[sbr]\.[\w-]{20,}|dop_v1_[0-9a-f]{40,}|SG\.[\w-]{16,}\.[\w-]{16,}|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|dckr_pat_[\w-]{20,}|ya29\.[\w-]{20,})/g,
  },
  {
    kind: "private-key",
    pattern: /()(-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[^\r\n]{0,16384}?-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----)/g,
  },
  {
    kind: "authorization",
    pattern: /(\bauthorization["']?[ \t]*[:=][ \t]*["']?(?:bearer|basic|token|digest|negotiate|apikey)[ \t]+)([^\s"',;]+)/gi,
    accepts: isPassword,
  },
  { kind: "bearer", pattern: /(\bbearer[ \t]+)([A-Za-z0-9._~+/-]{16,}=*)/gi, accepts: (secret) => /\d/.test(secret) },
  { kind: "url-password", pattern: /(:\/\/[^\s/:@"'<>]{0,128}:)([^\s/"'<>]{1,256})(?=@)/g, accepts: isPassword },
  {
    kind: "url-password",
    pattern:
      /(\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|clickhouse):\/\/[^\s/:@"']{0,128}:)([^\s"'@]{1,256})(?=@)/gi,
    accepts: isPassword,
  },
  ...assignments("password", PASSWORD_KEY, isPassword),
  ...assignments("token", TOKEN_KEY, isTokenLike),
  {
    kind: "password",
    pattern: /((?:^|[^A-Za-z])pwd[ \t]*=[ \t]*)([^\s"';,&]+)/gi,
    accepts: (secret) => isPassword(secret) && !isWorkingDirectory(secret),
  },
  {
    kind: "password",
    pattern: /(--?(?:password|passwd|passphrase|token|secret|api-key|access-key|client-secret)[ \t]+["']?)([^\s"'-][^\s"']*)/g,
    accepts: isPassword,
  },
  {
    kind: "password",
    pattern: /(\bcurl\b[^\r\n]{0,1024}?[ \t](?:-u|--user)[ =]?["']?[^\s:"']{1,128}:)([^\s"']+)/g,
    accepts: isPassword,
  },
];

function matchesOf(shape: SecretShape, text: string): SecretMatch[] {
  const found: SecretMatch[] = [];
  for (const match of text.matchAll(shape.pattern)) {
    const [, prefix = "", secret = ""] = match;
    if (shape.accepts !== undefined && !shape.accepts(secret)) continue;
    const start = match.index + prefix.length;
    found.push({ kind: shape.kind, from: match.index, start, end: start + secret.length });
  }
  return found;
}

/** All secrets in the text, earliest first; where two shapes overlap the union is masked under the first one's name. */
export function findSecrets(text: string): readonly SecretMatch[] {
  const found = SHAPES.flatMap((shape) => matchesOf(shape, text)).sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: SecretMatch[] = [];
  for (const match of found) {
    const last = merged.at(-1);
    if (last !== undefined && match.start < last.end) {
      merged[merged.length - 1] = { ...last, from: Math.min(last.from, match.from), end: Math.max(last.end, match.end) };
    } else merged.push(match);
  }
  return merged;
}
