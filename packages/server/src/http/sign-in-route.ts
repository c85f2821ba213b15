// GET /sign-in/:token: a one-time link goes in, a session cookie and the way to the first page come out.
// A link that was used or is too old gets a page that says so and what to do; the token is never logged.
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Identity } from "../identity/identity.ts";
import type { CheckLimit } from "./rate-limits.ts";

export const signInPath = "/sign-in/:token";

const style =
  "body{max-width:36rem;margin:20vh auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;background:#14181d;color:#e6e9ed}h1{font-size:1.4rem}";
const styleHash = createHash("sha256").update(style).digest("base64");

const refusedPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign-in link no longer valid - dd0c/run</title><style>${style}</style></head>
<body><main><h1>This sign-in link is no longer valid</h1>
<p>A link works once and for 15 minutes. Nobody was signed in.</p>
<p>Where the server runs on your own machine: stop it and start it again, it prints a new link. Elsewhere: ask an admin for a new one.</p>
</main></body></html>
`;

export function mountSignIn(app: FastifyInstance, identity: Pick<Identity, "redeemSignInLink">, limit: CheckLimit): void {
  app.get<{ Params: { token: string } }>(signInPath, { onRequest: [limit] }, async (request, reply) => {
    const cookies = await identity.redeemSignInLink(request.params.token, {
      ip: request.ip,
      userAgent: request.headers["user-agent"] ?? "",
    });
    reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    if (cookies === null) {
      return reply
        .code(410)
        .header("content-security-policy", `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`)
        .type("text/html; charset=utf-8")
        .send(refusedPage);
    }
    return reply.header("set-cookie", cookies).redirect("/", 303);
  });
}
