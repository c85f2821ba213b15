// Somebody who was invited by name has no e-mail address, and the identity library wants one of everybody. An id goes in, an address that can
// never receive mail comes out; people are never shown it.

const noMailDomain = "@no-mail.invalid";

export const noMailAddress = (id: string): string => `${id}${noMailDomain}`;

/** Null where the account has no address of a person's. */
export const shownEmail = (email: string): string | null => (email.endsWith(noMailDomain) ? null : email);
