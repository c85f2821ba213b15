// A second person as the product brings one in: an admin makes the link, the person opens it and presses the button.
import { cookieHeader } from "../src/identity/identity.ts";

interface Inviter {
  readonly call: (name: "inviteMember", input: { readonly body: never }) => Promise<{ readonly url: string }>;
}

export const bobAs = (role: "admin" | "approver" | "operator") => ({ email: "bob@example.com", name: "Bob", role });

/** @returns the link */
export const invite = async (admin: Inviter, who: object): Promise<string> =>
  (await admin.call("inviteMember", { body: who as never })).url;

/** @returns the Cookie header of the session that the link gives */
export async function accept(link: string): Promise<string> {
  const answer = await fetch(link, { method: "POST", redirect: "manual", headers: { origin: new URL(link).origin } });
  const cookie = cookieHeader(answer.headers.getSetCookie());
  if (cookie === "") throw new Error(`the link gave no session (${answer.status})`);
  return cookie;
}
