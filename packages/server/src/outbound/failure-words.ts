// What a connection failed with -> a sentence for people. Known codes alone: messages of libraries may quote what was sent.

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: "The host name is unknown.",
  EAI_AGAIN: "The host name could not be resolved just now.",
  ECONNREFUSED: "Nothing listens at that address.",
  ECONNRESET: "The other side closed the connection.",
  EPIPE: "The other side closed the connection.",
  ETIMEDOUT: "The other side did not answer in time.",
  EHOSTUNREACH: "The network has no way to that address.",
  ENETUNREACH: "The network has no way to that address.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is signed by nobody that this server trusts.",
  SELF_SIGNED_CERT_IN_CHAIN: "Its certificate is signed by nobody that this server trusts.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Its certificate is signed by nobody that this server trusts.",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "Its certificate is signed by nobody that this server trusts.",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  CERT_NOT_YET_VALID: "Its certificate is not valid yet.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another name.",
  HPE_HEADER_OVERFLOW: "The headers of its answer are too long.",
  ABORT_ERR: "This server stopped before the answer came.",
};

const codeOf = (error: unknown): string => {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
};

export function wordsOfFailure(error: unknown): string {
  const code = codeOf(error);
  if (Object.hasOwn(words, code)) return words[code] ?? "";
  if (code.startsWith("HPE_")) return "Its answer is not HTTP.";
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS")) return "No secure connection could be agreed on.";
  return /^[A-Z0-9_]{1,60}$/.test(code) ? `The connection failed (${code}).` : "The connection failed.";
}
