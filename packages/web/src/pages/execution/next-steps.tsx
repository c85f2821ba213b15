// What comes: a quiet list. Nothing here can be pressed, because one decision is on the screen at a time.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { splitHeadline } from "../../text/split-headline.ts";
import { Prose } from "../../ui/prose.tsx";
import { RiskShape } from "../../ui/risk-shape.tsx";

export const NextSteps = ({ steps, title }: { readonly steps: readonly WireStepExecution[]; readonly title: string }) => (
  <section>
    <h2 className="mb-2 text-base">{title}</h2>
    <ol className="space-y-1">
      {steps.map((step) => (
        <li
          key={step.id}
          id={`step-${step.label}`}
          data-nav-item
          tabIndex={-1}
          className="flex scroll-mt-24 items-start gap-3 py-1.5 text-ink-normal"
        >
          <span className="w-7 shrink-0 text-right text-ink-faint">{step.label}</span>
          {step.command === null ? <span className="mt-1 size-4 shrink-0" /> : <RiskShape risk={step.risk} className="mt-1 size-4" />}
          <span className="min-w-0">
            <Prose text={splitHeadline(step.description).first} links={false} />{" "}
            <span className="text-small whitespace-nowrap text-ink-faint">{step.command === null ? "manual" : step.risk}</span>
          </span>
        </li>
      ))}
    </ol>
  </section>
);
