// A chat or an incident review goes in, a draft runbook with its notes comes out, deterministic and without being stored or classified.
// Saving the draft is saving a text: it is parsed, classified and recorded like any other.
import { AppError, distil, type Distilled } from "@dd0c/core";

/** Errors: PARSE_FAILED where the text is neither or tells of nothing that helped, INPUT_TOO_LARGE. */
export function distilRunbook(rawText: string, kind: "auto" | "chat" | "postmortem"): Distilled {
  const result = distil(rawText, kind);
  if (!result.ok) throw new AppError(result.error.code, result.error.message);
  return result.distilled;
}
