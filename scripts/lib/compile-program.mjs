// `node scripts/lib/compile-program.mjs FOLDER ARGUMENTS`: runs a built program once and keeps what V8 has compiled by its end.
// The arguments make it do what a cold start is to be quick at. A process of its own, because the program reads the arguments of its process.
import { renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadProgram, programFiles } from "./compiled-program.mjs";

const [node, , folder, ...args] = process.argv;
const { script, run } = loadProgram(resolve(folder));
process.argv = [node, programFiles(folder).text, ...args];
process.on("exit", () => {
  const { compiled } = programFiles(resolve(folder));
  writeFileSync(`${compiled}.new`, script.createCachedData());
  renameSync(`${compiled}.new`, compiled);
});
run();
