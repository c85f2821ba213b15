// Why a command got its risk, in one sentence for a margin: the strictest finding, or what kept a read from being safe.
// A classified command goes in, a sentence or nothing comes out; a safe command needs none.
import type { ClassifiedCommand, RunbookCommand } from "@dd0c/core";

export const shortReason = (command: Pick<RunbookCommand, "language">, { verdict, classification }: ClassifiedCommand): string | null => {
  if (classification.risk === "safe") return null;
  if (command.language !== undefined) return "This is no shell command, and was judged as if it were one.";
  const reason = verdict.reasons.find(({ risk }) => risk === classification.risk);
  if (reason !== undefined)
    return reason.saferAlternative === undefined ? reason.message : `${reason.message} Safer: ${reason.saferAlternative}`;
  const told = classification.answers.flatMap(({ opinion, absence }) => (opinion === null ? (absence ?? []) : opinion.reasoning));
  return told.length === 0 ? null : `It only reads, but ${told.join("; ")}.`;
};
