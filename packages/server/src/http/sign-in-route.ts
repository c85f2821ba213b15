// GET /sign-in/:token: a one-time link goes in, a session cookie and the way to the first page come out.
// A link that was used or is too old gets a page that says so and what to do; the token is never logged.
import type { FastifyInstance } from "fastify";
import type { Identity } from "../identity/identity.ts";
import { sendBarePage } from "./bare-page.ts";
import type { CheckLimit } from "./rate-limits.ts";

export const signInPath = "/sign-in/:token";

const refused = `<p>A link works once and for 15 minutes. Nobody was signed in.</p>
<p>Where the server runs on your own machine: stop it and start it again, it prints a new link. Elsewhere: ask an admin for a new one.</p>`;

export function mountSignIn(app: FastifyInstance, identity: Pick<Identity, "redeemSignInLink">, limit: CheckLimit): void {
  app.get<{ Params: { token: string } }>(signInPath, { onRequest: [limit] }, async (request, reply) => {
    const cookies = await identity.redeemSignInLink(request.params.token, {
      ip: request.ip,
      userAgent: request.headers["user-agent"] ?? "",
    });
    if (cookies === null) return sendBarePage(reply, 410, "This sign-in link is no longer valid", refused);
    return reply
      .header("cache-control", "no-store")
      .header("referrer-policy", "no-referrer")
      .header("set-cookie", cookies)
      .redirect("/", 303);
  });
}
