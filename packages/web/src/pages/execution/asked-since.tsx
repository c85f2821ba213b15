// How long a decision has been open and what its time means: reminders, then a stall. Time never approves.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { reminderWords } from "../../text/reminder-words.ts";
import { Age } from "../../ui/age.tsx";
import { useNow } from "../../ui/use-now.ts";

export const AskedSince = ({ step, serverTime }: { readonly step: WireStepExecution; readonly serverTime: string }) => {
  const now = useNow(10_000);
  if (step.asked_at === null || step.status !== "awaiting_approval") return null;
  const asked = Date.parse(step.asked_at);
  // The server's clock is the one that counts; this page's own only runs on from its last word.
  const openMs = Math.max(now, Date.parse(serverTime)) - asked;
  return (
    <span className="block">
      Asked <Age sinceMs={asked} />. {reminderWords(openMs)}
    </span>
  );
};
