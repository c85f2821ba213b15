// What matching works on: an alert as facts, runbooks as text with a name, what people said or did before, and the matches that come out.
// Apps make these from webhooks, rows and files; nothing here is trusted: every text of an alert is data and decides no more than a score.

/** A page that the alert points to. */
export interface AlertLink {
  readonly title: string | null;
  readonly url: string;
}

/** One alert, whatever sent it. Texts are as received; null where the source has no such field. */
export interface AlertFacts {
  /** Who sent it: `alertmanager`, `grafana`, `pagerduty`, `opsgenie`, `dd0c-alert`, `generic` or another name. */
  readonly source: string;
  /** The rule's name (`KubePodCrashLooping`), where the source has one beside the title. */
  readonly name: string | null;
  /** The line that a person sees first. */
  readonly title: string | null;
  readonly description: string | null;
  readonly service: string | null;
  readonly team: string | null;
  readonly severity: string | null;
  readonly urgency: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** The rule author's texts; `summary`, `description` and `message` count as prose. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** The address that the rule's author gave for the runbook. Never fetched, only compared with names. */
  readonly runbookUrl: string | null;
  readonly links: readonly AlertLink[];
}

/** A runbook as the library keeps it. */
export interface MatchRunbook {
  /** What a match names; unique in a library. */
  readonly id: string;
  /** File name or slug (`KubePodCrashLooping.md`), null for a pasted one. */
  readonly fileName: string | null;
  readonly title: string;
  /** The source text as it was pasted: Markdown or anything else. */
  readonly text: string;
  readonly service: string | null;
  readonly team: string | null;
  readonly tags: readonly string[];
  /** Addresses under which it is known elsewhere (wiki page, repository). */
  readonly urls: readonly string[];
}

/** What an alert must say for a mapping to hold. Every field given must agree; `*` in a value stands for any text; case does not count. */
export interface MappingCriteria {
  readonly source?: string;
  readonly name?: string;
  readonly title?: string;
  readonly service?: string;
  readonly team?: string;
  /** Label name -> value. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A person's own word: alerts like this belong to that runbook. */
export interface AlertMapping {
  readonly runbookId: string;
  readonly criteria: MappingCriteria;
}

/** How often a runbook was used for this alert before: rows that the caller found under `alertKey`. */
export interface UsedBefore {
  readonly runbookId: string;
  /** Runs that were started for it and went through. */
  readonly used: number;
  /** Times that a person dismissed this match. */
  readonly dismissed: number;
}

/** What is known beside the texts. */
export interface KnownBefore {
  readonly mappings: readonly AlertMapping[];
  readonly usedBefore: readonly UsedBefore[];
}

export type MatchSignal = "mapping" | "runbook_url" | "used_before" | "name" | "title" | "words" | "meaning" | "service" | "team";

/** Why, in words for people; names what agreed. Texts of the alert stand in it, so it is escaped like them. */
export interface MatchReason {
  readonly signal: MatchSignal;
  readonly text: string;
}

export interface Match {
  readonly runbookId: string;
  /** 0..1: the share of matches like this one that are right, as measured on held-out alerts. */
  readonly confidence: number;
  /** At least one, strongest first. */
  readonly reasons: readonly MatchReason[];
}
