// What went wrong when a server was asked goes in; a code, a sentence and an exit code come out. Never the key, never a stack.
import { ApiError } from "@dd0c/protocol/http";

export interface ServerFailure {
  /** A code of docs/errors.md; SERVER_UNREACHABLE or UNREADABLE_ANSWER where no server of ours answered. */
  readonly code: string;
  readonly message: string;
  /** 4: the server was not reached or failed. 5: it refused the key. */
  readonly exit: 4 | 5;
}

/** Why a connection failed, in the system's word (ECONNREFUSED); fetch wraps it. */
function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}

const keyHelp: Readonly<Record<number, string>> = {
  401: " The key is wrong, revoked, or of another server.",
  403: " The key's role is not enough.",
};

export function serverFailure(error: unknown, url: string): ServerFailure {
  if (error instanceof ApiError) {
    const help = keyHelp[error.status];
    return { code: error.code, message: `${error.message}${help ?? ""}`, exit: help === undefined ? 4 : 5 };
  }
  if (error instanceof SyntaxError)
    return { code: "UNREADABLE_ANSWER", message: `What answers at ${url} is no dd0c server. Correct DD0C_URL.`, exit: 4 };
  return {
    code: "SERVER_UNREACHABLE",
    message: `${url} cannot be reached (${systemReason(error)}). Check DD0C_URL and the network.`,
    exit: 4,
  };
}
