// Why a command got its risk, in one sentence for a margin: the strictest finding, or what kept a read from being safe.
// A classified command goes in, a sentence or nothing comes out; a safe command needs none.
import type { ClassifiedCommand } from "@dd0c/core";

export const shortReason = ({ verdict, classification }: ClassifiedCommand): string | null => {
  if (classification.risk === "safe") return null;
  const reason = verdict.reasons.find(({ risk }) => risk === classification.risk);
  if (reason !== undefined)
    return reason.saferAlternative === undefined ? reason.message : `${reason.message} Safer: ${reason.saferAlternative}`;
  const told = classification.answers.flatMap(({ opinion, absence }) => (opinion === null ? (absence ?? []) : opinion.reasoning));
  return told.length === 0 ? null : `It only reads, but ${told.join("; ")}.`;
};
