// Drafts through the front door of a real server: who may ask, what comes back, what is refused, and that the draft can be saved.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Session, startTestServer, type TestServer } from "../../test-support/running-server.ts";

let server: TestServer;
let admin: Session;

const chat =
  "mara [9:00 AM]\nshop is slow\ntilo [9:02 AM]\ntried `systemctl restart web`, didn't help\ntilo [9:05 AM]\nthe disk is full, cleaning up: `journalctl --vacuum-size=1G`\nmara [9:07 AM]\nback to normal\n";

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.signIn();
}, 60_000);
afterAll(() => server.stop());

describe("distilRunbook", () => {
  it("answers with a draft whose Markdown saves as the same commands", async () => {
    const { kind, draft, markdown, notes } = await admin.call("distilRunbook", { body: { raw_text: chat } });
    expect({ kind, notes, commands: draft.steps.map(({ command, expected_output }) => [command, expected_output]) }).toEqual({
      kind: "chat",
      notes: [{ line: 4, text: "systemctl restart web", reason: 'It did not help: "didn\'t help".' }],
      commands: [["journalctl --vacuum-size=1G", "back to normal"]],
    });
    const saved = await admin.call("createRunbook", { body: { raw_text: markdown } });
    expect(saved.parsed.steps.map(({ command }) => command)).toEqual(["journalctl --vacuum-size=1G"]);
  });

  it.each([
    ["a runbook", { raw_text: "# Restart\n\n1. Run `systemctl restart web`\n" }, { status: 422, code: "PARSE_FAILED" }],
    ["an unknown kind", { raw_text: chat, kind: "novel" as never }, { status: 400, code: "VALIDATION_FAILED" }],
  ])("refuses %s", async (_name, body, error) => {
    await expect(admin.call("distilRunbook", { body })).rejects.toMatchObject(error);
  });

  it("is for authors", async () => {
    await expect(server.anonymous.call("distilRunbook", { body: { raw_text: chat } })).rejects.toMatchObject({ status: 401 });
  });
});
