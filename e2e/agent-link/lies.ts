// Every lie about a step that a server can tell its agent, one row each: what it does, the code with which the agent refuses it.
// The liar holds the engine's key and the authority, which is the worst case, except where a row says that it signs with a key of its own.
import { join } from "node:path";
import type { Amendment, Announcement } from "@dd0c/core";
import type { SignedDocument, StepRef } from "@dd0c/protocol/agent";
import type { EngineKey } from "../../packages/server/src/agents/engine-key.ts";
import { type ControlPlane, dispatch, prepare, type Prepared, type PrepareOptions, send, signed } from "./control-plane.ts";

export interface Liar {
  readonly plane: ControlPlane;
  /** Commands would leave their files here. */
  readonly work: string;
  /** Of somebody who has the authority's certificate and not the engine's key. */
  readonly ownKey: EngineKey;
}

export interface Lie {
  readonly name: string;
  /** The agent's answer. */
  readonly code: string;
  readonly tell: (liar: Liar) => StepRef;
}

const approved: PrepareOptions = { approved: true };

/** A state change that shows when it ran. */
const touch = ({ work }: Liar, options: PrepareOptions = approved): Prepared => prepare(`touch ${join(work, "ran")}`, options);

/** Dispatches with a grant that differs. */
const withGrant = (liar: Liar, change: Partial<NonNullable<Prepared["grant"]>>): StepRef => {
  const prepared = touch(liar);
  return dispatch(liar.plane, { ...prepared, grant: { ...prepared.grant!, ...change } });
};
const withExecute = (liar: Liar, change: Partial<Prepared["execute"]>, prepared: Prepared = touch(liar)): StepRef =>
  dispatch(liar.plane, { ...prepared, execute: { ...prepared.execute, ...change } });
const withAnnouncement = (liar: Liar, change: Partial<Announcement>, prepared: Prepared = touch(liar)): StepRef =>
  dispatch(liar.plane, { ...prepared, announcement: { ...prepared.announcement, ...change } });

const announce = ({ plane }: Liar, executionId: string, announcement: SignedDocument) =>
  plane.gateway().send("agent-1", { $case: "announce", value: { executionId, announcement } });

/** Announces honestly and sends the step with this document for a grant. */
function withDocument(liar: Liar, document: (prepared: Prepared) => SignedDocument): StepRef {
  const prepared = touch(liar);
  announce(liar, prepared.step.executionId, signed(liar.plane, prepared.announcement));
  send(liar.plane, { ...prepared.execute, grant: document(prepared) });
  return prepared.step;
}

/** Announces honestly, then sends a second attempt that this amendment is to cover. */
function withAmendment(
  liar: Liar,
  change: Partial<Amendment>,
  sign = (document: Amendment) => signed(liar.plane, document),
  command = touch(liar),
): StepRef {
  const { plane } = liar;
  const step = { ...command.step, attempt: 2 };
  const { tenant, agent, execution } = command.announcement;
  const amendment: Amendment = {
    kind: "dd0c.amendment.v1",
    ...{ tenant, agent, execution, step_execution: step.stepExecutionId, attempt: 2, digest: command.execute.digest },
    ...{ max_risk: "dangerous", reason: "edit", by: "user-1", parent_step_execution: null, issued_at: Date.now() },
    ...change,
  };
  announce(liar, execution, signed(plane, command.announcement));
  plane.gateway().send("agent-1", { $case: "amend", value: { executionId: execution, amendment: sign(amendment) } });
  const grant = command.grant === undefined ? {} : { grant: signed(plane, { ...command.grant, attempt: 2 }) };
  send(plane, { ...command.execute, step, ...grant });
  return step;
}

const hourMs = 3_600_000;

