// A Slack user becomes a member the way a person does it: the command in Slack, the link in a signed-in browser, the button there.
import type { Session } from "../running-server.ts";
import type { FakeSlack } from "./fake-slack.ts";

/** What somebody was told privately after now; waits for it. */
export async function whisperedTo(slack: FakeSlack, user: string, does: () => Promise<unknown>): Promise<string> {
  const before = slack.whispers.length;
  await does();
  const said = await eventually(() => slack.whispers.slice(before).find((each) => each.user === user), `${user} is told something`);
  return said.text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Polls until there is something. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  withinMs = 15_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function linkSlackUser(slack: FakeSlack, session: Pick<Session, "headers">, url: string, user: string): Promise<void> {
  const said = await whisperedTo(slack, user, () => slack.command(user, "link"));
  const page = /http\S+\/slack\/link\/\S+/.exec(said)?.[0] ?? "";
  const answer = await fetch(page, { method: "POST", headers: { ...session.headers, origin: url } });
  if (!answer.ok || !(await answer.text()).includes("is you now")) throw new Error(`the link was not accepted (${answer.status})`);
}
