// Knows which commands take back what another did by the verb alone: uncordon after cordon, start after stop, scaling to another number.
// A command goes in; what it does to what comes out, so that a command and its inverse can be found under the same key.

/** First what is done, then what takes it back. */
const PAIRS: readonly (readonly [does: readonly string[], undoes: readonly string[]])[] = [
  [["cordon", "drain"], ["uncordon"]],
  [["stop"], ["start"]],
  [
    ["disable", "disable-alarm-actions"],
    ["enable", "enable-alarm-actions"],
  ],
  [["mask"], ["unmask"]],
  [["pause"], ["resume", "unpause"]],
  [["suspend"], ["resume"]],
  [["freeze"], ["unfreeze", "thaw"]],
  [["lock"], ["unlock"]],
  [["umount", "unmount"], ["mount"]],
  [["detach"], ["attach"]],
  [["deregister"], ["register"]],
  [["deactivate"], ["activate"]],
  [
    ["block", "ban"],
    ["unblock", "unban"],
  ],
  [["install"], ["uninstall", "remove"]],
  [["upgrade"], ["rollback"]],
  [
    ["create", "apply", "add"],
    ["delete", "remove", "rm", "destroy"],
  ],
  [["grant"], ["revoke"]],
  [["off"], ["on"]],
  [["out"], ["in"]],
  [["down"], ["up"]],
  [["set"], ["unset"]],
  [["scale"], ["scale"]],
];

export interface VerbReading {
  /** Index of the pair and which side of it the verb is. */
  readonly pair: number;
  readonly side: "does" | "undoes" | "both";
  /** Program and everything it acts on, without the verb and the values that differ between there and back. */
  readonly rest: string;
}

const BY_VERB: ReadonlyMap<string, readonly Omit<VerbReading, "rest">[]> = readVerbs();

function readVerbs(): ReadonlyMap<string, readonly Omit<VerbReading, "rest">[]> {
  const found = new Map<string, Omit<VerbReading, "rest">[]>();
  for (const [pair, [does, undoes]] of PAIRS.entries()) {
    for (const verb of new Set([...does, ...undoes])) {
      const side = does.includes(verb) ? (undoes.includes(verb) ? "both" : "does") : "undoes";
      found.set(verb, [...(found.get(verb) ?? []), { pair, side }]);
    }
  }
  return found;
}

/** Options whose value is the state that changes, or that say how carefully. */
const STATE =
  /^(?:--(?:replicas|ignore-daemonsets|delete-emptydir-data|delete-local-data|force|grace-period|timeout|wait|now|size|desired-capacity|yes|y)(?:=.*)?|-f|-y)$/;
const MAX_TEXT_LENGTH = 2_000;
const MAX_WORDS = 40;

/** @returns every reading of the command's first known verb; `systemctl enable --now x` and `systemctl start x` stay different */
export function readVerb(text: string): readonly VerbReading[] {
  if (text.length > MAX_TEXT_LENGTH || text.includes("\n")) return [];
  const words = text.replace(/^\s*sudo\s+/, "").split(/\s+/, MAX_WORDS);
  const at = verbAt(words);
  const readings = BY_VERB.get((words[at] ?? "").toLowerCase()) ?? [];
  const rest = words.filter((word, index) => index !== at && !STATE.test(word) && !STATE_VALUE.test(word)).join(" ");
  return rest === "" ? [] : readings.map((reading) => ({ ...reading, rest }));
}

/** The state at the end (`ip link set eth0 down`), else the first known verb behind the program. */
function verbAt(words: readonly string[]): number {
  if (/^(?:on|off|up|down|in|out)$/i.test(words.at(-1) ?? "")) return words.length - 1;
  return words.findIndex((word, index) => (index > 0 || /^u?mount$/.test(word)) && BY_VERB.has(word.toLowerCase()));
}

/** A bare number behind `--replicas` and the like. */
const STATE_VALUE = /^\d+$/;

/** Whether the second command takes the first one back, told by their verbs and what they act on. */
export function isInverse(does: string, undoes: string): boolean {
  if (does === undoes) return false;
  const back = readVerb(undoes).filter(({ side }) => side !== "does");
  return readVerb(does).some(
    ({ pair, side, rest }) => side !== "undoes" && back.some((other) => other.pair === pair && other.rest === rest),
  );
}
