// A live or finished execution as every face shows it: the web page, the API client, Slack.
// The server sends the whole snapshot after each change (SSE event "execution"); output travels apart.
import { z } from "zod";
import { classification, target } from "./classification.ts";
import { policySource } from "./policy.ts";
import { actor, gateDecision, governanceMode, isoTime, risk, role, trustLevel, uuid } from "./primitives.ts";

export const executionStatus = z.enum([
  "pending",
  "preflight",
  "running",
  "paused",
  "stalled",
  "completed",
  "failed",
  "aborted",
  "timed_out",
]);

export const stepStatus = z.enum([
  "pending",
  "auto_executing",
  "awaiting_approval",
  "executing",
  "completed",
  "failed",
  "skipped",
  "timed_out",
  "rolling_back",
  "rolled_back",
  "suggested",
  "blocked",
  "outcome_unknown",
  "manual_intervention",
]);

/** What a human may do with a step right now; a face offers exactly these and nothing else. */
export const stepAction = z.enum(["approve", "confirm_typed", "look", "modify", "skip", "report", "continue"]);

export const variableBinding = z.object({
  name: z.string(),
  value: z.string().nullable(),
  source: z.enum(["alert", "runtime", "manual"]),
  description: z.string().nullable(),
  choices: z.array(z.string()),
  /** It comes from the alert and is no plain word: a person has to type it before it is filled in. */
  needs_typing: z.boolean(),
  /** It may stay open until the run shows it. */
  may_wait: z.boolean(),
});

export const checklistItem = z.object({ id: z.string(), description: z.string(), confirmed: z.boolean() });

/** The way back of a step, recorded before the step ran. */
export const wayBack = z.object({
  /** "none_needed": it changes nothing. "irreversible": it changes something and nothing is known that undoes it. */
  kind: z.enum(["none_needed", "not_recorded_yet", "irreversible", "recorded"]),
  command: z.string().nullable(),
  /** Of the recorded text; scanned once more when it is asked for. */
  risk: risk.nullable(),
  /** What asking for it will take: one approval, or every target's name typed. */
  gate: z.enum(["ask", "typed"]).nullable(),
  /** It can be asked for now. */
  available: z.boolean(),
  /** The step that undoes this one, once it was asked for; the latest where there are several. */
  step_id: uuid.nullable(),
});

/** What would be touched, as a read-only command counted it. */
const counted = z.object({
  /** "12 pods in pay and shop". */
  summary: z.string(),
  what: z.string(),
  count: z.int(),
  kinds: z.array(z.string()),
  namespaces: z.array(z.string()),
  /** The first few names. Text from elsewhere. */
  sample: z.array(z.string()),
});

/** Looking before a step: the reads that go before it, and what they told. */
export const stepLook = z.object({
  /** "none": no read is proven safe that could tell something. "rechecking": it is approved and counted once more before it runs. */
  state: z.enum(["none", "not_looked", "looking", "rechecking", "looked"]),
  /** One click on Look runs exactly these, each under a grant of its own. `recheck`: the approval runs it once more. */
  reads: z.array(z.object({ purpose: z.enum(["twin", "capture"]), command: z.string(), digest: z.string(), recheck: z.boolean() })),
  /** What would be touched; null where that is not known. */
  counted: counted.nullable(),
  /** Why the number is not known, in words; null where it is, or where nobody looked. */
  not_known: z.string().nullable(),
  /** State as it was, for the way back; null where none was captured. */
  captured: z.string().nullable(),
  /** Why it was not captured, in words. */
  not_captured: z.string().nullable(),
  looked_at: isoTime.nullable(),
  /** The approval before lapsed because the set was not the one on the card. */
  lapse: z.object({ code: z.enum(["SET_CHANGED", "SET_UNKNOWN"]), before: counted, now: counted.nullable() }).nullable(),
});

