// Read-only command lines and a seed -> how many of their mutations stay safe, and why the others do not. Test code only.
import fc from "fast-check";
import { scan } from "../scan.ts";
import { sameMeaning } from "./same-meaning.ts";

interface Step {
  readonly mutation: number;
  readonly place: number;
  readonly form: number;
}

export interface Loss {
  /** The mutations and the rule that raised the risk. */
  readonly reason: string;
  readonly times: number;
  readonly example: string;
}

export interface StayingSafe {
  readonly mutated: number;
  readonly stayed: number;
  /** The commonest first. */
  readonly losses: readonly Loss[];
}

const number = fc.nat(999);
const step: fc.Arbitrary<Step> = fc.record({ mutation: number, place: number, form: number });

/** One to three mutations, one after the other; those that do not apply are left out. */
function mutate(text: string, steps: readonly Step[]): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = [];
  let done = text;
  for (const { mutation, place, form } of steps) {
    const [name, change] = sameMeaning[mutation % sameMeaning.length] ?? ["", () => undefined];
    const next = change(done, place, form);
    if (next === undefined || next === done) continue;
    done = next;
    names.push(name);
  }
  return { text: done, names };
}

/** Mutates lines that the scanner calls safe as they stand, `count` times. Call loadSql before. */
export function stayingSafe(lines: readonly string[], count: number, seed: number): StayingSafe {
  const safe = lines.filter((line) => scan(line).risk === "safe");
  const choice = fc.record({ line: fc.constantFrom(...safe), steps: fc.array(step, { minLength: 1, maxLength: 3 }) });
  const losses = new Map<string, Loss>();
  let [mutated, stayed] = [0, 0];
  // Some choices change nothing, so there are more of them than mutations wanted.
  for (const { line, steps } of fc.sample(choice, { seed, numRuns: count * 3 })) {
    if (mutated === count) break;
    const { text, names } = mutate(line, steps);
    if (names.length === 0) continue;
    mutated++;
    const { risk, reasons } = scan(text);
    if (risk === "safe") stayed++;
    else note(losses, `${names.toSorted().join(", ")} <- ${reasons.find((each) => each.risk === risk)?.ruleId ?? ""}`, text);
  }
  return { mutated, stayed, losses: [...losses.values()].sort((a, b) => b.times - a.times) };
}

function note(losses: Map<string, Loss>, reason: string, example: string): void {
  const known = losses.get(reason);
  const shortest = known !== undefined && known.example.length <= example.length ? known.example : example;
  losses.set(reason, { reason, times: (known?.times ?? 0) + 1, example: shortest });
}
