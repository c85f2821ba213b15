// A rendered command that changes something -> the reads that may go before it: its twin, and the capture that its inverse needs.
// Each is rendered and scanned here; what is not proven safe is left out, and then there is no number and no way back. Runs nothing.
import { findTwin, type Inverse, type Plan, type Reading, renderPlan, type Verdict } from "@dd0c/scanner";
import type { Sha256 } from "../../utf8.ts";
import { stepDigest } from "../digest.ts";
import type { Rendered } from "../render-template.ts";
import { renderTemplate } from "../render-template.ts";
import type { RunSettings } from "../types.ts";
import { checkLook, type LookUp } from "./look-up.ts";

/** A look-up is over after this; what it would have told is then not known. */
export const lookTimeoutMs = 30_000;

interface Looked {
  readonly plan: Plan | null;
  readonly verdict: Verdict;
  /** Not where the author wrote a way back. */
  readonly needsCapture: boolean;
  readonly run: Omit<RunSettings, "timeoutMs">;
}

export function findLooks({ plan, verdict, needsCapture, run }: Looked, sha256: Sha256): readonly LookUp[] {
  if (plan === null || verdict.risk === "safe") return [];
  const twin = findTwin(plan);
  const inverse: Inverse | undefined = needsCapture ? verdict.inverse : undefined;
  return [
    ...(twin === undefined ? [] : proven("twin", renderTemplate(renderPlan(twin.plan), [], []), twin.reading, run, sha256)),
    ...(inverse?.kind === "capture" ? proven("capture", renderTemplate(inverse.capture, [], []), null, run, sha256) : []),
  ];
}

function proven(
  purpose: "twin" | "capture",
  { text, plan, verdict }: Rendered,
  reading: Reading | null,
  settings: Omit<RunSettings, "timeoutMs">,
  sha256: Sha256,
): readonly LookUp[] {
  if (plan === null || !checkLook(verdict)) return [];
  const run: RunSettings = { ...settings, timeoutMs: lookTimeoutMs };
  const { risk, sensitive, unbounded, answerCodes, patternVersion } = verdict;
  return [
    {
      purpose,
      command: text,
      digest: stepDigest(plan, run, sha256),
      risk,
      sensitive,
      unbounded,
      run,
      answerCodes,
      pipelinesPerList: plan.lists.map((list) => 1 + list.rest.length),
      patternVersion,
      reading,
    },
  ];
}