export const stepExecution = z.object({
  id: uuid,
  step_id: z.string(),
  order: z.int(),
  /** 0 for a step with one command or none; 1.. for 4a, 4b. */
  sub: z.int(),
  label: z.string(),
  kind: z.enum(["command", "manual", "link"]),
  /** "rollback", "unlisted" and "capture" were added to this run; the runbook does not have them. */
  origin: z.enum(["runbook", "unlisted", "rollback", "capture"]),
  /** The step that this one undoes or captures for. */
  parent_id: uuid.nullable(),
  section: z.string().nullable(),
  description: z.string(),
  source_lines: z.tuple([z.int(), z.int()]).nullable(),
  status: stepStatus,
  /** The command as it will run or ran: variables filled in. Null for manual steps. */
  command: z.string().nullable(),
  original_command: z.string().nullable(),
  was_modified: z.boolean(),
  expected_output: z.string().nullable(),
  /** What the runbook's author answered to a question about this step. */
  clarification: z.string().nullable(),
  rollback_command: z.string().nullable(),
  way_back: wayBack,
  look: stepLook,
  /** Processes of it that outlived the agent which started them, as the agent last said; null where there are none. */
  still_running: z.object({ processes: z.int() }).nullable(),
  /** Its processes can be ended now. */
  stoppable: z.boolean(),
  /** "needs_word": nobody knows what became of it, so a person has to say that it may run twice. */
  retry: z.enum(["no", "yes", "needs_word"]),
  risk,
  classification: classification.nullable(),
  gate: gateDecision.nullable(),
  /** Why the gate decided so, in words. */
  gate_reason: z.string().nullable(),
  /** The layer of the policy that held it back (system is policy.json); null where no policy did. */
  gate_decided_by: policySource.nullable(),
  /** For gate "typed": what must be typed, one entry per target, each exactly. */
  confirmations: z.array(target),
  digest: z.string().nullable(),
  attempt: z.int(),
  actions: z.array(stepAction),
  /** A refusal by the agent: nothing ran. */
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  exit_code: z.int().nullable(),
  /** "answer": a non-zero exit that is an answer (grep 1). */
  outcome: z.enum(["ok", "answer", "failed", "timed_out", "stopped", "unknown"]).nullable(),
  members: z.array(z.object({ program: z.string(), exit_code: z.int().nullable(), signal: z.string().nullable() })),
  duration_ms: z.int().nullable(),
  timeout_ms: z.int(),
  stdout_sha256: z.string().nullable(),
  stderr_sha256: z.string().nullable(),
  truncated: z.boolean(),
  approved_by: actor.nullable(),
  note: z.string().nullable(),
  /** Variables of its text that have no value yet. */
  missing_variables: z.array(z.string()),
  /** Since when a person is asked about it; null while nobody is. */
  asked_at: isoTime.nullable(),
  started_at: isoTime.nullable(),
  completed_at: isoTime.nullable(),
});

/** A member who may decide about a run. */
export const person = z.object({ id: z.string(), name: z.string(), role });

/** An approval was open for 30 minutes: who was told, and since when nobody goes on. */
export const escalation = z.object({ since: isoTime, to: z.array(person) });

/** Another run that has not ended and works on the same agent, of the same runbook or on the same target. */
export const otherRun = z.object({
  id: uuid,
  runbook_id: uuid,
  runbook_title: z.string(),
  status: executionStatus,
  triggered_by: actor,
  started_at: isoTime,
  /** What both touch by name; empty where only runbook and agent are the same. */
  same_targets: z.array(z.string()),
});

export const branchQuestion = z.object({
  branch_id: z.string(),
  /** The runbook's own words. */
  condition: z.string(),
  /** The author declared a check for it. */
  declared: z.boolean(),
  /** Why that check could not answer; null where there is none. */
  why_asked: z.string().nullable(),
  before_step_id: uuid,
  /** Labels of the steps that an answer leaves out. */
  skipped_if_yes: z.array(z.string()),
  skipped_if_no: z.array(z.string()),
});

export const branchDecision = z.object({
  branch_id: z.string(),
  condition: z.string(),
  answer: z.enum(["yes", "no"]),
  declared: z.boolean(),
  /** Null where the declared check answered by itself. */
  answered_by: actor.nullable(),
  note: z.string().nullable(),
  skipped: z.array(z.string()),
});

