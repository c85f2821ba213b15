// What a run asks of people, over a real agent and in a real browser: conditions answered by a declared check or by a person,
// who is in charge, a second run beside the first, values, deadlines, pauses, and what was done elsewhere.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireExecution } from "@dd0c/protocol/http";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { look, usable } from "./support/look.ts";
import { freePorts, type Product, startProduct, temporaryFolder } from "./support/product.ts";
import { approve, begin, openStep, readExecution, type Session, signIn, until } from "./support/session.ts";

const folder = temporaryFolder();
const demo = join(folder.path, "demo/payment-svc");
let product: Product;
let session: Session;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct(await freePorts(), folder.path);
  session = await signIn(product.base, product.link);
  await session.call("setup", { body: { governance_mode: "audit", demo_trust_level: 2 } });
  browser = await openBrowser();
  writeFileSync(join(demo, "pods.txt"), "payment-1 CrashLoopBackOff\n");
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  folder.remove();
});

const saved = async (steps: readonly string[], title = "Pods"): Promise<string> => {
  const raw_text = `# ${title}\n\n## Steps\n\n${steps.map((step, at) => `${at + 1}. ${step}`).join("\n")}\n`;
  return (await session.call("createRunbook", { body: { raw_text, trust_level: 2 } })).id;
};
const when = (id: string, what: string, done: (now: WireExecution) => boolean): Promise<WireExecution> =>
  until(what, () => readExecution(session, id), done);
const drawn = (now: WireExecution): readonly string[] => now.steps.map(({ label, status }) => `${label} ${status}`);
const dataOf = async (id: string, type: string) =>
  (await session.call("listAudit", { query: { execution_id: id, type } })).items.map(({ data }) => data);

const withCheck = (word: string): readonly string[] => [
  `Look at the pods: \`cat ${demo}/pods.txt\``,
  `If the output contains "${word}", look at the files: \`ls ${demo}\``,
  `Otherwise look at the folder above: \`ls ${demo}/..\``,
  `Look once more: \`ls ${demo}\``,
];

describe("a condition with a declared check", () => {
  it.each([
    ["CrashLoop", "yes", ["1 completed", "2 completed", "3 skipped", "4 completed"]],
    ["Evicted", "no", ["1 completed", "2 skipped", "3 completed", "4 completed"]],
  ])("about %j is answered %s on the stored output, with its hash on record", async (word, answer, steps) => {
    const { id } = await begin(session, await saved(withCheck(word)));
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(drawn(over)).toEqual(steps);
    expect(over.decisions).toMatchObject([{ answer, declared: true, answered_by: null }]);
    const [answered] = await dataOf(id, "execution.branch_answered");
    expect(answered).toMatchObject({ by: "check", answer, looked_at: { step_execution: over.steps[0]?.id, exit_code: 0 } });
    expect((answered?.["looked_at"] as { stdout_hash: string }).stdout_hash).toBe(over.steps[0]?.stdout_sha256);
    expect(over.steps.find(({ status }) => status === "skipped")?.note).toMatch(/^Not on the path taken: /);
  });

  it("goes to a person where the output is no answer to it", async () => {
    const steps = [`Look: \`cat ${demo}/pods.txt\``, `If number >= 50, look at the files: \`ls ${demo}\``, `Look again: \`ls ${demo}\``];
    const { id } = await begin(session, await saved(steps));
    const asked = await when(id, "the question", (now) => now.question !== null);
    expect(asked.question).toMatchObject({ declared: true, why_asked: "The output is not one plain number." });
    expect(drawn(asked)).toEqual(["1 completed", "2 pending", "3 pending"]);
    const params = { id, branch: asked.question?.branch_id ?? "" };
    await session.call("answerBranch", { params, body: { answer: "no", note: "two pods" } });
    expect(drawn(await when(id, "the end", (now) => now.status === "completed"))).toEqual(["1 completed", "2 skipped", "3 completed"]);
  });
});

const sizes = [
  ["on a desktop", { width: 1440, height: 900 }],
  ["on a phone", { width: 390, height: 844 }],
] as const;

const openPage = async (viewport: { readonly width: number; readonly height: number }): Promise<[BrowserContext, Page]> => {
  const context = await browser.newContext({ viewport, colorScheme: "dark", reducedMotion: "reduce" });
  const cookies = session.cookie.split("; ").map((pair) => pair.split("=") as [string, string]);
  await context.addCookies(cookies.map(([key, ...value]) => ({ name: key, value: value.join("="), url: product.base })));
  return [context, await context.newPage()];
};

