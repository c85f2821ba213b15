// What each contradiction between an export and an agent's own journal means, in words for whoever runs `dd0c verify-audit`.
import type { AgentComparison, AgentContradiction, AgentFault, WitnessedNote } from "@dd0c/core";

const agentFaults: Readonly<Record<AgentFault, string>> = {
  not_dispatched: "the agent was sent a step that the log never dispatched",
  other_command: "the agent was sent another command than the log says",
  other_grant: "the agent was shown an approval that the log does not have",
  hidden_refusal: "the agent refused a step, and the log does not say so",
  other_refusal: "the agent refused a step for another reason than the log says",
  hidden_run: "the agent ran a step, and the log does not say how it ended",
  forged_run: "the log says how a step ended which the agent did not run to its end",
  other_result: "exit code or output of a step are not what the agent reported",
  panic_lifted: "the agent was told that a panic is over, and the log has nobody who lifted it",
  never_ours: "the agent was sent what no honest server sends",
};

/** One line, without its end. */
export function agentProblem({ fault, record, seq, about, code }: AgentContradiction): string {
  const where = record > 0 ? `at record ${record} of the agent's journal` : `at event ${seq}`;
  const what = about === "" ? "" : ` (${about.slice(0, 100)})`;
  return `${where}: ${agentFaults[fault]}${code === "" ? "" : `: ${code}`}${what}`;
}

function remark({ record, at, note, detail }: WitnessedNote): string {
  const facts = Object.entries(detail).map(([name, value]) => `${name} ${value}`);
  return `Look at record ${record} of the agent's journal: ${[note, ...facts].join(", ")}, ${at}`;
}

/** Lines: what the agent did not believe and an honest server may have caused (a second delivery, a clock that was set), and what was not compared. */
export function agentRemarks({ remarks, younger }: AgentComparison): string {
  const young = younger === 0 ? [] : [`${younger} steps of the agent's journal are younger than the export and were not compared.`];
  return [...remarks.map(remark), ...young].map((each) => `${each}\n`).join("");
}
