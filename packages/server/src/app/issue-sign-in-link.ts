// A member's address goes in, a link that signs in once within 15 minutes comes out. The only place that makes one.
import type { AppContext } from "./context.ts";

/** `origin` without a trailing slash. The link is a secret: it is shown to one person and never logged. */
export async function issueSignInLink(app: Pick<AppContext, "identity">, email: string, origin: string): Promise<string> {
  return `${origin}/sign-in/${await app.identity.issueSignInToken(email)}`;
}