/** What a person did elsewhere and told. */
export const declaredAction = z.object({
  kind: z.enum(["command", "description"]),
  text: z.string(),
  declared_by: actor,
  done_at: isoTime,
  declared_at: isoTime,
  note: z.string().nullable(),
});

/** What was done outside the run. Nothing of ours can see that: `observed` says so, and `declared` is what people told. */
export const outsideActions = z.object({ observed: z.literal("not_observed"), declared: z.array(declaredAction) });

export const executionSummary = z.object({
  id: uuid,
  runbook_id: uuid,
  runbook_title: z.string(),
  runbook_version: z.int(),
  agent_id: uuid,
  agent_name: z.string(),
  status: executionStatus,
  trust_level: trustLevel,
  governance_mode: governanceMode,
  trigger_source: z.enum(["slack_command", "alert_webhook", "api_call", "scheduled"]),
  triggered_by: actor,
  steps_total: z.int(),
  steps_executed: z.int(),
  steps_skipped: z.int(),
  steps_failed: z.int(),
  /** Says why a paused or stalled execution waits. */
  status_reason: z.string().nullable(),
  started_at: isoTime,
  completed_at: isoTime.nullable(),
  /** From the beginning of the alert (else of the run) to the end; null unless the run completed. What it counts from: `mttr` of the execution. */
  mttr_seconds: z.int().nullable(),
});

/** How long the incident lasted, to the end of a run that completed. */
export const mttr = z.object({
  seconds: z.int(),
  /** `alert_start`: the sender's own time. `alert_received`: ours. `run_start`: no alert is known. */
  since: z.enum(["alert_start", "alert_received", "run_start"]),
  since_at: isoTime,
  /** Why the sender's own time was not taken; null where it was, or there is none. */
  doubt: z.enum(["starts_in_the_future", "starts_too_early"]).nullable(),
});

export const execution = executionSummary.extend({
  /** Null unless the run completed. */
  mttr: mttr.nullable(),
  /** The alert that it was started for, as far as we took it in: its beginning by the sender's clock, and when it reached us. */
  alert: z.object({ id: z.string(), started_at: isoTime.nullable(), received_at: isoTime.nullable() }).nullable(),
  agent_online: z.boolean(),
  /** Who answers for the run now; null where a machine started it and nobody took it. */
  in_charge: actor.nullable(),
  /** Who started it once more for the same alert. */
  joined_by: z.array(actor),
  /** Members who may decide about it, and be in charge of it. */
  people: z.array(person),
  escalation: escalation.nullable(),
  other_runs: z.array(otherRun),
  /** The condition that a person has to answer before the next step; null while there is none. */
  question: branchQuestion.nullable(),
  outside_actions: outsideActions,
  /** Conditions that are answered, in the order of the runbook. */
  decisions: z.array(branchDecision),
  panic: z.boolean(),
  /** "web": dangerous steps of this run are confirmed in a signed-in browser session now. */
  dangerous_step_up: z.enum(["not_needed", "web"]),
  variables: z.array(variableBinding),
  checklist: z.array(checklistItem),
  current_step_id: uuid.nullable(),
  /** At least one step can be undone now. */
  can_unwind: z.boolean(),
  /** A command that is not in the runbook can be entered now. */
  can_run_unlisted: z.boolean(),
  steps: z.array(stepExecution),
  /** Number of events that this snapshot contains; also the SSE event id. */
  last_seq: z.int(),
  server_time: isoTime,
});

export const startExecutionRequest = z.object({
  runbook_id: uuid,
  agent_id: uuid.optional(),
  trigger_source: z.enum(["slack_command", "alert_webhook", "api_call"]).default("api_call"),
  alert_context: z.record(z.string(), z.unknown()).optional(),
  variable_overrides: z.record(z.string(), z.string().max(4_096)).optional(),
  /** false: refuse with LIVE_RUN_EXISTS where this runbook is live on this agent already. Left out: start, and say so in `other_runs`. */
  beside_live_run: z.boolean().optional(),
});

