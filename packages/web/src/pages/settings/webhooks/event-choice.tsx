// Which events a webhook gets: every one, also those that come with later versions, or chosen ones.
import type { CallAnswer } from "@dd0c/protocol/http";
import { useState } from "react";
import { shortType } from "../../../text/delivery-words.ts";
import { ChoiceGroup } from "../../../ui/choice-group.tsx";

type EventType = CallAnswer<"listWebhookEndpoints">["event_types"][number];

interface EventChoiceProps {
  readonly types: readonly EventType[];
  /** Empty: every event. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const CHOICES = [
  { value: "all", name: "Every event", meaning: "Also those that later versions add." },
  { value: "some", name: "Chosen events", meaning: "Only what you tick." },
] as const;

export const EventChoice = ({ types, chosen, onChange }: EventChoiceProps) => {
  const [mode, setMode] = useState<"all" | "some">(chosen.length === 0 ? "all" : "some");
  const toggle = (name: string): void => onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <div className="space-y-3">
      <ChoiceGroup
        legend="Events"
        choices={CHOICES}
        value={mode}
        onChange={(next) => {
          setMode(next);
          if (next === "all") onChange([]);
        }}
      />
      {mode === "some" && (
        <fieldset>
          <legend className="mb-2 font-medium text-ink-strong">Send these</legend>
          <ul className="rounded-lg border border-line bg-surface-1">
            {types.map(({ name, meaning }) => (
              <li key={name} className="border-b border-line last:border-b-0">
                <label className="flex min-h-11 gap-3 p-3">
                  <input type="checkbox" className="mt-1" checked={chosen.includes(name)} onChange={() => toggle(name)} />
                  <span className="min-w-0">
                    <span className="block font-mono text-code break-words text-ink-strong">{shortType(name)}</span>
                    <span className="block text-small text-ink-normal">{meaning}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          {chosen.length === 0 && <p className="mt-2 text-small text-ink-faint">Nothing is ticked: every event is sent.</p>}
        </fieldset>
      )}
    </div>
  );
};
