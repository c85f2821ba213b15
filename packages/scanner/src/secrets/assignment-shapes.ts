// Secrets by the name in front of them: `name = value` in the spellings of files, JSON, XML, tables and command lines.
import { isMachineMade, isPassword, isTokenLike, type SecretShape } from "./secret-shape.ts";

const isWorkingDirectory = (value: string): boolean => value === "" || /^[~/.]/.test(value);

const PASSWORD_KEY = "(?:password|passwd|passphrase|passcode|requirepass|masterauth|storepass|keypass|community|pepper|key content)";
/** Names with pass and pwd at their end, where a word like "bypass" must not count. */
const SHORT_PASSWORD_KEY = "(?:[_.-]pass|[_.-]PASS|[a-z0-9]Pass|[_.-]pwd|[_.-]PWD|[a-z0-9]Pwd|_pw|_PW|\\bpass)";
export const TOKEN_KEY =
  "(?:(?:secret[_-]?access|access|secret|private|account|api|encryption|license|user|app|application|master|signing|signature|preshared|pre[_-]shared|shared[_-]?access|shared|integration|routing|service|hmac|deploy|storage|admin|root|ingest|crypt|cipher|session|cookie|auth|host|primary|secondary|write|certificate|tls[_-]auth|unseal)[_-]?key(?:[_-]?(?:id|base|data))?|client[_-]key[_-]data|apikey|secret[_-]?id|psk|encrypt|encoded|hmac|_auth|auth[_-]?token|client[_-]?secret|webhook|salt|token|secret|credentials?)";
/** What may stand in quotes below this name only: it is too common a word elsewhere. */
const QUOTED_KEY = "(?:auth|key|pass|pin|otp|cookie|signature|salt|nonce_key)";
const ASSIGN = "[\"']?[ \\t]*(?:=>|:=|[:=](?!>))[ \\t]*";
/** An ARN says "secret:" before a name; a size is no value. */
const NAME_END = "(?<!:secret)(?<!:token)";
const NO_SIZE = "(?![0-9]+ (?:bytes|byte|items|chars))";

/** The same key before a value in double quotes, in single ones, in none, and inside a JSON string in a string. */
const assignment = (kind: string, key: string, flags: string, accepts: (secret: string) => boolean): SecretShape => {
  const bare = `${NO_SIZE}([^\\s"'\\\\,;&(){}\\[\\]][^\\s"'\\\\,;&){}\\]]*)`;
  const value = `(?:b?"{1,3}([^"\\r\\n]+)|b?'{1,3}([^'\\r\\n]+)|${bare})`;
  const escaped = '\\\\"[ \\t]*[:=][ \\t]*\\\\"([^"\\\\\\r\\n]+)';
  return { kind, pattern: new RegExp(`${key}${NAME_END}(?:${ASSIGN}${value}|${escaped})`, flags), accepts };
};

const words = (key: string): string => `(?:[\\w.-]{0,64}${key}[\\w.-]{0,16})`;

