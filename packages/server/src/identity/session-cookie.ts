// The session token out of a Cookie header, after its signature was proven. In: header, name, secret. Out: the token or undefined.
// The identity library writes this cookie (`token.base64(hmac-sha256(token))`, percent-encoded); its own way of reading a session costs three
// statements where the one in identity.ts needs one. A token whose signature does not match never reaches the database.
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SessionCookie {
  /** As the identity library names it, prefix included. */
  readonly name: string;
  readonly secret: string;
}

const shape = /^([A-Za-z0-9_-]{16,128})\.([A-Za-z0-9+/]{43}=)$/;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

/** Undefined: no such cookie, more than one, or one that nobody here signed. */
export function sessionTokenOf(header: string, { name, secret }: SessionCookie): string | undefined {
  const values = header.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === name ? [decoded(pair.slice(equals + 1).trim())] : [];
  });
  const [, token, signature] = (values.length === 1 && shape.exec(values[0] ?? "")) || [];
  if (token === undefined || signature === undefined) return undefined;
  const expected = createHmac("sha256", secret).update(token).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "base64")) ? token : undefined;
}
