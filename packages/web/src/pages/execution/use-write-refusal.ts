// Why nothing may be asked of this execution now; null when it may.
import type { WireExecution } from "@dd0c/protocol/http";
import { useRoleRefusal } from "../../api/session.ts";
import { useOnline } from "../../shell/offline-banner.tsx";

export const useWriteRefusal = (execution: Pick<WireExecution, "panic">, role: "operator" | "approver"): string | null => {
  const refused = useRoleRefusal(role);
  const online = useOnline();
  if (execution.panic) return "Everything is stopped. Lift the stop first.";
  return online ? refused : "You are offline. Nothing is sent.";
};