export const assignmentShapes: readonly SecretShape[] = [
  assignment("password", PASSWORD_KEY, "gi", isPassword),
  assignment("password", SHORT_PASSWORD_KEY, "g", isPassword),
  assignment("token", TOKEN_KEY, "gi", isTokenLike),
  { kind: "token", pattern: new RegExp(`("${QUOTED_KEY}"[ \\t]*:[ \\t]*")([^"\\r\\n]{8,})`, "gi"), accepts: isMachineMade },
  // what a plan changes it into
  {
    hints: ["->"],
    kind: "password",
    pattern: /((?:password|passwd|secret|token|_key)["']?[ \t]*[:=][ \t]*"[^"\r\n]{0,256}"[ \t]*->[ \t]*")([^"\r\n]+)/gi,
    accepts: isTokenLike,
  },
  // the private numbers of a JSON web key
  { kind: "private-key", pattern: /("(?:d|k|p|q|dp|dq|qi)"[ \t]*:[ \t]*")([\w-]{20,})(?=")/g },
  {
    kind: "password",
    pattern: /((?:^|[^A-Za-z])pwd[ \t]*=[ \t]*)([^\s"';,&]+)/gi,
    accepts: (secret) => isPassword(secret) && !isWorkingDirectory(secret),
  },
  // <password>x</password>, <property name="password" value="x"/>, name: DB_PASSWORD, value: x
  {
    hints: ["</"],
    kind: "password",
    pattern:
      /(<(?:[\w.:-]{0,40})(?:password|passphrase|passwd|secret|token|apikey|privatekey|accesskey)(?:[\w.-]{0,20})(?:[ \t][^<>\r\n]{0,200})?>)([^<\r\n]+)(?=<)/gi,
    accepts: isPassword,
  },
  {
    kind: "password",
    pattern: new RegExp(
      `(["']?\\b(?:name|key)["']?[ \\t]*[:=][ \\t]*\\\\?["']?${words("(?:password|passwd|secret|token|api_?key|private_?key|_pwd|_pass)")}\\\\?["']?[ \\t]*,?[ \\t]*\\\\?["']?\\bvalue\\\\?["']?[ \\t]*[:=][ \\t]*\\\\?["']?)([^\\s"'\\\\,}]+)`,
      "gi",
    ),
    accepts: isTokenLike,
  },
  // a table of two columns
  {
    kind: "password",
    pattern: new RegExp(
      `((?:password|passwd|_pass|_pwd|passphrase)(?:[ \\t]{2,}|[ \\t]*\\|[ \\t]*)${NO_SIZE})([^\\s|]{4,})(?=[ \\t|]*\\r?$)`,
      "gim",
    ),
    accepts: isTokenLike,
  },
  {
    kind: "token",
    pattern: new RegExp(`(${TOKEN_KEY}(?:[ \\t]{2,}|[ \\t]*\\|[ \\t]*)${NO_SIZE})([^\\s|]{8,})(?=[ \\t|]*\\r?$)`, "gim"),
    accepts: isMachineMade,
  },
  // options of command lines
  {
    kind: "password",
    pattern:
      /(?<![\w-])(--?(?:[a-z]{1,20}-){0,3}(?:password|passwd|passphrase|pass|token|secret|api-key|access-key|secret-key|client-secret|certificate-key|auth-token|private-key|encryption-key)(?:[ \t]+|=)["']?)([^\s"'=-][^\s"']*)/g,
    accepts: isPassword,
  },
  {
    kind: "password",
    pattern: /(\bcurl\b[^\r\n]{0,1024}?[ \t](?:-u|--user)[ =]?["']?[^\s:"']{1,128}:)([^\s"']+)/g,
    accepts: isPassword,
  },
  {
    kind: "password",
    pattern: /(\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mysqlsh|mycli)\b[^\r\n|]{0,512}?[ \t]-p["']?)([^\s"']+)/g,
    accepts: isPassword,
  },
  { kind: "password", pattern: /(\bsshpass[ \t]+-p[ \t]*["']?)([^\s"']+)/g, accepts: isPassword },
  { kind: "password", pattern: /(\bredis-cli\b[^\r\n|]{0,512}?[ \t]-a[ \t]*["']?)([^\s"']+)/g, accepts: isPassword },
  {
    kind: "password",
    pattern: /(\bldap(?:search|modify|add|passwd|whoami)\b[^\r\n|]{0,512}?[ \t]-w[ \t]*["']?)([^\s"']+)/g,
    accepts: isPassword,
  },
  { kind: "password", pattern: /\b(?:sqlcmd|bcp|osql)\b[^\r\n|]{0,512}?[ \t]-P[ \t]*["']?([^\s"']+)/g, accepts: isPassword },
  { kind: "password", pattern: /\bsmbclient\b[^\r\n|]{0,512}?[ \t]-U[ \t]*["']?[^\s%]{1,64}%([^\s"']+)/g, accepts: isPassword },
  {
    kind: "password",
    pattern: /\bhtpasswd[ \t]+-[a-zA-Z]{0,8}b[a-zA-Z]{0,8}[ \t]+(?:\S{1,256}[ \t]+){1,2}["']?([^\s"']+)/g,
    accepts: isPassword,
  },
  { kind: "password", pattern: /\bConvertTo-SecureString[ \t]+(?:-String[ \t]+)?["']([^"'\r\n]+)/g, accepts: isPassword },
  { kind: "password", pattern: /\bnet use[ \t]+(?:\S{1,3}[ \t]+)?\\\\\S{1,256}[ \t]+([^\s/]+)/gi, accepts: isPassword },
  { kind: "password", pattern: /["'][\w]{0,64}(?:PASSWORD|_PW|_PASS|_SECRET|_TOKEN)=([^"'\r\n]+)/g, accepts: isPassword },
  { kind: "token", pattern: /\b(?:secrets|passwords|credentials)["']?[ \t]*[:=][ \t]*\{([^}\r\n]*[:=][^}\r\n]+)/g, accepts: isPassword },
  {
    kind: "password",
    pattern: /\bdefine\([ \t]*["']\w{0,64}(?:PASSWORD|KEY|SALT|SECRET|TOKEN)["'][ \t]*,[ \t]*["']((?:[^"'\\\r\n]|\\.)+)/g,
    accepts: isPassword,
  },
  // statements and files of their own form
  {
    hints: ["PASSWORD '", "password '", "assword '", "BY '", "by '", "AS '", "as '"],
    kind: "password",
    pattern: /(\b(?:password|identified(?:[ \t]+with[ \t]+\w{1,40})?[ \t]+(?:by|as))[ \t]+')([^'\r\n]+)/gi,
    accepts: isPassword,
  },
  { kind: "password", pattern: /(\b(?:password|secret|key|key-string|community)[ \t]+[0579][ \t]+)([0-9A-Za-z$./]{6,})/g },
  { kind: "password", pattern: /(\b(?:login|user|account)[ \t]+\S{1,128}[ \t]+password[ \t]+)(\S+)/g, accepts: isPassword },
  { kind: "password", pattern: /(^[ \t]*password[ \t]+)(\S{6,})(?=[ \t]*\r?$)/gm, accepts: isTokenLike },
  {
    kind: "password",
    pattern: /(^[^\s:#]{1,255}:(?:\d{1,5}|\*):(?!\d+:)[^\s:]{1,64}:[A-Za-z_*][^\s:]{0,63}:)(\S{4,})(?=[ \t]*\r?$)/gm,
    accepts: isTokenLike,
  },
  {
    hints: ["assword"],
    kind: "password",
    pattern: /(\b(?:temporary|initial|generated|default|root|admin|new)[ \t]+password\b[^\r\n:]{0,80}:[ \t]*)(\S{6,})/gi,
    accepts: isPassword,
  },
  {
    kind: "password",
    pattern:
      /(?:\bsnmp-server community|\b(?:tacacs|radius)-server key|\bpre-shared-key(?:[ \t]+address[ \t]+\S{1,64})?(?:[ \t]+key)?|\bisakmp key|\b(?:rootpw|bindpw|masterauth|requirepass|auth-pass|secret-key|set password)|\bcredentials=|\bstats auth \S{1,64}:)[ \t]*(?:[05679][ \t]+)?["']?([^\s"']{4,})/g,
    accepts: isPassword,
  },
  { kind: "password", pattern: /:[ \t]*(?:PSK|EAP|XAUTH|NTLM)[ \t]+"([^"\r\n]+)/g },
  { kind: "password", pattern: /^user \S{1,64} on\b[^\r\n]{0,256}?[ \t]>(\S+)/gm },
  { kind: "password", pattern: /^"[\w.-]{1,64}" "([^"\r\n]{6,})"\r?$/gm },
  {
    hints: ["@"],
    kind: "password",
    pattern: /^\[?[\w.-]{1,255}\]?(?::\d{1,5})?[ \t]+[^\s:]{1,128}@[\w.-]{1,128}:(\S{4,})(?=[ \t]*\r?$)/gm,
  },
  { kind: "password", pattern: /\bNew (?:value|password|token|secret|key):[ \t]*(\S{6,})/g },
  { hints: ["=\t"], kind: "private-key", pattern: /^\S{1,16}\t([A-Za-z0-9+/]{43}=)(?=\t[A-Za-z0-9+/]{43}=\t\d)/gm },
  { hints: ["=\t"], kind: "token", pattern: /^\S{1,16}\t[A-Za-z0-9+/]{43}=\t([A-Za-z0-9+/]{43}=)(?=\t)/gm },
  { kind: "token", pattern: /(\b(?:unseal|recovery)[ \t]+key[ \t]+\d{1,2}:[ \t]*)(\S{20,})/gi },
];