/** A start for an alert whose run of this runbook has not ended joins that run. */
export const startedExecution = execution.extend({ joined: z.boolean() });

export const pauseRequest = z.object({ reason: z.string().max(2_000).optional() });
export const resumeRequest = z.object({
  reason: z.string().max(2_000).optional(),
  /** The step of the runbook to go on with; open steps in front of it are passed over. */
  from_step: uuid.optional(),
});
export const timeoutRequest = z.object({ timeout_ms: z.int().min(1_000).max(3_600_000), reason: z.string().max(2_000).optional() });
export const variableRequest = z.object({
  name: z.string().min(1).max(200),
  value: z.string().min(1).max(4_096),
  /** The step whose output it was copied from; left out: the person typed it. */
  copied_from: uuid.optional(),
});
export const declareRequest = z.object({
  kind: z.enum(["command", "description"]),
  text: z.string().min(1).max(4_096),
  /** Left out: now. */
  done_at: isoTime.optional(),
  note: z.string().max(2_000).optional(),
});
export const branchAnswerRequest = z.object({ answer: z.enum(["yes", "no"]), note: z.string().max(2_000).optional() });
export const handOverRequest = z.object({ to: z.string().min(1).max(200), note: z.string().max(2_000).optional() });
/** The code is shown once and stored nowhere. */
export const recoveryCode = z.object({ code: z.string(), expires_at: isoTime, agent_name: z.string() });
export const takeOverRequest = z.object({ note: z.string().max(2_000).optional() });

export const preflightRequest = z.object({
  variables: z.record(z.string(), z.string().max(4_096)).default({}),
  confirmed: z.array(z.string()).default([]),
});

/** `digest` is that of the card the human saw: a step that changed since is refused with DIGEST_MISMATCH. */
export const approveRequest = z.object({
  digest: z.string(),
  /** For gate "typed": the names as typed, in the order of `confirmations`. */
  confirmation: z.union([z.string(), z.array(z.string())]).optional(),
  note: z.string().max(2_000).optional(),
  /** Needed where a state-changing step has no rollback. */
  acknowledge_no_rollback: z.boolean().optional(),
  /** The attempt on the card that the human saw; needed where an approval of the same text lapsed before. */
  attempt: z.int().optional(),
});
/** `digests`: of the reads that were listed, all of them. */
export const lookRequest = z.object({ digest: z.string(), digests: z.array(z.string()).max(10) });
export const modifyRequest = z.object({ command: z.string().min(1).max(65_536), reason: z.string().max(2_000).optional() });
export const skipRequest = z.object({ reason: z.string().max(2_000).optional() });
export const retryRequest = z.object({
  note: z.string().max(2_000).optional(),
  /** Needed where nobody knows what became of the step. */
  may_run_twice: z.boolean().optional(),
});
export const unlistedRequest = z.object({ command: z.string().min(1).max(65_536), reason: z.string().max(2_000).optional() });
export const reportRequest = z.object({ outcome: z.enum(["done", "failed"]), note: z.string().max(2_000).optional() });
/** `terminate`: also end the process that runs now. */
export const abortRequest = z.object({ reason: z.string().max(2_000).optional(), terminate: z.boolean().optional() });
export const stopRequest = z.object({ reason: z.string().max(2_000).optional() });

/** One piece of output; `text` is UTF-8 with secrets already masked by the agent. */
export const outputChunk = z.object({
  step_execution_id: uuid,
  stream: z.enum(["stdout", "stderr"]),
  offset: z.int(),
  text: z.string(),
});
export const stepOutput = z.object({ chunks: z.array(outputChunk), truncated: z.boolean() });

export type WireExecution = z.infer<typeof execution>;
export type WireOtherRun = z.infer<typeof otherRun>;
export type WireExecutionSummary = z.infer<typeof executionSummary>;
export type WireStepExecution = z.infer<typeof stepExecution>;
export type WireStepAction = z.infer<typeof stepAction>;
export type WireOutputChunk = z.infer<typeof outputChunk>;
