// docs/rules.md and docs/rules/<domain>.md from the scanner's rule files: every rule with its reason, source and examples.
import { type DescribedCommand, type DescribedRule, describeRules } from "@dd0c/scanner";

const titles: Readonly<Record<string, string>> = {
  shell: "Shell: built-ins, interpreters, wrappers",
  text: "Text and files",
  system: "One machine: processes, disks, kernel, services, users",
  network: "Network, HTTP, TLS, mail, web servers",
  kubernetes: "Clusters and containers",
  cloud: "Cloud providers",
  infrastructure: "Infrastructure, secrets, service stores",
  development: "Version control, packages, build and language tools",
  data: "Databases, caches, queues",
};

const note = "Generated from the rule files below `packages/scanner/src/rules/`; a check keeps them equal. Examples run as tests.";

const code = (text: string): string => {
  const shown = text.replaceAll("\n", "⏎");
  const fence = shown.includes("`") ? "``" : "`";
  return `${fence}${fence === "``" ? ` ${shown} ` : shown}${fence}`;
};
const cell = (text: string): string => text.replaceAll("|", "\\|");
const anchor = (rule: DescribedRule): string => (rule.names[0] ?? "").toLowerCase().replace(/[^a-z0-9_-]/g, "");

function commandRows(commands: readonly DescribedCommand[]): string[] {
  if (commands.length === 0) return [];
  const notes = ({ safer, undo }: DescribedCommand) =>
    [safer === undefined ? [] : [`safer: ${safer}`], undo === undefined ? [] : [`undo: ${undo}`]].flat().join("; ");
  return [
    "| command | risk | what it does | |",
    "| --- | --- | --- | --- |",
    ...commands.map(
      (each) => `| ${each.path === "" ? "" : cell(code(each.path))} | ${each.risk} | ${cell(each.why)} | ${cell(notes(each))} |`,
    ),
    "",
  ];
}

function ruleSection(rule: DescribedRule): string[] {
  const options = rule.options.map(
    ({ path, spelling, risk, why }) => `| ${cell(code(`${path} ${spelling}`.trim()))} | ${risk} | ${cell(why)} |`,
  );
  const examples = Object.entries(rule.examples).map(([command, risk]) => `- ${risk}: ${code(command)}`);
  const misses = rule.nearMisses.map((command) => `- not safe: ${code(command)}`);
  return [
    `## ${rule.names[0] ?? ""}`,
    "",
    ...(rule.names.length > 1 ? [`Also ${rule.names.slice(1).map(code).join(", ")}.`, ""] : []),
    `Source: ${rule.source}.`,
    "",
    ...commandRows(rule.commands),
    ...(options.length === 0 ? [] : ["| option | risk | why |", "| --- | --- | --- |", ...options, ""]),
    ...examples,
    ...misses,
    "",
  ];
}

/** Path -> text of every page. */
export function renderRulesPages(): Readonly<Record<string, string>> {
  const rules = describeRules();
  const domains = [...new Set(rules.map(({ domain }) => domain))];
  const pages = domains.map((domain): [string, string] => {
    const own = rules.filter((rule) => rule.domain === domain);
    return [`docs/rules/${domain}.md`, [`# ${titles[domain] ?? domain}`, "", note, "", ...own.flatMap(ruleSection)].join("\n")];
  });
  const index = [
    "# What the scanner knows",
    "",
    note,
    "What is not listed is unknown: a program without a rule, a sub-command or an option that its table does not name.",
    "",
    ...domains.flatMap((domain) => {
      const own = rules.filter((rule) => rule.domain === domain);
      const links = own.map((rule) => `[${rule.names[0] ?? ""}](rules/${domain}.md#${anchor(rule)})`);
      const programs = own.reduce((sum, { names }) => sum + names.length, 0);
      return [`## ${titles[domain] ?? domain}`, "", `${own.length} rules for ${programs} programs: ${links.join(", ")}.`, ""];
    }),
  ];
  return { "docs/rules.md": index.join("\n"), ...Object.fromEntries(pages) };
}
