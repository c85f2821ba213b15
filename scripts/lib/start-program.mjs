// What becomes `dist/main.js` of a program that is built as one file with its compiled form beside it.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { loadProgram } from "./compiled-program.mjs";

loadProgram(dirname(fileURLToPath(import.meta.url))).run();
