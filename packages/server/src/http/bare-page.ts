// A page without scripts, for whoever has no session yet: a heading and HTML go in, an answer that no other site can frame or style goes out.
// Whatever came from people must be escaped by the caller with `escaped`.
import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";

const style = `body{max-width:36rem;margin:15vh auto 3rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;background:#0c1117;color:#e6e9ed}
.mark{font:600 1rem ui-monospace,monospace}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}p{overflow-wrap:anywhere}
.note{border-left:4px solid #8b96a5;padding-left:1rem}.faint{color:#aab3be}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;border:0;border-radius:.375rem;background:#9ecbff;color:#0d1117;cursor:pointer}
button:focus-visible{outline:3px solid #e6e9ed;outline-offset:2px}`;
const styleHash = createHash("sha256").update(style).digest("base64");
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in HTML, also within quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");

/** `title` and `body` are HTML. Its address never goes to another site. */
export const sendBarePage = (reply: FastifyReply, status: number, title: string, body: string): FastifyReply =>
  reply
    .code(status)
    .header("cache-control", "no-store")
    .header("referrer-policy", "same-origin")
    .header("content-security-policy", policy)
    .type("text/html; charset=utf-8")
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - dd0c/run</title><style>${style}</style></head>
<body><main><p class="mark">dd0c/run</p>
<h1>${title}</h1>
${body}
</main></body></html>
`);
