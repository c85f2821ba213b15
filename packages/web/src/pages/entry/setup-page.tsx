// The first-run questions: governance for everybody, trust for the demo runbooks. Nothing is preselected for the reader:
// a human chooses, and each choice says what it means. Until then everything is strict and read-only.
import type { WireSession } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { useSetup } from "../../api/session.ts";
import { GOVERNANCE, TRUST_LEVEL } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { type Choice, ChoiceGroup } from "../../ui/choice-group.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Prose } from "../../ui/prose.tsx";

const GOVERNANCE_CHOICES: readonly Choice<"strict" | "audit">[] = (["strict", "audit"] as const).map((value) => ({
  value,
  ...GOVERNANCE[value],
}));
const TRUST_CHOICES: readonly Choice<number>[] = TRUST_LEVEL.slice(0, 3).map((level, value) => ({
  value,
  name: `Level ${level.name}`,
  meaning: level.meaning,
}));

const missing = (governance: string | null, trust: number | null): string | null => {
  if (governance === null) return "Choose a governance mode first.";
  return trust === null ? "Choose a trust level first." : null;
};

export const SetupPage = ({ session }: { readonly session: WireSession }) => {
  const setup = useSetup();
  const [governance, setGovernance] = useState<"strict" | "audit" | null>(null);
  const [trust, setTrust] = useState<number | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (governance === null || trust === null) return;
    setup.mutate({ governance_mode: governance, demo_trust_level: trust });
  };
  return (
    <main className="mx-auto max-w-2xl px-4 py-10">
      <p className="mb-8 font-mono font-semibold text-ink-strong">dd0c/run</p>
      <PageHeader title="Two questions before you start" note="You can change both answers later, in Settings and on each runbook." />
      <form onSubmit={submit} className="space-y-8">
        <ChoiceGroup legend="How closely are people involved?" choices={GOVERNANCE_CHOICES} value={governance} onChange={setGovernance} />
        <ChoiceGroup legend="What may the demo runbooks do?" choices={TRUST_CHOICES} value={trust} onChange={setTrust} />
        {session.demo !== null && (
          <section className="space-y-1 border-l-4 border-line-strong pl-4">
            <h2 className="text-base">What the demo agent may do at all</h2>
            <p>
              <Prose text={session.demo.agent_ceiling_note} />
            </p>
            <p className="text-ink-faint">This is set in the agent's own file. The server cannot raise it.</p>
          </section>
        )}
        {setup.isError && <ErrorNotice error={setup.error} what="Your choice was not saved." />}
        <Button type="submit" look="primary" refusal={missing(governance, trust)} busy={setup.isPending && "Saving…"}>
          Save and go on
        </Button>
      </form>
    </main>
  );
};
