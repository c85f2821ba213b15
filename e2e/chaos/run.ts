// A chaos run from beginning to end: a world, lanes that walk runs, a schedule of faults, a look at what is true afterwards.
// In: options. Out: what was found. The world is gone when it resolves.
import { type Gathered, gather } from "./evidence.ts";
import { strike } from "./faults.ts";
import { walkLane } from "./lane.ts";
import { type Observer, observer } from "./observer.ts";
import type { ChaosOptions } from "./options.ts";
import { plantDouble, plantLost } from "./plants.ts";
import { type Progress, progressOf } from "./progress.ts";
import { type FaultKind, scheduleOf } from "./schedule.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { replicasWorld } from "./world/replicas-world.ts";
import { singleWorld } from "./world/single-world.ts";
import type { World } from "./world/world.ts";

export interface ChaosResult {
  readonly options: ChaosOptions;
  readonly verdict: Verdict;
  readonly verified: Gathered["verified"];
  readonly executions: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly refusals: ReadonlyMap<string, number>;
  /** What this host could not do. */
  readonly cannot: readonly string[];
  /** How often a supervisor brought each program back. */
  readonly revivals: ReadonlyMap<string, number>;
  readonly seconds: number;
}

const agentCount = 2;
const lanesPerAgent = 2;
const longestRun = 10;
/** Beyond it a run hangs, and where it hangs is what one wants to know. */
const longestQuietMs = 100_000;

const worlds = { single: singleWorld, replicas: replicasWorld };

export type Say = (line: string) => void;

export async function runChaos(options: ChaosOptions, say: Say): Promise<ChaosResult> {
  const began = performance.now();
  const world = await worlds[options.topology](agentCount);
  try {
    for (const line of world.cannot) say(`not on this host: ${line}`);
    const watching = observer(world);
    const progress = progressOf(options.steps);
    watching.start();
    const faults = await walkAndStrike(world, options, watching, progress, say);
    await watching.stop();
    if (options.plant === "lost") await plantLost(world, watching.look);
    else await watching.look();
    const evidence = await gather(world, progress.started, watching);
    return {
      options,
      verdict: verdictOf(evidence),
      verified: evidence.verified,
      executions: progress.started.length,
      faults,
      refusals: progress.refusals,
      cannot: world.cannot,
      revivals: new Map([...world.servers, ...world.agents].map(({ program }) => [program.name, program.revivals()])),
      seconds: (performance.now() - began) / 1_000,
    };
  } catch (error) {
    for (const { program } of [...world.servers, ...world.agents]) say(`--- ${program.name}\n${program.log().slice(-4_000)}`);
    throw error;
  } finally {
    await world.close();
  }
}

/** A runbook of its own for each lane: one whose outcome is unknown takes trust from its own runs alone. */
async function runbookFor(world: World, steps: number, lane: number): Promise<string> {
  const { quick, slow } = world.effects;
  const command = (at: number): string => ((at + lane) % 3 === 0 ? slow : quick);
  const list = Array.from({ length: steps }, (_, at) => `${at + 1}. Effect:\n\n   \`\`\`bash\n   ${command(at)}\n   \`\`\`\n`);
  const person = await world.person();
  const raw_text = `# Lane ${lane}\n\n${list.join("\n")}`;
  const { id } = await person.call("createRunbook", { body: { raw_text, source_type: "markdown" } });
  await person.call("updateRunbook", { params: { id }, body: { trust_level: 2, reason: "chaos" } });
  return id;
}

async function walkAndStrike(world: World, options: ChaosOptions, watching: Observer, progress: Progress, say: Say) {
  const { items } = await (await world.person()).call("listAgents", { query: {} });
  const agentIds = world.agents.map(({ name }) => items.find((item) => item.name === name)?.id ?? "");
  const stepsPerRun = Math.max(1, Math.min(longestRun, Math.ceil(options.steps / (agentCount * lanesPerAgent))));
  const lanes = [];
  for (let lane = 0; lane < agentCount * lanesPerAgent; lane += 1) {
    const runbookId = await runbookFor(world, stepsPerRun, lane);
    lanes.push({ world, observer: watching, progress, runbookId, agentId: agentIds[lane % agentCount] ?? "", stepsPerRun });
  }
  const striking = strikeAll(world, options, progress, say);
  const walking = Promise.all(lanes.map(walkLane)).then(() => progress.lanesDone());
  const watchdog = hangs(progress);
  try {
    const [faults] = await Promise.race([Promise.all([striking, walking]), watchdog.promise]);
    return faults;
  } catch (error) {
    for (const id of progress.started.filter((each) => !progress.over.has(each))) say(await whereItStands(world, id));
    throw error;
  } finally {
    watchdog.stop();
  }
}

async function strikeAll(world: World, options: ChaosOptions, progress: Progress, say: Say): Promise<ReadonlyMap<FaultKind, number>> {
  const counts = new Map<FaultKind, number>();
  const faults = scheduleOf(options.seed, options.steps, options.topology);
  for (const [at, fault] of faults.entries()) {
    progress.nextFaultAt(fault.atStep);
    if (at === 0 && options.plant === "double") await plantDouble(world);
    await progress.reached(fault.atStep);
    const began = performance.now();
    const done = await strike(world, fault);
    counts.set(done, (counts.get(done) ?? 0) + 1);
    say(`fault ${at + 1} of ${faults.length} after ${progress.approvals()} steps: ${done} (${Math.round(performance.now() - began)} ms)`);
  }
  progress.nextFaultAt(Number.POSITIVE_INFINITY);
  return counts;
}

/** An open run in a line, for whoever looks into why it hangs. */
async function whereItStands(world: World, id: string): Promise<string> {
  const person = await world.person();
  const run = await person.call("getExecution", { params: { id } }).catch(() => undefined);
  if (run === undefined) return `${id} could not be read`;
  const open = run.steps.filter(({ status }) => status !== "completed" && status !== "pending");
  const steps = open.map(({ id: step, status, attempt, started_at, actions }) => ({ step, status, attempt, started_at, actions }));
  const { status, status_reason, last_seq, agent_name, agent_online } = run;
  return `open: ${JSON.stringify({ id, status, status_reason, last_seq, agent_name, agent_online, steps })}`;
}

/** Rejects when nothing was approved and nothing ended for too long. */
function hangs(progress: Progress): { readonly promise: Promise<never>; readonly stop: () => void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    let [last, since] = [-1, performance.now()];
    const timer = setInterval(() => {
      const now = progress.approvals() + progress.over.size;
      if (now !== last) [last, since] = [now, performance.now()];
      if (performance.now() - since < longestQuietMs) return;
      const open = progress.started.filter((id) => !progress.over.has(id));
      reject(new Error(`nothing moved for ${longestQuietMs / 1_000} s; open executions: ${open.join(", ")}`));
    }, 1_000);
    stop = () => clearInterval(timer);
  });
  return { promise, stop: () => stop() };
}
