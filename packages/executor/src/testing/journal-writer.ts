// A process for the crash test: opens a journal, starts a long step, then writes records as fast as it can until it is killed.
// In: a folder on the command line. Out: one line on stdout per record that is on the disk. Test code only.

import { executeStep } from "../execute-step.ts";
import { openExecutor } from "../executor.ts";
import { openJournal } from "../journal.ts";
import { single } from "./run-fixture.ts";

const folder = process.argv[2] ?? "";
const journal = await openJournal(folder);
const executor = openExecutor({ home: `${folder}/home`, programDirs: ["/usr/bin", "/bin"], lang: "C", allowedNames: [], profile: {} });
const request = { cwd: folder, timeoutMs: 60_000, onOutput: () => undefined };
const spawned = new Promise<void>((resolve) => {
  void executeStep(journal, executor, {
    ...request,
    stepExecutionId: "crash-long",
    plan: single(["sleep", "60"]),
    onSpawned: async () => resolve(),
  });
});
await spawned;
for (let n = 0; ; n++) {
  const { seq } = await journal.append({ type: "received", stepExecutionId: `crash-${n}`, detail: { digest: "d".repeat(64) } });
  process.stdout.write(`${seq}\n`);
}
