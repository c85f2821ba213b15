// Settings of V8 for a process that waits most of its life: small memory before speed. In force before any other module is evaluated, which is why
// main.ts imports it first. An agent scans a handful of commands a minute; the scanner's rules and canaries are most of what it holds.
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--max-semi-space-size=1");
setFlagsFromString("--semi-space-growth-factor=1");
// Worth four megabytes of an idle agent's ninety.
setFlagsFromString("--optimize-for-size");
// V8's optimising compiler takes 80 MB and more to make the SQL parser a little faster.
setFlagsFromString("--liftoff-only");
