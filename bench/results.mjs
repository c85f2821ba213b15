// bench/RESULTS.md: one section per measuring command; writing one leaves the others as they are.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

const path = join(process.cwd(), "bench/RESULTS.md");
const head = "# Measured\n\nMachines differ, and this one is shared: compare figures of one run with each other.\n";

/** Date and machine, in one line. */
export const machineLine = () =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.`;

/** Replaces the section with this title, or adds it at the end. `body` is Markdown without the heading. */
export const writeSection = (title, body) => {
  const before = existsSync(path) ? readFileSync(path, "utf8") : head;
  const sections = before.split(/^(?=## )/m).slice(1);
  const section = `## ${title}\n\n${machineLine()}\n\n${body.trim()}\n`;
  const at = sections.findIndex((each) => each.startsWith(`## ${title}\n`));
  const written = at < 0 ? [...sections, section] : sections.with(at, section);
  writeFileSync(path, `${head}\n${written.map((each) => each.trimEnd()).join("\n\n")}\n`);
};
