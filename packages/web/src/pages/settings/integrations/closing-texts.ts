// What stands in the form of an integration's closing, and back; and what each provider wants.
import type { CallInput, WireIntegration } from "@dd0c/protocol/http";
import type { Choice } from "../../../ui/choice-group.tsx";

type Closing = NonNullable<WireIntegration["closing"]>;

interface ProviderFacts {
  /** Well-known addresses; the first stands in a new form. */
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  /** Null: the provider wants no name. */
  readonly nameLabel: string | null;
  readonly nameHint: string;
  readonly tokenHint: string;
}

export const CLOSING_FACTS: Readonly<Record<"pagerduty" | "opsgenie" | "dd0c-alert", ProviderFacts>> = {
  pagerduty: {
    addresses: [
      { name: "PagerDuty US", url: "https://api.pagerduty.com" },
      { name: "PagerDuty EU", url: "https://api.eu.pagerduty.com" },
    ],
    nameLabel: "In the name of",
    nameHint: "The e-mail address of a PagerDuty user: notes and resolves appear under it.",
    tokenHint: "A REST API key that may write.",
  },
  opsgenie: {
    addresses: [
      { name: "Opsgenie US", url: "https://api.opsgenie.com" },
      { name: "Opsgenie EU", url: "https://api.eu.opsgenie.com" },
      { name: "Jira Service Management", url: "https://api.atlassian.com/jsm/ops/integration" },
    ],
    nameLabel: "In the name of (may stay empty)",
    nameHint: "Shown as the author of the note.",
    tokenHint: "The key of an API integration.",
  },
  "dd0c-alert": { addresses: [], nameLabel: null, nameHint: "", tokenHint: "A token of dd0c/alert." },
};

export const closingKind = (kind: WireIntegration["kind"]): keyof typeof CLOSING_FACTS | null =>
  kind === "pagerduty" || kind === "opsgenie" || kind === "dd0c-alert" ? kind : null;

export const resolveChoices = (provider: string): readonly Choice<Closing["resolve"]>[] => [
  { value: "never", name: "Never", meaning: `People resolve it in ${provider}.` },
  { value: "when_asked", name: "When a person says so", meaning: "With a button at the end of a completed run." },
  {
    value: "when_completed",
    name: "When the run completed",
    meaning: "By itself. Never after a run that failed or was ended early.",
  },
];

export interface ClosingTexts {
  readonly note: boolean;
  readonly resolve: Closing["resolve"];
  readonly apiUrl: string;
  readonly actsAs: string;
  readonly token: string;
}

export const textsOf = (closing: Closing | null, kind: keyof typeof CLOSING_FACTS): ClosingTexts => {
  const {
    note,
    resolve,
    api_url: apiUrl,
    acts_as: actsAs,
  } = closing ?? {
    note: true,
    resolve: "never",
    api_url: CLOSING_FACTS[kind].addresses[0]?.url ?? "",
    acts_as: null,
  };
  return { note, resolve, apiUrl, actsAs: actsAs ?? "", token: "" };
};

export const sentOf = ({ note, resolve, apiUrl, actsAs, token }: ClosingTexts): CallInput<"setClosing">["body"] => ({
  note,
  resolve,
  api_url: apiUrl.trim(),
  acts_as: actsAs.trim() === "" ? null : actsAs.trim(),
  ...(token.trim() === "" ? {} : { token: token.trim() }),
});

/** "adds a note, resolves when the run completed"; what stands in the row. */
export function closingWords(closing: Closing | null): string {
  if (closing === null) return "When a run is over: nothing is told.";
  const resolve = { never: [], when_asked: ["resolves when a person says so"], when_completed: ["resolves when the run completed"] };
  return `When a run is over: ${[...(closing.note ? ["adds a note"] : []), ...resolve[closing.resolve]].join(", ")}.`;
}
