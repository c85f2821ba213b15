// Command text -> the text of its twin, as an app would come by it. Test code only.
import { findTwinOfText } from "../blast-radius/find-twin.ts";
import type { Twin } from "../blast-radius/types.ts";
import { scan } from "../scan.ts";

export function twinOf(text: string): Twin | undefined {
  return findTwinOfText(text, scan(text));
}

/** null: there is none. */
export const twinText = (text: string): string | null => twinOf(text)?.command ?? null;
