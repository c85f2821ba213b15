// Commands that a language model proposes. One that the text holds is shown with its lines; one that it does not hold stands apart, is never
// safe, and comes into the text only once its author says that they checked it. Nothing of this runs.
import type { WireModelReview } from "@dd0c/protocol/http";
import { useId, useState } from "react";
import { ShowLines } from "../../../steps/show-lines.tsx";
import { Button } from "../../../ui/button.tsx";
import { CommandText } from "../../../ui/command-text.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { RiskBadge } from "../../../ui/risk-badge.tsx";

type Proposal = WireModelReview["proposals"][number];
type Grounded = Extract<Proposal, { grounded: true }>;
type Ungrounded = Extract<Proposal, { grounded: false }>;

const About = ({ proposal }: { readonly proposal: Proposal }) => (
  <>
    <div className="flex flex-wrap items-center gap-2">
      <RiskBadge risk={proposal.classification.risk} />
      {proposal.grounded && <ShowLines range={[proposal.line, proposal.end_line]} />}
    </div>
    <CommandText command={proposal.command} />
    {proposal.description !== "" && (
      <p className="text-small">
        <span className="text-ink-faint">The model says: </span>
        <Prose text={proposal.description} links={false} />
      </p>
    )}
  </>
);

const GroundedProposal = ({ proposal }: { readonly proposal: Grounded }) => (
  <li className="space-y-1 rounded-md border border-line p-3">
    <About proposal={proposal} />
    <p className="text-small text-ink-faint">The text holds it. Put it on a line or in a block of its own to make it a step.</p>
  </li>
);

const UngroundedProposal = ({ proposal, onWrite }: { readonly proposal: Ungrounded; readonly onWrite: (command: string) => void }) => {
  const id = useId();
  const [checked, setChecked] = useState(false);
  return (
    <li className="space-y-2 rounded-md border-2 border-dashed border-line-strong p-3">
      <p className="font-medium text-ink-strong">Not in your text: the model&apos;s own words</p>
      <About proposal={proposal} />
      <label htmlFor={id} className="flex min-h-11 items-center gap-3">
        <input id={id} type="checkbox" checked={checked} onChange={(event) => setChecked(event.target.checked)} />
        <span>I read this command character by character and want it in my runbook.</span>
      </label>
      <Button refusal={checked ? null : "Tick the box first."} onClick={() => onWrite(proposal.command)}>
        Write it at the end of the text
      </Button>
    </li>
  );
};

export const Proposals = ({ review, onWrite }: { readonly review: WireModelReview; readonly onWrite: (command: string) => void }) => (
  <ul className="space-y-2">
    {review.proposals.map((proposal) =>
      proposal.grounded ? (
        <GroundedProposal key={`${proposal.line}-${proposal.command}`} proposal={proposal} />
      ) : (
        <UngroundedProposal key={proposal.command} proposal={proposal} onWrite={onWrite} />
      ),
    )}
  </ul>
);
