// Why a runbook was offered, in words for people: what of the alert it has, strongest first. At least one reason, whatever the evidence.
// Words of the alert stand in the reasons as it wrote them; they are cut short and are escaped where they are shown.
import type { AskedAlert } from "./evidence.ts";
import type { MatchLibrary } from "./match-library.ts";
import { ownWords } from "./own-words.ts";
import type { Ranked } from "./rank.ts";
import type { MatchReason } from "./types.ts";

const longestName = 120;

/** Reasons of one ranked runbook. */
export function reasonsFor(asked: AskedAlert, library: MatchLibrary, { runbook, evidence }: Ranked): readonly MatchReason[] {
  const { words, others, systems } = ownWords(asked, library, runbook);
  const reasons: MatchReason[] = [];
  const say = (holds: boolean, signal: MatchReason["signal"], text: string): void => {
    if (holds) reasons.push({ signal, text });
  };
  const name = (asked.text.name || asked.text.title).slice(0, longestName);
  say(evidence.exactName === 1, "name", `it has the alert's name, ${name}`);
  say(evidence.exactName === 0 && evidence.sectionName === 1, "name", `it has a section with the alert's name, ${name}`);
  say(evidence.exactName === 0 && evidence.titleSaid >= 0.7, "title", "the alert says what its title says");
  say(evidence.serviceAgrees === 1, "service", `it is for the service ${asked.service ?? ""}`);
  say(evidence.serviceAgrees > 0 && evidence.serviceAgrees < 1, "team", `it belongs to ${asked.team ?? asked.service ?? ""}`);
  say(systems.length > 0, "meaning", `both are about ${systems.join(", ")}`);
  say(words.length > 0, "words", `both say ${words.join(", ")}`);
  say(others.length > 0, "meaning", `it says in other words: ${others.join(", ")}`);
  say(reasons.length === 0, "words", "it is spelled like the alert");
  return reasons;
}
