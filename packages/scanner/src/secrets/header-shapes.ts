// Secrets by the protocol they travel in: request headers, addresses, cookies, logins of mail and stores.
import { isMachineMade, isPassword, isTokenLike, type SecretShape } from "./secret-shape.ts";

const hasDigit = (secret: string): boolean => /\d/.test(secret);

const queryNames =
  "x-amz-signature|x-amz-security-token|x-goog-signature|signature|sig|code|access_token|id_token|refresh_token|client_secret|password|secret|token|api_?key|apikey|app_?key|key|auth|sv_sig|hmac|session_?id|sid|jwt|ticket|otp|reset_token|invite_token|nonce_token";

export const headerShapes: readonly SecretShape[] = [
  {
    kind: "authorization",
    pattern: /(\bauthorization(?:\\?["'])?[ \t]*(?:[:=]|=>)[ \t]*(?:\\?["'])?(?:[A-Za-z][\w-]{1,31}[ \t]+)(?:token=)?)([^\s"',;\\]+)/gi,
    accepts: (secret) => isPassword(secret) && !/^(?:Credential|SignedHeaders)=/.test(secret),
  },
  {
    kind: "authorization",
    pattern: /(\bauthorization["']?[ \t]*[:=][ \t]*["']?)([A-Za-z0-9._~+/=-]{16,})(?=["'\s]|$)/gi,
    accepts: isMachineMade,
  },
  { kind: "authorization", pattern: /\bauthorization[ \t]+["']?(?:bearer|basic|token|digest)[ \t]+([^\s"';]{8,})/gi, accepts: isPassword },
  { kind: "bearer", pattern: /(\bbearer[ \t]+)([A-Za-z0-9._~+/-]{16,}=*)/gi, accepts: hasDigit },
  {
    kind: "token",
    pattern:
      /(\b(?:x-(?:[a-z]{1,20}-){0,3}(?:token|key|secret|auth|password)|private-token|job-token|api-key|dd-api-key|dd-application-key|circle-token)["']?[ \t]*[:= \t][ \t]*["']?)([^\s"',;]{8,})/gi,
    accepts: isTokenLike,
  },
  { kind: "signature", pattern: /(\bSignature=)([0-9a-f]{64}|[A-Za-z0-9+/%_~-]{40,}=*)/g },
  { hints: ["://"], kind: "url-password", pattern: /(:\/\/[^\s/:@"'<>]{0,128}:)([^\s/"'<>]{1,256})(?=@)/g, accepts: isPassword },
  {
    hints: ["://"],
    kind: "url-password",
    pattern:
      /(\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|clickhouse|ldaps?|smtps?|ftps?|sftp):\/\/[^\s/:@"']{0,128}:)([^\s"'@]{1,256})(?=@)/gi,
    accepts: isPassword,
  },
  // A password with an @ of its own, up to the last @ before a host and a port or path.
  {
    hints: ["://"],
    kind: "url-password",
    pattern: /(:\/\/[^\s/:@"'<>]{1,128}:)([^\s"'<>]{1,256})(?=@[\w.-]+(?::\d{1,5})?(?:[/?"'\s]|$))/gi,
    accepts: (secret) => isPassword(secret) && !/^\d{1,5}\//.test(secret),
  },
  // a token in the place of the user
  { hints: ["://"], kind: "url-password", pattern: /:\/\/([A-Za-z0-9_-]{30,255})(?=@(?!o\d{1,12}\.ingest))/g, accepts: hasDigit },
  // user:password@tcp(host) of Go, user/password@host of Oracle
  {
    kind: "url-password",
    pattern: /(\b[\w.-]{1,64}:)([^\s@/]{1,256})(?=@(?:tcp|unix)\()/g,
    accepts: isPassword,
    hints: ["@tcp(", "@unix("],
  },
  {
    kind: "url-password",
    pattern: /(\bjdbc:oracle:\w{1,8}:[\w$#]{1,64}\/)([^@\s"']{1,128})(?=@)/g,
    accepts: isPassword,
    hints: ["jdbc:oracle:"],
  },
  { kind: "token", pattern: new RegExp(`([?&;](?:amp;)?(?:${queryNames})=)([^\\s&"'<>\\\\;]{12,})`, "gi"), accepts: isTokenLike },
  {
    hints: ["SESS", "sess", "Session", "sid=", "ASPXAUTH", "CFTOKEN"],
    kind: "cookie",
    pattern: /(\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|ASPXAUTH|connect\.sid|CFTOKEN|laravel_session)=)([^\s;,"']{8,})/gi,
  },
  {
    kind: "cookie",
    pattern: /((?:session|sess|sid|remember|auth)(?:[_-]?(?:id|key|token))?=)([^\s;,"']{16,})/gi,
    accepts: isMachineMade,
  },
  { kind: "password", pattern: /(\bAUTH (?:PLAIN|LOGIN|XOAUTH2) )([A-Za-z0-9+/]{8,}=*)/g },
  { kind: "password", pattern: /("(?:AUTH|auth)" (?:"[^"\s]{1,64}" )?")([^"\s]{1,256})(?=")/g, accepts: isPassword },
  { kind: "token", pattern: /((?:\b|%3F|%26)secret(?:=|%3D))([A-Z2-7]{16,})/g },
  { kind: "token", pattern: /(\bsecret key is:?[ \t]*)([A-Z2-7]{16,})/gi },
];
