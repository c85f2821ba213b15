// The vocabulary against the page that documents it, and against data that must not leave.
import { readFileSync } from "node:fs";
import { auditEventTypes, type AuditEvent } from "@dd0c/core";
import { describe, expect, it } from "vitest";
import { sampleDraft } from "../../test-support/sample-events.ts";
import { repositoryPath } from "../package-root.ts";
import { cloudEventBody, cloudEventOf } from "./cloud-event.ts";
import { eventPrefix, webhookEventOf, webhookEventTypes } from "./webhook-events.ts";

const eventOf = (changes: Parameters<typeof sampleDraft>[1]): AuditEvent => ({
  ...sampleDraft("7f7a2f6e-93c0-4cf5-8f0b-7a4dfd1a1f57", changes),
  hash_version: 1,
  chain: "7f7a2f6e-93c0-4cf5-8f0b-7a4dfd1a1f57",
  seq: 42,
  prev_hash: "0".repeat(64),
});

describe("the vocabulary", () => {
  it("is what docs/webhooks.md lists, in its order", () => {
    const page = readFileSync(repositoryPath("docs", "webhooks.md"), "utf8");
    const rows = [...page.matchAll(/^\| `dev\.dd0c\.run\.([a-z_.]+)` \| (.+) \| (.*) \|$/gm)].map(([, name, meaning, fields]) => [
      name,
      meaning,
      fields,
    ]);
    const listed = webhookEventTypes.map(({ name, meaning, fields, lengths = [] }) => [
      name,
      meaning,
      [...fields, ...lengths].map((field) => `\`${field}\``).join(", "),
    ]);
    expect(rows).toEqual([...listed, ["ping", "Somebody pressed *Send test*.", "`endpoint_id`"]]);
  });

  it("has names of the form that Standard Webhooks wants, each once, from types that exist", () => {
    const names = webhookEventTypes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, from } of webhookEventTypes) {
      expect(`${eventPrefix}${name}`).toMatch(/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/);
      expect(auditEventTypes).toContain(from);
    }
  });

  it("tells a run that failed from one that did not", () => {
    const named = (status: string) => webhookEventOf(eventOf({ type: "execution.completed", data: { status } }))?.name;
    expect([named("completed"), named("failed")]).toEqual(["execution.completed", "execution.failed"]);
    expect(webhookEventOf(eventOf({ type: "policy.changed" }))).toBeUndefined();
  });
});

describe("what leaves", () => {
  const secret = "hunter2-zq9";
  /** Everything that any recorded event may hold, with a secret wherever there is text. */
  const everything = {
    command: `mysql -p${secret}`,
    original_command: secret,
    rollback_command: secret,
    note: secret,
    error: secret,
    reason_text: secret,
    description: secret,
    reason: "human",
    stdout_hash: secret,
    prepared: { text: secret },
    result: { output: secret },
    inputs: { secret },
    steps: [secret],
    matches: [{ reasons: [secret] }],
    skipped_steps: [{ command: secret }, { command: secret }],
    modified_commands: [{ command: secret }],
    variables: [{ value: secret }],
    exit_code: 3,
    succeeded: false,
    status: "failed",
  };

  it.each(webhookEventTypes.map((type) => [type.name, type] as const))(
    "%s holds no text of a person, a command or an alert",
    (_name, type) => {
      const body = cloudEventBody(cloudEventOf("id-1", eventOf({ type: type.from, data: everything }), type, undefined));
      expect(body).not.toContain(secret);
      expect(Buffer.byteLength(body)).toBeLessThan(2_000);
    },
  );

  it("is a CloudEvent with its attributes in order, lists as their lengths, nested values not at all", () => {
    const type = webhookEventTypes.find(({ name }) => name === "divergence.detected");
    if (type === undefined) throw new Error("no such type");
    const execution = "c0ffee00-0000-4000-8000-000000000001";
    const event = eventOf({ type: "divergence.detected", execution, data: { ...everything, diverged: { a: secret } } });
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const sent = cloudEventOf("id-1", event, type, { alertId: "a-1", traceparent });
    const expected = {
      specversion: "1.0",
      id: "id-1",
      source: "/tenants/7f7a2f6e-93c0-4cf5-8f0b-7a4dfd1a1f57",
      type: "dev.dd0c.run.divergence.detected",
      time: "2026-03-04T05:06:07.089Z",
      subject: `executions/${execution}`,
      datacontenttype: "application/json",
      sequence: "0000000000000042",
      traceparent,
      data: {
        execution_id: execution,
        alert_id: "a-1",
        actor: { type: "system", id: "server", via: "system" },
        skipped_steps: 2,
        modified_commands: 1,
        unlisted_actions: null,
        reordered_steps: null,
        failed_then_worked: null,
      },
    };
    expect(cloudEventBody(sent)).toBe(JSON.stringify(expected));
    // As a database gives it back.
    const shuffled = Object.fromEntries(Object.entries(sent).toSorted(([a], [b]) => a.localeCompare(b)));
    expect(cloudEventBody(shuffled)).toBe(JSON.stringify(expected));
  });

  it("leaves out a trace that is none", () => {
    const type = webhookEventTypes[0];
    if (type === undefined) throw new Error("no type");
    for (const traceparent of ["", "00-0-0-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "x\r\ninjected: 1"])
      expect(cloudEventOf("id-1", eventOf({ type: type.from }), type, { alertId: null, traceparent })).not.toHaveProperty("traceparent");
  });
});
