// `node compile-program FOLDER JSON`: runs a built program and keeps what V8 has compiled by its end. The JSON is a list of lists of arguments,
// one for each thing that a cold start is to be quick at. A process of its own, because the program reads the arguments of its process;
// bundled by the build, so that the program's settings of V8 are in force here as they are when it starts.
import { renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadProgram, programFiles } from "./compiled-program.mjs";

const [node, , folder, calls] = process.argv;
const { script, run } = loadProgram(resolve(folder));
process.on("exit", () => {
  const { compiled } = programFiles(resolve(folder));
  writeFileSync(`${compiled}.new`, script.createCachedData());
  renameSync(`${compiled}.new`, compiled);
});
// A program that stays says on its channel when it has started: that is its end here.
process.send = () => process.kill(process.pid, "SIGTERM");
for (const args of JSON.parse(calls)) {
  // Read at once when the program starts, so the next call may set its own.
  process.argv = [node, programFiles(folder).text, ...args];
  run();
}
