// A process for tests of survivors: starts one step as another account, in the sandbox or not, says so, and waits to be killed.
// In: a folder, an account number (0: none) and whether the step only reads, on the command line. Out: one line. Test code only.

import { executeStep } from "../execute-step.ts";
import { openExecutor } from "../executor.ts";
import { openJournal } from "../journal.ts";
import { single } from "./run-fixture.ts";

const [folder = "", account = "0", readOnly = ""] = process.argv.slice(2);
const id = Number(account);
const journal = await openJournal(`${folder}/journal`);
const executor = openExecutor({
  home: `${folder}/home`,
  programDirs: ["/usr/bin", "/bin"],
  lang: "C.UTF-8",
  allowedNames: [],
  profile: {},
  limits: { cpuSeconds: 60, memoryBytes: 2 ** 33, processes: 64, openFiles: 256 },
  runAs: id === 0 ? undefined : { user: account, uid: id, gid: id },
  sandbox: "required",
});
await executeStep(journal, executor, {
  stepExecutionId: "left-behind",
  plan: single(["sleep", "60"]),
  cwd: "/",
  timeoutMs: 60_000,
  readOnly: readOnly === "read-only",
  onOutput: () => undefined,
  onSpawned: async () => void process.stdout.write("spawned\n"),
});
