// A refusal of the server in, sentences for a person out: what happened, what state things are in, what to do next.
// The server's message is shown as it is; only the next step is chosen here, by code.

export interface RefusalFacts {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  readonly status: number;
}

export interface ErrorAdvice {
  readonly message: string;
  readonly next: string;
  readonly code: string;
  readonly requestId: string;
}

const NEXT: Readonly<Record<string, string>> = {
  DIGEST_MISMATCH: "The step changed since you read it. Nothing ran. Read it again, then decide.",
  AGENT_STRICTER: "Nothing ran. Open the step again to see the difference.",
  AGENT_OFFLINE: "Nothing was sent. See Agents for when it was last heard.",
  HUMAN_REQUIRED: "Only a signed-in person may do this.",
  LAST_ADMIN: "Make somebody else an admin first.",
  MEMBER_EXISTS: "They stand in the list of members: change their role there, or make a sign-in link.",
  RATE_LIMITED: "Nothing was changed. Wait a moment, then try again.",
  PANIC_ACTIVE: "Everything is stopped. An admin lifts it from the banner at the top.",
  PARTY_MODE_ACTIVE: "Nothing is classified or run. The banner at the top says why; an admin clears it after an investigation.",
};

const BY_STATUS: Readonly<Record<number, string>> = {
  401: "Sign in again; your text stays in this tab.",
  403: "Ask an admin if you need this role.",
  404: "It may have been deleted, or it belongs to another organisation.",
  409: "The state changed meanwhile. The page shows the current one.",
};

const NETWORK: ErrorAdvice = {
  message: "The server did not answer.",
  next: "If you sent a decision just now, it is not known whether it arrived: read the state once the connection is back before you repeat it.",
  code: "NO_ANSWER",
  requestId: "",
};

/** null stands for a broken connection: nothing is known about what the server did. */
export const adviseOnError = (refusal: RefusalFacts | null): ErrorAdvice => {
  if (refusal === null) return NETWORK;
  const { code, message, requestId, status } = refusal;
  const next =
    NEXT[code] ?? BY_STATUS[status] ?? (status >= 500 ? "Try again. If it stays, send the code and the request id to your admin." : "");
  return { message, next, code, requestId };
};
