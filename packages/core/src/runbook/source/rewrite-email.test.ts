// Mails as they are pasted: with headers, quotes, signatures, forwarded and flattened; what is left are the steps.
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

type Case = readonly [name: string, text: string, title: string, steps: readonly (string | null)[], warnings: readonly string[]];

const HEAD = "From: night@example.org\nTo: day@example.org\nSubject: Re: queue full\nDate: Tue, 22 Apr 2025 06:41\n\n";

const MAILS: readonly Case[] = [
  [
    "the reply says what to do; the quote is history",
    `${HEAD}Please run\n\n    df -h /var\n\nand tell me.\n\nOn 21 Apr 2025, at 23:58, day@example.org wrote:\n> systemctl restart postfix\n> worked for me\n`,
    "queue full",
    ["df -h /var"],
    [],
  ],
  [
    "nothing but the quote says what to do",
    `${HEAD}see below, still valid\n\nOn Mon, 21 Apr 2025 at 23:58 Day <day@example.org> wrote:\n> 1. Look: \`mailq\`\n> 2. Flush: \`postfix flush\`\n`,
    "queue full",
    ["mailq", "postfix flush"],
    [],
  ],
  [
    "a forwarded German mail with its head",
    "Von: Nacht\nGesendet: Freitag, 14. März 2025 02:55\nAn: Betrieb\nBetreff: WG: Platte voll\n\nBitte so:\n\n1. Prüfen: `df -h`\n\nMit freundlichen Grüßen\nNacht\nTel. 4711\n\nVon: Tag\nGesendet: Donnerstag, 13. März 2025 10:00\nAn: Nacht\nBetreff: Platte voll\n\n2. Aufräumen: `journalctl --vacuum-time=2d`\n",
    "Platte voll",
    ["df -h", "journalctl --vacuum-time=2d"],
    [],
  ],
  [
    "signature, small print and a device's line are no steps",
    `${HEAD}1. Run \`uptime\`\n\n-- \nNight shift\n1. Floor, Main Street\nCall us\nSent from my phone\n`,
    "queue full",
    ["uptime"],
    [],
  ],
  [
    "what a quote warns of is told",
    `${HEAD}1. Run \`mailq\`\n\n> never run \`postsuper -d ALL\` again\n> systemctl restart postfix\n`,
    "queue full",
    ["mailq"],
    ["ADVISED_AGAINST"],
  ],
  [
    "an order with a condition is a step without a number",
    `${HEAD}1. Run \`mailq\`\n\nIf it has not gone down after half an hour, call the provider, the number is in the folder.\n\nIf you have questions, let me know.\n`,
    "queue full",
    ["mailq", null],
    [],
  ],
];

describe("e-mails", () => {
  it.each(MAILS)("%s", (_name, text, title, steps, warnings) => {
    const result = parseRunbook(text);
    expect(
      result.ok && {
        type: result.runbook.source_type,
        title: result.runbook.title,
        steps: result.runbook.steps.map(({ command }) => command),
        warnings: result.runbook.warnings.map(({ code }) => code),
      },
    ).toEqual({ type: "email", title, steps, warnings });
  });
});
