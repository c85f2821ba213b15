// Every error and refusal code of the product, in one table: what it means, its HTTP status, what a person does about it.
// Read by the API's error body, the agent's refusals and docs/errors.md (generated). A code that is not here does not exist.

interface ErrorEntry {
  /** Status when it is the answer to a request; codes of the agent travel inside a 200 as the reason of a blocked step. */
  readonly httpStatus: number;
  readonly meaning: string;
  readonly action: string;
}

const entry = (httpStatus: number, meaning: string, action: string): ErrorEntry => ({ httpStatus, meaning, action });

/** Alphabetical, so that two people adding a code meet in the diff. */
export const errorTable = {
  AGENT_NOT_FOUND: entry(404, "No agent with this id in this tenant.", "Check the id on the agents page."),
  AGENT_OFFLINE: entry(
    503,
    "The target agent is not connected.",
    "Start the agent or look at its log, then try again; or choose another agent.",
  ),
  AGENT_STRICTER: entry(
    409,
    "The agent's own scan finds a higher risk than was granted.",
    "Read the agent's reasons; bring server and agent to the same version, or approve the step at the higher risk.",
  ),
  AGENT_TRUST_MISMATCH: entry(
    403,
    "The agent's trust level does not allow this step.",
    "Raise the level in the agent's local file, or run the step by hand.",
  ),
  ANNOUNCEMENT_INVALID: entry(
    403,
    "The plan announcement or amendment is not signed by the engine or belongs to another agent or execution.",
    "Start a new execution; if it happens again treat the server as compromised.",
  ),
  APPROVAL_TIMEOUT: entry(
    408,
    "The approval was open for 30 minutes and lapsed.",
    "Resume the execution: the step is rendered and scanned afresh, then decide again.",
  ),
  APPROVER_IS_AUTHOR: entry(
    403,
    "The policy lets nobody approve dangerous steps of a runbook version that they wrote within the last 24 hours.",
    "Ask another approver, or wait until the version is a day old.",
  ),
  APPROVER_IS_STARTER: entry(
    403,
    "The policy lets nobody approve dangerous steps of a run that they started.",
    "Ask another approver to open the execution and decide.",
  ),
  AUDIT_CHAIN_BROKEN: entry(
    500,
    "The audit chain does not verify.",
    "Stop, export the chain with its witness and investigate; the tenant is locked until a human clears it.",
  ),
  BINARY_INTEGRITY_FAILED: entry(403, "The agent's binary hash is not a known good one.", "Reinstall the agent from a release."),
  CAPSULE_EXPIRED: entry(
    410,
    "The time in which this run could go on without a server is over.",
    "Wait for the server, or finish the runbook by hand and declare what you did.",
  ),
  CAPSULE_INVALID: entry(
    403,
    "The capsule, or what was recorded under it, is not what the engine and the holder of its code signed, or is for another agent or run.",
    "Do not run anything with it; if it happens again treat the agent's host or the server as compromised.",
  ),
  CAPSULE_NOT_FOUND: entry(
    404,
    "This agent has no capsule for this run: nobody got a recovery code for it while the server was there, or the run is over.",
    "Finish the runbook by hand and declare what you did when the server is back.",
  ),
  CEILING_EXCEEDED: entry(
    403,
    "The risk is above the ceiling in the agent's local file.",
    "Run the step by hand, or raise the ceiling or add an allow line on the agent's host.",
  ),
  CERTIFICATE_INVALID: entry(
    401,
    "The agent's certificate is unknown, expired or revoked.",
    "Enrol the agent again with a new one-time token.",
  ),
  CERTIFICATE_NOT_FOUND: entry(
    404,
    "This agent has no certificate with this serial number.",
    "Look at the certificates on the agents page.",
  ),
  CHECKLIST_INCOMPLETE: entry(422, "Not every prerequisite is confirmed.", "Confirm each prerequisite, or abort."),
  CLASSIFICATION_FAILED: entry(
    500,
    "No part of the classifier could judge the command.",
    "Try again; until then the command counts as unknown.",
  ),
  CONFIG_INVALID: entry(500, "A configuration value is missing or not allowed.", "Correct the named value and start again."),
  CONFIRMATION_MISMATCH: entry(422, "What was typed is not the name of the target.", "Type every target exactly as shown."),
  CONFIRMATION_REQUIRED: entry(
    422,
    "The step is dangerous: every target's name must be typed.",
    "Send `confirmation` with each target's name.",
  ),
  CONTINUED_ELSEWHERE: entry(
    409,
    "The agent is away and somebody may be going on with this run at its host, under a recovery code.",
    "Bring the agent back: what was done there is taken in as it connects. After the code has expired the run can be aborted.",
  ),
  DATABASE_UNAVAILABLE: entry(
    503,
    "The database does not answer or did not open.",
    "Look at the message: start PostgreSQL, correct DATABASE_URL, or build the embedded database with `npm run build`.",
  ),
  DATABASE_UNFIT: entry(
    500,
    "The database is too old, not prepared, or its login role is too strong.",
    "An administrator runs bootstrap.sql once on PostgreSQL 15 or newer; DATABASE_URL logs in as dd0c_login (docs/database.md).",
  ),
  DIGEST_MISMATCH: entry(
    409,
    "What would run is not what was shown or approved.",
    "Reload the step, read the command again and decide again.",
  ),
  DISPATCH_LATE: entry(409, "The dispatch arrived after the time until which it could be started.", "Decide again; nothing ran."),
  DUPLICATE_DISPATCH: entry(409, "This attempt was already taken by the agent.", "Nothing to do: an attempt runs at most once."),
  ENROLMENT_TOKEN_INVALID: entry(401, "The enrolment token is unknown, used or expired.", "Create a new token; each can be used once."),
  ENVIRONMENT_NOT_ALLOWED: entry(
    403,
    "The step sets an environment name that the agent's local file does not list.",
    "Add the name on the agent's host, or leave it out.",
  ),
  EXECUTION_ABORTED: entry(409, "The execution was aborted.", "Start a new execution."),
  EXECUTION_NOT_FOUND: entry(404, "No execution with this id in this tenant.", "Check the id."),
  EXECUTION_STATE_CONFLICT: entry(
    409,
    "The execution is not in a state in which this can be done.",
    "Reload the execution and look at its status.",
  ),
  FEATURE_DISABLED: entry(403, "The feature flag for this is off.", "Ask an admin to enable the flag."),
  FORBIDDEN: entry(403, "The member's role does not allow this.", "Ask somebody with the named role."),
  GRANT_EXPIRED: entry(403, "The approval is older than its ten minutes.", "Approve again."),
  GRANT_FOREIGN: entry(
    403,
    "The grant is for another tenant, agent, execution or step.",
    "Nothing ran. If it happens again treat the server as compromised.",
  ),
  GRANT_METHOD: entry(403, "A dangerous step was granted by a click instead of a typed name.", "Type the target's name."),
  GRANT_MISMATCH: entry(403, "The grant is for another attempt or another digest.", "Approve the command that is shown now."),
  GRANT_MISSING: entry(403, "The step needs a human's grant and came without one.", "Approve the step."),
  GRANT_NOT_YET_VALID: entry(403, "The grant is issued in the future.", "Compare the clocks of server and agent."),
  GRANT_RISK_EXCEEDED: entry(
    403,
    "The command's risk is above what the human granted.",
    "Read the command again and approve it at the higher risk.",
  ),
  GRANT_SIGNATURE_INVALID: entry(
    403,
    "The grant is not signed by the engine's key.",
    "Nothing ran. Treat the server as compromised until explained.",
  ),
  HUMAN_REQUIRED: entry(
    403,
    "Machines do not decide this: it needs a signed-in person.",
    "Open the execution in the browser or in Slack and decide there.",
  ),
  IDEMPOTENCY_CONFLICT: entry(409, "The Idempotency-Key was used with another request.", "Use a new key for a new request."),
  IDEMPOTENCY_IN_PROGRESS: entry(
    409,
    "The first request with this Idempotency-Key is still being answered.",
    "Ask again in a moment, with the same key.",
  ),
  IDEMPOTENCY_LOST: entry(
    409,
    "The server failed while it answered the first request with this Idempotency-Key. Whether it was done is not known.",
    "Look whether it happened. If it did not, ask again with a new key.",
  ),
  INPUT_TOO_LARGE: entry(413, "The input is larger than the limit.", "Split it."),
  INSTANCE_LOCKED: entry(409, "Another instance uses this data folder.", "Stop the other instance or choose another folder."),
  INTERNAL_ERROR: entry(500, "A fault of the product; nothing was run.", "Try again; report the request id if it persists."),
  JOURNAL_UNAVAILABLE: entry(
    503,
    "The agent cannot write its journal, so it runs nothing.",
    "Free disk space or mend permissions on the agent's host.",
  ),
  KEYS_MISMATCH: entry(
    500,
    "This server's keys are not those that the database was used with.",
    "Mount the folder of keys that the other replicas use (KEYS_DIR). Set ACCEPT_NEW_KEYS=1 once where the keys were replaced on purpose.",
  ),
  LAST_ADMIN: entry(409, "An organisation keeps at least one admin.", "Make somebody else an admin first."),
  LIVE_RUN_EXISTS: entry(
    409,
    "This runbook is running already on this agent, and the request asked to be told.",
    "Open that run, or start another one on purpose.",
  ),
  LOOK_UNAVAILABLE: entry(
    409,
    "No read is proven safe that could go before this step.",
    "Decide without numbers, or look at the system yourself.",
  ),
  MEMBER_EXISTS: entry(
    409,
    "Somebody with this e-mail address is a member already.",
    "Change that member's role, or make a sign-in link for them.",
  ),
  MIGRATION_REFUSED: entry(
    500,
    "The database's migrations are not those of this release, or one failed.",
    "Start the release that last ran on this database, or restore the migration that the message names.",
  ),
  NOT_ANNOUNCED: entry(403, "The agent was not told of this step by a signed plan or amendment.", "Nothing ran. Start a new execution."),
  NOT_FOUND: entry(404, "There is nothing at this address for this tenant.", "Check the address and the id."),
  OBJECT_DAMAGED: entry(
    500,
    "An object of the object store is not what its name says.",
    "Keep it for the investigation; bring back the original from the store's own versions or a backup.",
  ),
  OBJECT_STORE_UNAVAILABLE: entry(
    503,
    "The object store does not answer or refuses us.",
    "Check the folder or bucket, its rights and its free space; what was to be stored is tried again by itself.",
  ),
  ORIGIN_REFUSED: entry(403, "A browser session changes nothing on behalf of another site.", "Open the product's own page and try there."),
  PANIC_ACTIVE: entry(
    423,
    "Panic is on: nothing runs and nothing can be approved.",
    "A signed-in human lifts panic when the danger is over.",
  ),
  PARSE_FAILED: entry(422, "Nothing actionable was found in the text.", "Check that the text has numbered steps, bullets or commands."),
  PARTY_MODE_ACTIVE: entry(
    423,
    "A safety invariant broke; executions are locked.",
    "Investigate; a human clears party mode with a reason.",
  ),
  PLAN_LIMIT_REACHED: entry(
    402,
    "The tenant's plan allows no more of these.",
    "Archive a runbook, wait for the next month, or change the plan.",
  ),
  POLICY_INVALID: entry(
    500,
    "The file policy.json cannot be read, has a field that is not known, or a value that is not allowed.",
    "Correct what the message names. At start the server does not come up; while it runs everything is at its strictest until then.",
  ),
  PROGRAM_NOT_ALLOWED: entry(
    403,
    "A program unknown to the scanner has no allow line on the agent.",
    "Run it by hand, or add an allow line on the agent's host.",
  ),
  PROGRAM_NOT_FOUND: entry(422, "The program is not in the agent's fixed path.", "Install it on the agent's host or run the step by hand."),
  RATE_LIMITED: entry(429, "Too many requests.", "Wait for the time in Retry-After."),
  RECOVERY_CODE_INVALID: entry(403, "This is not the recovery code of the run.", "Ask the person who got it; nobody else can tell it."),
  REPLICAS_UNREACHABLE: entry(
    503,
    "Redis does not answer, so that this server cannot tell what the other replicas say.",
    "Bring Redis back. Until then nothing runs by itself, panic cannot be lifted, and a server that starts waits or gives up.",
  ),
  RETRY_UNACKNOWLEDGED: entry(
    409,
    "Nobody knows what became of the step: trying it again may do it twice.",
    "Look at the system itself, then say that it may run a second time, or report what became of it.",
  ),
  REVIEWER_IS_AUTHOR: entry(
    403,
    "A version is reviewed by somebody other than the member who wrote it.",
    "Ask another author or an admin to read it.",
  ),
  REVIEW_REQUIRED: entry(
    409,
    "The policy lets a changed runbook version run only after another member has reviewed it.",
    "Another author or an admin opens the runbook's versions, reads the change and presses Review.",
  ),
  ROLLBACK_UNACKNOWLEDGED: entry(
    422,
    "The step changes something, no way back is known, and nobody said that this is understood.",
    "Read the step once more, confirm that there is no rollback, then approve; or skip it.",
  ),
  ROLLBACK_UNAVAILABLE: entry(
    409,
    "The step is irreversible: no way back was recorded before it ran.",
    "Undo it by hand, or enter a command of your own.",
  ),
  RUNBOOK_NOT_FOUND: entry(404, "No runbook with this id in this tenant.", "Check the id."),
  SCANNER_NOT_READY: entry(503, "The SQL scanner is not loaded yet, so SQL counts as unknown.", "Try again in a moment."),
  SECRET_MISSING: entry(
    422,
    "The step needs a secret that the agent's local store does not have.",
    "Add it to the secretsFile on the agent's host, with the commands that may use it.",
  ),
  SECRET_NOT_ALLOWED: entry(
    403,
    "The agent's local store does not let this command use the secret, or its value would change the command.",
    "List the command as a use of the secret on the agent's host, or run the step by hand.",
  ),
  SELF_UNACKNOWLEDGED: entry(
    409,
    "This would change your own role or end your own membership, and nobody said that this is meant.",
    "Say so with `myself`, or ask another admin.",
  ),
  SERVER_NOT_ALONE: entry(
    409,
    "Another server works on the same database, and one of the two has no REDIS_URL.",
    "Stop the other server, or start all of them with the same REDIS_URL (docs/replicas.md).",
  ),
  SPAWN_FAILED: entry(422, "The operating system refused to start the program.", "Look at the agent's log."),
  STEP_IN_FLIGHT: entry(409, "Another step is being executed; there is one at a time.", "Wait for it to end."),
  STEP_NOT_FOUND: entry(404, "No step with this id in this execution.", "Check the id."),
  STEP_NOT_RUNNABLE: entry(
    409,
    "The command has no plan that can run without a shell.",
    "Run it by hand and report the outcome, or edit it into the suggested form.",
  ),
  STEP_STATE_CONFLICT: entry(
    409,
    "The step is not in a state in which this can be done.",
    "Reload the execution; somebody may have been faster.",
  ),
  STEP_UP_REQUIRED: entry(
    403,
    "The policy has dangerous steps confirmed in a signed-in browser session; this came from elsewhere.",
    "Open the execution on the web and decide there.",
  ),
  STREAM_DUPLICATE: entry(409, "This agent already has a live connection.", "Stop the second agent process."),
  TOKEN_OF_ANOTHER_AGENT: entry(
    403,
    "The enrolment token is for another agent than the one whose data folder this is.",
    "Use a token made for this agent's name, or give the new agent a data folder of its own.",
  ),
  TRUST_LEVEL_EXCEEDED: entry(
    403,
    "The step's risk exceeds the runbook's trust level.",
    "Skip it, run it by hand, or ask an admin to raise the trust level for the next run.",
  ),
  UNAUTHENTICATED: entry(401, "No valid session or key.", "Sign in."),
  UNSUPPORTED_VERSION: entry(426, "The agent speaks a protocol version that this server no longer serves.", "Update the agent."),
  VALIDATION_FAILED: entry(400, "The request does not have the required shape.", "Correct the named fields."),
  VARIABLE_MISSING: entry(422, "A variable of the runbook has no value.", "Fill in the named variable."),
  VARIABLE_STRUCTURE_CHANGED: entry(
    422,
    "The value would change the structure of the command, not only fill a word.",
    "Type another value, or run the step by hand.",
  ),
  VARIABLE_UNSAFE: entry(
    422,
    "A value from an alert has characters that do not fill in by themselves.",
    "A person types or confirms the value.",
  ),
  WEBHOOK_OFF: entry(
    409,
    "The webhook that this would be sent to is switched off or removed.",
    "Switch it on in the settings, then try again.",
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof errorTable;

/** A refusal is a value: the caller decided nothing wrong, the product says no and why. The message never holds command text. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
}

/** A refusal with the table's own sentence, or a more exact one. */
export function refuse(code: ErrorCode, message: string = errorTable[code].meaning): Refusal {
  return { ok: false, code, message };
}

/** A failure that a request or process ends with. Never carries command text, secrets or output. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string = errorTable[code].meaning, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get httpStatus(): number {
    return errorTable[this.code].httpStatus;
  }
}

/** True for a string that is a code of the table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
