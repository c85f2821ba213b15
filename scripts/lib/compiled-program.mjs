// A program of one file together with what V8 made of it when it was built: a cold start reads the machine's form instead of compiling the text.
// V8 takes that form only from its own version, with its own flags, for a text of the same length; otherwise it compiles, and all is as without.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

const read = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

/** Files of a built program: its text, and its compiled form where there is one. */
export const programFiles = (folder) => ({ text: join(folder, "program.cjs"), compiled: join(folder, "program.compiled") });

/** @param folder absolute, of the two files @returns the script, and a function that runs the program in this process */
export const loadProgram = (folder) => {
  const files = programFiles(folder);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(files.text, "utf8")}\n})`, {
    filename: files.text,
    cachedData: read(files.compiled),
  });
  const run = () => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(files.text), module, files.text, dirname(files.text));
  };
  return { script, run };
};
