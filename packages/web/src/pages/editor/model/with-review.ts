// A preview and what a language model said about exactly this text go in; the commands as they are judged together come out, each with the
// state of its second key. Only the server merges: here its two answers are laid side by side, and a command that differs is left as it was.
import type { WireClassifiedCommand, WireModelReview, WirePreview, WireRisk } from "@dd0c/protocol/http";

export interface KeyedCommand extends WireClassifiedCommand {
  readonly second_key: WirePreview["commands"][number]["second_key"];
}

const ORDER: readonly WireRisk[] = ["safe", "caution", "unknown", "dangerous"];

/** A model can only make people more careful; an answer that would do otherwise is not shown. */
const isStricter = (theirs: WireRisk, ours: WireRisk): boolean => ORDER.indexOf(theirs) >= ORDER.indexOf(ours);

export const withReview = (preview: WirePreview, review: WireModelReview | undefined): readonly KeyedCommand[] =>
  preview.commands.map((command) => {
    const reviewed = review?.commands.find(({ label }) => label === command.label);
    if (reviewed?.command !== command.command || !isStricter(reviewed.classification.risk, command.classification.risk)) return command;
    return { ...command, classification: reviewed.classification, second_key: reviewed.second_key };
  });

/** Somebody still has to ask. */
export const waitsForModel = (commands: readonly KeyedCommand[]): boolean => commands.some(({ second_key }) => second_key === "pending");
