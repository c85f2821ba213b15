// A signed-in person over HTTP, by the one-time link, with the typed client; and the walk through an execution that such a person does.
import { type Client, createClient, type WireExecution, type WireStepExecution } from "@dd0c/protocol/http";

export interface Session extends Client {
  readonly cookie: string;
  readonly base: string;
}

export const clientWith = (base: string, headers: Readonly<Record<string, string>>): Client =>
  createClient({ baseUrl: base, fetch: (url, init) => fetch(url, init), headers });

export async function signIn(base: string, link: string): Promise<Session> {
  const answer = await fetch(link, { redirect: "manual" });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  if (cookie === "") throw new Error(`the link gave no session (${answer.status})`);
  return sessionOf(base, cookie);
}

/** What a browser with this cookie can call. */
export const sessionOf = (base: string, cookie: string): Session => ({ ...clientWith(base, { cookie, origin: base }), cookie, base });

const sleep = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

/** Polls until `done` says so. */
export async function until<T>(what: string, read: () => Promise<T>, done: (value: T) => boolean, timeoutMs = 30_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (performance.now() > end) throw new Error(`${what} did not happen: ${JSON.stringify(value).slice(0, 2_000)}`);
    await sleep(50);
  }
}

export const readExecution = (session: Client, id: string): Promise<WireExecution> => session.call("getExecution", { params: { id } });

export const openStep = (execution: WireExecution): WireStepExecution | undefined =>
  execution.steps.find((step) => step.actions.length > 0);

/** Starts a runbook and confirms everything that is asked before the first step. */
export async function begin(session: Client, runbookId: string): Promise<WireExecution> {
  const started = await session.call("startExecution", { body: { runbook_id: runbookId } });
  const confirmed = started.checklist.map(({ id }) => id);
  return session.call("confirmPreflight", { params: { id: started.id }, body: { confirmed, variables: {} } });
}

/** Approves a step as it is shown: typed names where they are asked for. */
export const approve = (session: Client, execution: WireExecution, step: WireStepExecution): Promise<WireExecution> =>
  session.call("approveStep", {
    params: { id: execution.id, sid: step.id },
    body: {
      digest: step.digest ?? "",
      acknowledge_no_rollback: true,
      attempt: step.attempt,
      ...(step.actions.includes("confirm_typed") ? { confirmation: step.confirmations.map(({ name }) => name) } : {}),
    },
  });

const isOver = (execution: WireExecution): boolean => ["completed", "failed", "aborted", "timed_out"].includes(execution.status);

/** Decides every step with yes until the run is over. */
export async function walk(session: Client, id: string): Promise<WireExecution> {
  for (;;) {
    const execution = await until(
      "a decision or the end",
      () => readExecution(session, id),
      (now) => isOver(now) || openStep(now) !== undefined || now.question !== null,
    );
    const step = openStep(execution);
    if (step === undefined && execution.question !== null) {
      const params = { id, branch: execution.question.branch_id };
      await session.call("answerBranch", { params, body: { answer: "yes" } });
      continue;
    }
    if (isOver(execution) || step === undefined) return execution;
    if (step.actions.includes("report")) await session.call("reportStep", { params: { id, sid: step.id }, body: { outcome: "done" } });
    else if (step.actions.includes("continue")) await session.call("continueStep", { params: { id, sid: step.id }, body: {} });
    else await approve(session, execution, step);
  }
}

export async function demoRunbook(session: Client, title: RegExp): Promise<string> {
  const { items } = await session.call("listRunbooks", { query: {} });
  const found = items.find((runbook) => title.test(runbook.title));
  if (found === undefined) throw new Error("the demo runbook is missing");
  return found.id;
}