describe.each(sizes)("in the browser %s", (name, viewport) => {
  const picked = name.replaceAll(" ", "-");

  it("a person answers a condition, and the step that it leaves out says why", async () => {
    const runbook = await saved([`Look: \`cat ${demo}/pods.txt\``, `If it looks red, list the files: \`ls ${demo}\``], `Red ${picked}`);
    const { id } = await begin(session, runbook);
    const [context, page] = await openPage(viewport);
    await page.goto(`${product.base}/executions/${id}`);
    await page.getByRole("heading", { name: "If it looks red" }).waitFor();
    await look(page, `condition-${picked}`);
    await page.getByLabel("What did you see? (optional)").fill("all green");
    await page.getByRole("button", { name: "No", exact: true }).click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    await page.getByText(/Left out: 2/).waitFor();
    await usable(page);
    await context.close();
  });

  it("a start beside a live run is a choice, and each page names the other run", async () => {
    const title = `Beside ${picked}`;
    const runbook = await saved([`Tell the team on the phone.`, `Look: \`ls ${demo}\``], title);
    const first = await begin(session, runbook);
    const [context, page] = await openPage(viewport);
    await page.goto(`${product.base}/runbooks/${runbook}`);
    await page.getByRole("button", { name: "Start copilot" }).click();
    await page.getByRole("heading", { name: "This runbook is running already" }).waitFor();
    await page.getByRole("link", { name: /Open the run that started/ }).waitFor();
    await look(page, `live-run-${picked}`);
    await page.getByRole("button", { name: "Start another one beside it" }).click();
    await page.getByText("Another run is under way here.").waitFor();
    expect((await readExecution(session, first.id)).other_runs).toMatchObject([{ runbook_title: title }]);
    await page.getByText("In charge: Admin (you).").waitFor();
    await look(page, `beside-${picked}`);
    await context.close();
  });

  it("before the first step: rules, agent, and values with their source; what an attacker could shape is typed", async () => {
    const steps = [`Look at the service from the alert: \`ls ${demo}/<service_name>\``];
    const runbook = await saved(steps, `Alert ${picked}`);
    const alert_context = { service: "x; rm -rf /", service_name: "x; rm -rf /" };
    const { id, variables } = await session.call("startExecution", { body: { runbook_id: runbook, alert_context } });
    expect(variables).toMatchObject([{ source: "alert", needs_typing: true, value: "x; rm -rf /" }]);
    const [context, page] = await openPage(viewport);
    await page.goto(`${product.base}/executions/${id}`);
    await page.getByText("local, connected").waitFor();
    await page.getByText("2, copilot", { exact: true }).waitFor();
    const field = page.getByLabel(/^service/);
    expect(await field.inputValue()).toBe("");
    await page.getByText(/The alert says “x; rm -rf \/”/).waitFor();
    expect(await page.getByRole("button", { name: "Begin" }).isDisabled()).toBe(true);
    await look(page, `values-${picked}`);
    await field.fill("..");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    const [confirmed] = await dataOf(id, "execution.preflight_confirmed");
    expect(confirmed?.["variables"]).toMatchObject([{ value: "..", source: "manual" }]);
    await context.close();
  });

  it("a value that the run shows is copied from an output, and anything but a plain word is refused", async () => {
    const steps = [`Look: \`cat ${demo}/pods.txt\``, `Look at the pod from step 1: \`cat <pod_name>\``];
    const runbook = await saved(steps, `Value ${picked}`);
    const [context, page] = await openPage(viewport);
    const { id } = await session.call("startExecution", { body: { runbook_id: runbook } });
    await page.goto(`${product.base}/executions/${id}`);
    await page.getByText("The run will show it.").waitFor();
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("This step needs a value that the run was to show.").waitFor();
    const value = page.getByLabel("pod_name");
    await value.fill("payment-1 CrashLoopBackOff");
    await page.getByLabel("Copied from the output of step 1").check();
    await look(page, `missing-value-${picked}`);
    await page.getByRole("button", { name: "Fill it in" }).click();
    await page
      .getByText(/VARIABLE_UNSAFE/)
      .first()
      .waitFor();
    await value.fill(`${demo}/pods.txt`);
    await page.getByRole("button", { name: "Fill it in" }).click();
    const over = await when(id, "the end", (now) => now.status === "completed");
    expect(over.steps.map(({ command, outcome }) => [command, outcome])).toEqual([
      [`cat ${demo}/pods.txt`, "ok"],
      [`cat ${demo}/pods.txt`, "ok"],
    ]);
    const [set] = await dataOf(id, "execution.variable_set");
    expect(set).toMatchObject({
      name: "pod_name",
      source: "runtime",
      copied_from: { step_execution: over.steps[0]?.id, stdout_hash: over.steps[0]?.stdout_sha256 },
    });
    await context.close();
  });

  it("a run is paused, gets another deadline and a word about what was done elsewhere, and goes on with the step that a person chose", async () => {
    const steps = ["Tell the team.", `Clear it: \`touch ${demo}/cleared\``, `Look: \`ls ${demo}\``];
    const { id } = await begin(session, await saved(steps, `Pause ${picked}`));
    const [context, page] = await openPage(viewport);
    await page.goto(`${product.base}/executions/${id}`);
    await page.getByLabel("Note (optional)").fill("told them by phone");
    await page.getByRole("button", { name: "Report done" }).click();
    await page.locator('article[aria-label="Current step 2"]').waitFor();

    await page.getByText("Ended after 2 min if it does not end by itself").click();
    await page.getByLabel("Seconds").fill("300");
    await page.getByRole("button", { name: "Set the deadline" }).click();
    await page.getByText("Ended after 5 min if it does not end by itself").waitFor();

    await page.getByText("Not observed: nothing here can see what is done elsewhere. Nobody declared anything.").waitFor();
    await page.getByRole("button", { name: "Declare something done elsewhere" }).click();
    await page.getByLabel("What was done?").fill("cleared it on the console");
    await page.getByLabel("How many minutes ago?").fill("3");
    await usable(page);
    await page.getByRole("button", { name: "Put it on record" }).click();
    await page.getByText("cleared it on the console").waitFor();

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on with another step" }).click();
    await page.getByLabel("Go on with", { exact: true }).selectOption({ label: "3 Look" });
    await page.getByText("Passed over: step 2.").waitFor();
    await page.getByLabel("Why? (optional)").fill("done by hand");
    await look(page, `go-on-${picked}`);
    await page.getByRole("button", { name: "Go on with this step" }).click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    await page.getByText("cleared it on the console", { exact: true }).waitFor();
    await look(page, `outside-${picked}`);

    const over = await readExecution(session, id);
    expect(over.steps.map(({ label, status, note }) => `${label} ${status}: ${note ?? ""}`)).toEqual([
      "1 completed: told them by phone",
      "2 skipped: Passed over: the run went on with step 3. done by hand",
      "3 completed: ",
    ]);
    expect(over.outside_actions).toMatchObject({
      observed: "not_observed",
      declared: [{ text: "cleared it on the console", kind: "description" }],
    });
    expect(await dataOf(id, "step.timeout_set")).toMatchObject([{ timeout_ms: 300_000 }]);
    expect(await dataOf(id, "step.unlisted_action")).toMatchObject([{ observed_by: "declared", command: "cleared it on the console" }]);
    await context.close();
  });
});

it("a deadline that a person set is the agent's: the step is approved, told of by an amendment, and runs", async () => {
  const { id } = await begin(session, await saved([`Clear it: \`touch ${demo}/deadline\``], "Deadline"));
  const asked = await when(id, "the question", (now) => openStep(now) !== undefined);
  const sid = openStep(asked)?.id ?? "";
  await session.call("setTimeout", { params: { id, sid }, body: { timeout_ms: 45_000 } });
  const again = await when(id, "the question again", (now) => openStep(now)?.timeout_ms === 45_000);
  const step = again.steps[0];
  expect(step?.attempt).toBe(2);
  expect(step?.digest).not.toBe(asked.steps[0]?.digest);
  if (step !== undefined) await approve(session, again, step);
  const over = await when(id, "the end", (now) => now.status === "completed");
  expect(over.steps[0]).toMatchObject({ status: "completed", outcome: "ok", timeout_ms: 45_000 });
});

it("leaves a chain that holds", async () => {
  expect(await session.call("verifyAudit", {})).toMatchObject({ ok: true, broken: null });
});
