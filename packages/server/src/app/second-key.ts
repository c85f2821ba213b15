// A classification goes in, whether its second key is turned comes out: the answer that a preview shows beside each command.
// Missing is for good (an advisor has no opinion), pending ends with the language model's answer, which can only raise the risk.
import type { Classification } from "@dd0c/core";

export type SecondKey = "turned" | "pending" | "missing";

/** @param modelWaits whether a language model is on and was not asked about it */
export function secondKeyOf({ answers }: Classification, modelWaits: boolean): SecondKey {
  if (answers.length === 0 || answers.some(({ opinion }) => opinion === null)) return "missing";
  return modelWaits ? "pending" : "turned";
}
