// What a look-up printed -> a count, or one value, or why neither. Text from elsewhere: a value that is odd in any way is no value.
// Called by the engine with the masked output that the executor kept. Decides nothing.
import { readTwin } from "@dd0c/scanner";
import type { StepResult } from "../types.ts";
import type { LookResult, LookUp } from "./look-up.ts";

export type LookReading = Pick<LookResult, "radius" | "captured" | "failure">;

export const toldNothing = (failure: NonNullable<LookResult["failure"]>): LookReading => ({ radius: null, captured: null, failure });

/** Enough for a mode, an image, an option string or a small setting; what is longer is no single word. */
const maxCaptureLength = 1_000;
/** What the masker leaves in the place of a secret. */
const maskMark = "[masked:";

/** @param stdout null where it was not kept whole */
export function readLook(look: Pick<LookUp, "reading">, result: StepResult, stdout: string | null): LookReading {
  const exitCodes = result.members.filter(({ exitCode, signal }) => exitCode !== null || signal !== null).map(({ exitCode }) => exitCode);
  const good = result.message === null && exitCodes.length > 0 && exitCodes.every((code) => code === 0);
  if (!good) return toldNothing("failed");
  if (stdout === null || result.truncated) return toldNothing("unreadable");
  // Where a secret was cut out nobody knows what else the output says.
  if (stdout.includes(maskMark)) return toldNothing("masked");
  if (look.reading === null) return readCapture(stdout);
  const radius = readTwin(look.reading, { stdout, exitCodes, truncated: result.truncated });
  return radius === undefined ? toldNothing("unreadable") : { radius, captured: null, failure: null };
}

/** One line of printable ASCII that does not begin an option; everything else is not captured. */
function readCapture(stdout: string): LookReading {
  const value = stdout.trim();
  const plain = /^[\x20-\x7e]+$/.test(value) && !value.startsWith("-") && value.length <= maxCaptureLength;
  return plain ? { radius: null, captured: value, failure: null } : toldNothing("unreadable");
}
