// /slack/link/:code: opening the link shows which Slack user would become whom and changes nothing; the button on that page binds them. Needs a
// signed-in member of the organisation whose Slack it is. The code is never logged.
import { AppError } from "@dd0c/core";
import type { FastifyInstance } from "fastify";
import type { OfferedLink, SlackUser } from "../app/slack-link.ts";
import type { Caller } from "../identity/caller.ts";
import { escaped, sendBarePage } from "./bare-page.ts";
import type { CheckLimit } from "./rate-limits.ts";

const pagePath = "/slack/link/:code";

export interface SlackLinkDoor {
  /** This server's Slack is another organisation's. */
  readonly isElsewhere: (caller: Caller) => boolean;
  readonly read: (caller: Caller, code: string) => Promise<OfferedLink | null>;
  /** Null: the link is no good any more. */
  readonly accept: (caller: Caller, code: string) => Promise<SlackUser | null>;
}

const refused = `<p>A link works once, for fifteen minutes, and for the organisation whose Slack it came from. Nothing was linked.</p>
<p>Type <strong>/dd0c link</strong> in Slack for a new one.</p>`;

const signInFirst = `<p>This page says who you are in Slack, so it has to know who you are here.</p>
<p>Sign in in this browser, then open the link from Slack again. It works for fifteen minutes.</p>`;

const elsewhere = `<p>The Slack app of this installation belongs to one organisation, and that is not the one you are signed in to. Nothing was linked.</p>
<p>Your organisation's runs and alerts are not told in Slack. Everything is on the web.</p>`;

/** Nothing ends without having been said. */
const endsBy = ({ instead, takenFrom }: OfferedLink): string =>
  [
    instead === null ? "" : `<p>Until now <strong>@${escaped(instead)}</strong> is you in Slack. That ends.</p>`,
    takenFrom === null ? "" : `<p>Until now this Slack account acts as <strong>${escaped(takenFrom)}</strong>. That ends.</p>`,
  ].join("\n");

const confirmPage = (
  user: OfferedLink,
  caller: Caller,
): string => `<p>Slack user: <strong>@${escaped(user.name)}</strong> (${escaped(user.id)})</p>
<p>You here: <strong>${escaped(caller.name)}</strong>, ${caller.role}</p>
${endsBy(user)}
<p class="note">Whoever uses that Slack account can then start runs and approve steps with your role. Go on only if you typed <strong>/dd0c link</strong> there yourself, just now.</p>
<form method="post"><button type="submit">That is me: link them</button></form>
<p class="faint"><strong>/dd0c unlink</strong> in Slack takes it back. Both are recorded.</p>`;

const donePage = (user: SlackUser): string => `<p>@${escaped(user.name)} is you now. Go back to Slack and press the button again.</p>`;

/** Throws UNAUTHENTICATED, ORIGIN_REFUSED (through the route): nobody is linked without having seen this page. */
export function mountSlackLink(app: FastifyInstance, door: SlackLinkDoor, limit: CheckLimit, allowedOrigins: ReadonlySet<string>): void {
  app.get<{ Params: { code: string } }>(pagePath, { onRequest: [limit] }, async (request, reply) => {
    const { caller } = request;
    if (caller?.via !== "web") return sendBarePage(reply, 401, "Sign in first", signInFirst);
    if (door.isElsewhere(caller)) return sendBarePage(reply, 403, "Slack belongs to another organisation", elsewhere);
    const user = await door.read(caller, request.params.code);
    if (user === null) return sendBarePage(reply, 410, "This link is no longer valid", refused);
    return sendBarePage(reply, 200, "Link your Slack account", confirmPage(user, caller));
  });
  void app.register(async (forms) => {
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser("*", { parseAs: "string", bodyLimit: 1_000 }, (_request, _body, done) => done(null, undefined));
    forms.post<{ Params: { code: string } }>(pagePath, { onRequest: [limit] }, async (request, reply) => {
      if (!allowedOrigins.has(request.headers.origin ?? "")) throw new AppError("ORIGIN_REFUSED");
      const { caller } = request;
      if (caller?.via !== "web") throw new AppError("UNAUTHENTICATED");
      if (door.isElsewhere(caller)) return sendBarePage(reply, 403, "Slack belongs to another organisation", elsewhere);
      const user = await door.accept(caller, request.params.code);
      if (user === null) return sendBarePage(reply, 410, "This link is no longer valid", refused);
      return sendBarePage(reply, 200, "Linked", donePage(user));
    });
  });
}
