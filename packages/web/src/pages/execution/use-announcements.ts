// Tells assistive technology when the step or its state changes; never the output.
import type { WireExecution } from "@dd0c/protocol/http";
import { useEffect } from "react";
import { describeStep, EXECUTION_STATUS } from "../../text/words.ts";
import { announce } from "../../ui/announcer.tsx";
import { arrangeSteps } from "./arrange-steps.ts";

const sentence = (execution: WireExecution): string => {
  const { current } = arrangeSteps(execution);
  if (execution.panic) return "Everything is stopped.";
  if (current === null) return `The execution is ${EXECUTION_STATUS[execution.status]}.`;
  const refused = current.refusal === null ? "" : ` The agent refused: ${current.refusal.message}`;
  return `Step ${current.label}, ${current.description}: ${describeStep(current)}, risk ${current.risk}.${refused}`;
};

export const useAnnouncements = (execution: WireExecution | undefined): void => {
  const words = execution === undefined ? null : sentence(execution);
  useEffect(() => {
    if (words !== null) announce(words);
  }, [words]);
};