export const lies: readonly Lie[] = [
  // Calls dangerous safe.
  {
    name: "calls a state change safe and sends it by itself",
    code: "AGENT_STRICTER",
    tell: (liar) => dispatch(liar.plane, touch(liar, { risk: "safe" })),
  },
  {
    name: "calls a state change safe and shows it to a human as such",
    code: "AGENT_STRICTER",
    tell: (liar) => dispatch(liar.plane, touch(liar, { risk: "safe", approved: true })),
  },
  {
    name: "asks for a key file and calls that safe",
    code: "AGENT_STRICTER",
    tell: (liar) => dispatch(liar.plane, prepare("cat /root/.ssh/id_rsa", { risk: "safe" })),
  },
  {
    name: "sends what only a shell can run",
    code: "STEP_NOT_RUNNABLE",
    tell: (liar) => withExecute(liar, { command: "for i in 1 2; do touch ran; done" }, prepare("uptime")),
  },
  {
    name: "invents a word for the risk",
    code: "NOT_ANNOUNCED",
    tell: (liar) => withExecute(liar, { risk: "harmless" }, prepare("uptime")),
  },
  // Edits after the approval.
  {
    name: "edits the command after the approval",
    code: "DIGEST_MISMATCH",
    tell: (liar) => withExecute(liar, { command: `touch ${join(liar.work, "other")}` }),
  },
  {
    name: "edits command and digest after the approval",
    code: "DIGEST_MISMATCH",
    tell: (liar) => {
      const { command, digest } = prepare(`touch ${join(liar.work, "other")}`, approved).execute;
      return withExecute(liar, { command, digest });
    },
  },
  { name: "edits the deadline after the approval", code: "DIGEST_MISMATCH", tell: (liar) => withExecute(liar, { timeoutMs: 86_400_000 }) },
  { name: "sends it to run as somebody else", code: "DIGEST_MISMATCH", tell: (liar) => withExecute(liar, { runAs: "root" }) },
  {
    name: "names a folder that the local file does not list",
    code: "ENVIRONMENT_NOT_ALLOWED",
    tell: (liar) => dispatch(liar.plane, touch(liar, { approved: true, workingDirectory: "/etc" })),
  },
  // Environment and secrets.
  {
    name: "sets a variable that loads code",
    code: "ENVIRONMENT_NOT_ALLOWED",
    tell: (liar) => dispatch(liar.plane, touch(liar, { approved: true, environment: [["LD_PRELOAD", "/tmp/x.so"]] })),
  },
  {
    name: "sets where clients look for their configuration",
    code: "ENVIRONMENT_NOT_ALLOWED",
    tell: (liar) => dispatch(liar.plane, touch(liar, { approved: true, environment: [["KUBECONFIG", "/tmp/x"]] })),
  },
  {
    name: "asks for a secret of the host under an allowed name",
    code: "ENVIRONMENT_NOT_ALLOWED",
    tell: (liar) => dispatch(liar.plane, touch(liar, { approved: true, environment: [["REGION", "secret:database-password"]] })),
  },
  {
    name: "gives one name two values",
    code: "VALIDATION_FAILED",
    tell: (liar) =>
      dispatch(
        liar.plane,
        touch(liar, {
          approved: true,
          environment: [
            ["REGION", "a"],
            ["REGION", "b"],
          ],
        }),
      ),
  },
  // Replays grants.
  { name: "uses the grant of another step", code: "GRANT_FOREIGN", tell: (liar) => withGrant(liar, { step_execution: "another" }) },
  { name: "uses the grant of another execution", code: "GRANT_FOREIGN", tell: (liar) => withGrant(liar, { execution: "another" }) },
  { name: "uses the grant of another agent", code: "GRANT_FOREIGN", tell: (liar) => withGrant(liar, { agent: "agent-2" }) },
  { name: "uses the grant of another tenant", code: "GRANT_FOREIGN", tell: (liar) => withGrant(liar, { tenant: "tenant-2" }) },
  { name: "uses the grant of another attempt", code: "GRANT_MISMATCH", tell: (liar) => withGrant(liar, { attempt: 7 }) },
  {
    name: "uses a grant that has expired",
    code: "GRANT_EXPIRED",
    tell: (liar) => withGrant(liar, { issued_at: Date.now() - hourMs, expires_at: Date.now() - hourMs + 600_000 }),
  },
  {
    name: "uses a grant that lives for a day",
    code: "GRANT_EXPIRED",
    tell: (liar) => withGrant(liar, { expires_at: Date.now() + 24 * hourMs }),
  },
  {
    name: "uses a grant from the future",
    code: "GRANT_NOT_YET_VALID",
    tell: (liar) => withGrant(liar, { issued_at: Date.now() + hourMs, expires_at: Date.now() + hourMs + 600_000 }),
  },
  {
    name: "sends a state change without any grant",
    code: "GRANT_MISSING",
    tell: (liar) => dispatch(liar.plane, { ...touch(liar), grant: undefined }),
  },
  // Forges.
  {
    name: "signs the grant with a key of its own",
    code: "GRANT_SIGNATURE_INVALID",
    tell: (liar) => withDocument(liar, ({ grant }) => liar.ownKey.sign(signed(liar.plane, grant!).payload)),
  },
  {
    name: "signs the grant with a key of its own and says that it is the engine's",
    code: "GRANT_SIGNATURE_INVALID",
    tell: (liar) =>
      withDocument(liar, ({ grant }) => ({ ...liar.ownKey.sign(signed(liar.plane, grant!).payload), keyId: liar.plane.engineKey.id })),
  },
  {
    name: "puts another approver into a signed grant",
    code: "GRANT_SIGNATURE_INVALID",
    tell: (liar) =>
      withDocument(liar, ({ grant }) => ({
        ...signed(liar.plane, grant!),
        payload: signed(liar.plane, { ...grant!, approver: "the-cto" }).payload,
      })),
  },
  {
    name: "passes an announcement off as a grant",
    code: "GRANT_SIGNATURE_INVALID",
    tell: (liar) => withDocument(liar, ({ announcement }) => signed(liar.plane, announcement)),
  },
  {
    name: "says that a human typed nothing for what is dangerous",
    code: "GRANT_METHOD",
    tell: (liar) => {
      const prepared = prepare(`rm -f ${join(liar.work, "tmp/allowed")}`, approved);
      return dispatch(liar.plane, { ...prepared, grant: { ...prepared.grant!, method: "click" } });
    },
  },
  // What was never announced.
  {
    name: "sends a command of no announced execution",
    code: "NOT_ANNOUNCED",
    tell: (liar) => {
      const prepared = touch(liar);
      send(liar.plane, { ...prepared.execute, grant: signed(liar.plane, prepared.grant!) });
      return prepared.step;
    },
  },
  { name: "adds a step to an announced execution", code: "NOT_ANNOUNCED", tell: (liar) => withAnnouncement(liar, { steps: [] }) },
  {
    name: "announces with a key of its own",
    code: "ANNOUNCEMENT_INVALID",
    tell: (liar) => {
      const prepared = touch(liar);
      announce(liar, prepared.step.executionId, liar.ownKey.sign(signed(liar.plane, prepared.announcement).payload));
      send(liar.plane, { ...prepared.execute, grant: signed(liar.plane, prepared.grant!) });
      return prepared.step;
    },
  },
  {
    name: "announces the execution a second time, with one step more",
    code: "NOT_ANNOUNCED",
    tell: (liar) => {
      const prepared = touch(liar);
      announce(liar, prepared.step.executionId, signed(liar.plane, { ...prepared.announcement, steps: [] }));
      return dispatch(liar.plane, prepared);
    },
  },
  {
    name: "announces less risk than it sends",
    code: "NOT_ANNOUNCED",
    tell: (liar) => {
      const { announcement } = touch(liar);
      const prepared = touch(liar);
      const [step] = announcement.steps;
      return withAnnouncement(liar, { steps: [{ ...step!, step_execution: prepared.step.stepExecutionId, max_risk: "safe" }] }, prepared);
    },
  },
  {
    name: "amends with a key of its own",
    code: "NOT_ANNOUNCED",
    tell: (liar) => withAmendment(liar, {}, (document) => liar.ownKey.sign(signed(liar.plane, document).payload)),
  },
  { name: "amends in nobody's name", code: "ANNOUNCEMENT_INVALID", tell: (liar) => withAmendment(liar, { by: null }) },
  {
    name: "amends in the name of another tenant",
    code: "ANNOUNCEMENT_INVALID",
    tell: (liar) => withAmendment(liar, { tenant: "tenant-2" }),
  },
  {
    name: "takes back a step that never was",
    code: "NOT_ANNOUNCED",
    tell: (liar) => withAmendment(liar, { reason: "rollback", parent_step_execution: "never" }),
  },
  {
    name: "takes back a step by itself",
    code: "NOT_ANNOUNCED",
    tell: (liar) => {
      const prepared = touch(liar);
      return withAmendment(liar, { reason: "rollback", parent_step_execution: prepared.step.stepExecutionId }, undefined, prepared);
    },
  },
  {
    name: "passes a state change off as a look-up",
    code: "AGENT_STRICTER",
    tell: (liar) =>
      withAmendment(liar, { reason: "capture", parent_step_execution: "step" }, undefined, touch(liar, { approved: true, risk: "safe" })),
  },
  // Other people's work.
  {
    name: "sends the work of another tenant",
    code: "ANNOUNCEMENT_INVALID",
    tell: (liar) => withAnnouncement(liar, { tenant: "tenant-2" }),
  },
  {
    name: "sends the work of another agent",
    code: "DIGEST_MISMATCH",
    tell: (liar) => dispatch(liar.plane, touch(liar, { approved: true, agentId: "agent-2" })),
  },
  // Time.
  { name: "sends a dispatch that is over", code: "DISPATCH_LATE", tell: (liar) => withExecute(liar, { notAfterMs: Date.now() - 1_000 }) },
  {
    name: "sends a dispatch that is good for ever",
    code: "DISPATCH_LATE",
    tell: (liar) => withExecute(liar, { notAfterMs: Number.MAX_SAFE_INTEGER }),
  },
  // Above what the host allows, with every signature good.
  {
    name: "has what is dangerous approved and typed",
    code: "CEILING_EXCEEDED",
    tell: (liar) => dispatch(liar.plane, prepare(`rm -rf ${liar.work}`, approved)),
  },
  {
    name: "has a program approved that nobody knows",
    code: "PROGRAM_NOT_ALLOWED",
    tell: (liar) => dispatch(liar.plane, prepare("frobnicate --now", approved)),
  },
  {
    name: "announces more trust than there is",
    code: "AGENT_TRUST_MISMATCH",
    tell: (liar) => {
      const prepared = touch(liar);
      return dispatch(liar.plane, {
        ...prepared,
        announcement: { ...prepared.announcement, trust_level: 3 },
        execute: { ...prepared.execute, trustLevel: 3 },
      });
    },
  },
  {
    name: "raises the trust behind the announcement",
    code: "AGENT_TRUST_MISMATCH",
    tell: (liar) => withAnnouncement(liar, { trust_level: 1 }),
  },
  // Floods of one.
  {
    name: "sends a command of a megabyte",
    code: "STEP_NOT_RUNNABLE",
    tell: (liar) => withExecute(liar, { command: `echo ${"x".repeat(1 << 20)}` }),
  },
  {
    name: "sends an attempt that cannot be",
    code: "VALIDATION_FAILED",
    tell: (liar) => {
      const prepared = touch(liar);
      const step = { ...prepared.step, attempt: 0 };
      return dispatch(liar.plane, { ...prepared, step, execute: { ...prepared.execute, step } });
    },
  },
  {
    name: "sends an id that would fill the disk",
    code: "VALIDATION_FAILED",
    tell: (liar) => {
      const prepared = touch(liar);
      const step = { ...prepared.step, stepExecutionId: "x".repeat(1 << 19) };
      return withExecute(liar, { step }, { ...prepared, step });
    },
  },
];
