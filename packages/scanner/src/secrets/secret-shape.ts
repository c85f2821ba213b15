// The words of the tables beside this file: what a shape of a secret is, and when a value is one. Pure.

/** Half-open range of one secret. */
export interface SecretMatch {
  readonly kind: string;
  /** Where the shape begins: without the part in front, the secret would not be recognised. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export interface SecretShape {
  readonly kind: string;
  /** What the last group that took part holds is masked; the match ends with it. Repetitions are bounded where something follows them. */
  readonly pattern: RegExp;
  readonly accepts?: (secret: string) => boolean;
  /** A text with none of these words has no match: spares looking closely at floods of plain lines. */
  readonly hints?: readonly string[];
}

/** Words and forms that stand where a secret would. */
const PLACEHOLDERS: readonly string[] = [
  "true|false|null|nil|none|undefined|yes|no|empty|unset|required|optional|string|str|text|bytes",
  "changed|updated|expired|chauthtok|n\\/a|(?:data\\+)?(?:redacted|hidden|filtered|omitted|masked)",
  "your[_-].*|<.*|\\$(?:[a-z_]\\w*|[{(].*)?|\\?.*|\\{\\{.*|%[\\w({].*|\\*+|x{3,}|\\.{3}|-+",
  "\\((?:sensitive|hidden|known).*|[)\\]};,]+|\\[(?:masked|redacted|filtered|hidden|secure|private|sensitive).*|enc\\[.*",
];
const PLACEHOLDER = new RegExp(`^(?:${PLACEHOLDERS.join("|")})$`, "i");
/** A call, or a place in a program's settings: `os.environ[`, `vault.read(`, `process.env.TOKEN`. */
const CODE =
  /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+\??[([]|^(?:process\.env|import\.meta|os\.environ|config|settings|this|self|req|request|vars?|local|module|params|props)\.[\w.$]+$/;
/** `name:/path`, as units are given credentials. */
const NAMED_PATH = /^[\w.-]{1,64}:\/(?!\/)[\w./-]*$/;
const PATH = /^(?:~|\.{1,2})?\/[\w.-]+(?:\/[\w.-]+)*\/?$/;
const AWS_SECRET_LENGTH = 40;

/** Anything but a stand-in or a path. */
export function isPassword(value: string): boolean {
  if (PLACEHOLDER.test(value) || CODE.test(value) || NAMED_PATH.test(value)) return false;
  return value.length === AWS_SECRET_LENGTH || !PATH.test(value);
}

/** Words like "token" and "secret" stand in prose too: only a value that looks made by a machine counts. */
export function isTokenLike(value: string): boolean {
  return isPassword(value) && value.length >= 6 && (/\d/.test(value) || value.length >= 20 || /[^\w.:-]/.test(value));
}

/** Long, and of letters and digits as no name is: for places in which names stand as often as secrets. */
export function isMachineMade(value: string): boolean {
  if (!isPassword(value) || /^(?:arn|sha\d{1,3}):/.test(value) || value.length < 16 || !/\d/.test(value)) return false;
  return /^[0-9a-f-]{20,}$/i.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)) || /[+/=%]/.test(value);
}
