// Why a model gave no opinion: a closed list of words. They stand in the audit log, in the record of calls and on the screen.
// A word says what happened and holds nothing of what a provider answered, so that no text of theirs reaches a log.

/** Each leaves the model's key unturned. */
export type Absence =
  | "timeout"
  | "cancelled"
  | "unreachable"
  | "provider failing"
  | "rate limited"
  | "key refused"
  | "request refused"
  | "redirected"
  | "answer too large"
  | "refused"
  | "truncated"
  | "malformed answer"
  | "wrong shape"
  | "text too long"
  | "not asked"
  | "monthly limit reached"
  | "paused after failures"
  | "internal fault";

const meanings: Readonly<Record<Absence, string>> = {
  timeout: "the model did not answer in time",
  cancelled: "nobody waited for the answer any more",
  unreachable: "the model's provider could not be reached",
  "provider failing": "the model's provider failed",
  "rate limited": "the model's provider asked for fewer requests",
  "key refused": "the model's provider refused the key",
  "request refused": "the model's provider refused the request",
  redirected: "the model's provider sent the request elsewhere, which is not followed",
  "answer too large": "the model's answer was too large to read",
  refused: "the model refused to answer",
  truncated: "the model's answer was cut off",
  "malformed answer": "the model's answer was not readable",
  "wrong shape": "the model's answer did not have the required shape",
  "text too long": "the text is too long for the model",
  "not asked": "it was not asked about this text",
  "monthly limit reached": "this month's limit of tokens is used up",
  "paused after failures": "the model's provider failed repeatedly and is left alone for a while",
  "internal fault": "asking the model failed on our side",
};

/** A sentence for people: what is missing and what it means. */
export const absenceNote = (absence: Absence): string =>
  `The language model gave no opinion: ${meanings[absence]}. What is shown comes from the scanner and the built-in advisor.`;
