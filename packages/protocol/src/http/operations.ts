// Everything around runbooks and executions: session, set-up, agents, audit, panic, settings, keys.
import { z } from "zod";
import { effectivePolicy, policyLayer, policyValues } from "./policy.ts";
import { actor, governanceMode, isoTime, risk, role, settableTrustLevel, uuid } from "./primitives.ts";

export const session = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  tenant: z.object({ id: uuid, name: z.string() }),
  role,
  /** True until a human has chosen governance and trust (the first page asks). */
  setup_needed: z.boolean(),
  demo: z.object({ service_url: z.string(), agent_ceiling_note: z.string() }).nullable(),
  version: z.string(),
});

export const setupRequest = z.object({ governance_mode: governanceMode, demo_trust_level: settableTrustLevel });

/** The organisation's own policy, and what holds together with policy.json for a runbook without a lock. */
export const settings = policyValues.extend({ effective: effectivePolicy, updated_at: isoTime.nullable() });
export const updateSettingsRequest = policyLayer.extend({ reason: z.string().max(2_000).optional() });

/** SHA-256 of an agent's program, lower-case hexadecimal. */
export const binaryHash = z.string().regex(/^[0-9a-f]{64}$/);

export const agentCertificate = z.object({
  serial: z.string(),
  issued_at: isoTime,
  expires_at: isoTime,
  revoked_at: isoTime.nullable(),
  /** The agent's stream was opened with this one. */
  in_use: z.boolean(),
});

/** What holds a command back on an agent's host, as the agent said at its last connection. Its own file decides; the server cannot change it. */
export const agentHost = z.object({
  /** What one process may use; null: commands run without limits. */
  limits: z
    .object({
      cpu_seconds: z.int(),
      memory_bytes: z.int(),
      /** Of the whole account; null: as many as it may have. The kernel does not hold root to it. */
      processes: z.int().nullable(),
      open_files: z.int(),
    })
    .nullable(),
  /** Output kept of each stream of a command. */
  max_stream_bytes: z.int(),
  /** The user that commands run as; null: the agent's own. */
  run_as: z.string().nullable(),
  as_root: z.boolean(),
  /** What is proven to only read runs in a sandbox. */
  sandbox: z.boolean(),
  /** Why there is none although one is wanted; null where it is off or works. */
  no_sandbox_because: z.string().nullable(),
  /** Programs that run outside the sandbox. */
  sandbox_except: z.array(z.string()),
});

export const agent = z.object({
  id: uuid,
  name: z.string(),
  status: z.enum(["online", "offline", "blocked", "revoked"]),
  version: z.string().nullable(),
  pattern_version: z.string().nullable(),
  ceiling: risk.nullable(),
  last_heartbeat: isoTime.nullable(),
  registered_at: isoTime,
  certificate_expires_at: isoTime.nullable(),
  /** halted = acknowledged the panic; unreachable = not connected since last_heartbeat. */
  panic_state: z.enum(["running", "halted", "unreachable"]),
  /** Newest first; revoked and expired ones too. */
  certificates: z.array(agentCertificate),
  binary_hash: binaryHash.nullable(),
  /** Why the agent is blocked or cannot come in, and what to do about it. */
  status_reason: z.string().nullable(),
  /** Null: the agent is of a release that does not say it. */
  host: agentHost.nullable(),
});

/** Without `serial`: every certificate, the agent itself and its unused tokens. */
export const revokeAgentRequest = z.object({ serial: z.string().max(64).optional(), reason: z.string().trim().min(1).max(2_000) });

export const agentBinary = z.object({
  hash: binaryHash,
  name: z.string(),
  registered_by: z.string(),
  registered_at: isoTime,
  retired_at: isoTime.nullable(),
});
export const agentBinaryRequest = z.object({ hash: binaryHash, name: z.string().trim().min(1).max(200) });

export const enrolmentTokenRequest = z.object({ agent_name: z.string().min(1).max(100) });
/** The token is shown once and stored only as a hash. */
export const enrolmentToken = z.object({ token: z.string(), agent_name: z.string(), expires_at: isoTime, command: z.string() });

export const auditEvent = z.object({
  seq: z.int(),
  chain: z.string(),
  type: z.string(),
  schema_version: z.int(),
  execution_id: z.string().nullable(),
  step_execution_id: z.string().nullable(),
  runbook_id: z.string().nullable(),
  actor,
  occurred_at: isoTime,
  recorded_at: isoTime,
  late: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  prev_hash: z.string(),
  hash: z.string(),
});

export const auditQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  execution_id: uuid.optional(),
  runbook_id: uuid.optional(),
  type: z.string().max(100).optional(),
});

export const chainVerification = z.object({
  ok: z.boolean(),
  events: z.int(),
  head_seq: z.int(),
  head_hash: z.string(),
  broken: z.object({ seq: z.int(), reason: z.string() }).nullable(),
  duration_ms: z.number(),
});

export const panicRequest = z.object({ reason: z.string().min(1).max(2_000) });
export const panicState = z.object({
  on: z.boolean(),
  since: isoTime.nullable(),
  by: actor.nullable(),
  reason: z.string().nullable(),
  agents: z.array(z.object({ id: uuid, name: z.string(), state: z.enum(["running", "halted", "unreachable"]), since: isoTime.nullable() })),
});

export const panicWebhookRequest = z.object({ name: z.string().trim().min(1).max(100) });
export const panicWebhook = z.object({ id: uuid, name: z.string(), created_at: isoTime, last_used_at: isoTime.nullable() });
/** The secret is shown once and stored only as a hash. */
export const createdPanicWebhook = panicWebhook.extend({ secret: z.string() });
/** Whatever the caller sends stops everything; only a text in `reason` is kept. */
export const panicCall = z.unknown();
/** Nothing about the tenant: whoever has the secret may stop, not look. */
export const panicCallAnswer = z.object({ on: z.literal(true), since: isoTime });

/** Names of canaries, never texts. `agent_id`: which agent is concerned; `runbook_id`: which runbook, null where all are. */
export const partyModeState = z.object({
  on: z.boolean(),
  /** How many admins must clear it, each with a reason. */
  people_needed: z.int(),
  causes: z.array(
    z.object({
      cause: z.string(),
      explanation: z.string(),
      canaries: z.array(z.string()),
      agent_id: uuid.nullable(),
      runbook_id: uuid.nullable(),
      since: isoTime,
      /** The first of two people: another admin must still agree. */
      agreed: z.object({ by: actor, at: isoTime, reason: z.string() }).nullable(),
    }),
  ),
});

export const apiKeyRequest = z.object({ name: z.string().min(1).max(100), role: z.enum(["operator", "viewer", "author"]) });
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  role,
  prefix: z.string(),
  created_at: isoTime,
  last_used_at: isoTime.nullable(),
});
export const createdApiKey = apiKey.extend({ key: z.string() });

export type WireSession = z.infer<typeof session>;
export type WireAgent = z.infer<typeof agent>;
export type WireAgentCertificate = z.infer<typeof agentCertificate>;
export type WireAgentBinary = z.infer<typeof agentBinary>;
export type WireAuditEvent = z.infer<typeof auditEvent>;
export type WirePanicState = z.infer<typeof panicState>;
export type WirePanicWebhook = z.infer<typeof panicWebhook>;
export type WirePartyModeState = z.infer<typeof partyModeState>;
export type WireSettings = z.infer<typeof settings>;
export type WireChainVerification = z.infer<typeof chainVerification>;
export type WireApiKey = z.infer<typeof apiKey>;
