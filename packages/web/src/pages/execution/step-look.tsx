// What the step would touch, in live numbers, or in words that nobody knows; and the one click that looks. Names come from elsewhere: text.
import type { WireStepExecution } from "@dd0c/protocol/http";
import { CommandText } from "../../ui/command-text.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { LookButton } from "./look-button.tsx";

interface StepLookProps {
  readonly executionId: string;
  readonly step: WireStepExecution;
  readonly refusal: string | null;
}

type Look = WireStepExecution["look"];

const Heading = ({ children }: { readonly children: string }) => <p className="font-medium text-ink-strong">{children}</p>;

const Reads = ({ reads }: Pick<Look, "reads">) => reads.map(({ digest, command }) => <CommandText key={digest} command={command} />);

/** The approval before lapsed: said before anything else about the set. */
const Lapse = ({ lapse }: Pick<Look, "lapse">) =>
  lapse === null ? null : (
    <div role="alert" className="rounded-md border-2 border-line-strong bg-surface-2 p-3">
      <p className="font-semibold text-ink-strong">Nothing ran. The approval lapsed.</p>
      <p>
        It would have touched <Prose text={lapse.before.summary} /> when it was approved
        {lapse.now === null ? (
          "; it could not be counted once more."
        ) : (
          <>
            , and <Prose text={lapse.now.summary} /> when it was to run.
          </>
        )}
      </p>
    </div>
  );

const Sample = ({ counted }: { readonly counted: NonNullable<Look["counted"]> }) =>
  counted.sample.length === 0 ? null : (
    <ul className="font-mono text-small break-all">
      {counted.sample.map((name) => (
        <li key={name}>
          <Prose text={name} links={false} />
        </li>
      ))}
      {counted.count > counted.sample.length && <li className="text-ink-faint">and {counted.count - counted.sample.length} more</li>}
    </ul>
  );

const Numbers = ({ look }: { readonly look: Look }) => {
  const counts = look.reads.filter(({ purpose }) => purpose === "twin");
  if (look.counted === null)
    return <Heading>{`Not known what it would touch${look.not_known === null ? "" : `: ${look.not_known}`}.`}</Heading>;
  return (
    <>
      <p className="text-title text-ink-strong">
        Would touch <Prose text={look.counted.summary} />
      </p>
      <Sample counted={look.counted} />
      <p className="text-small text-ink-normal">
        Counted {look.looked_at !== null && <Moment iso={look.looked_at} />} by this command, which runs once more after the approval. If
        the set has then gained a kind or a namespace, or grown by more than a fifth, the approval lapses.
      </p>
      <Reads reads={counts} />
    </>
  );
};

const NotLooked = ({ executionId, step, refusal }: StepLookProps) => (
  <>
    <Heading>Not looked at: not known what it would touch.</Heading>
    <p className="text-small text-ink-normal">
      Looking runs exactly {step.look.reads.length === 1 ? "this command, which is" : "these commands, each"} proven to only read:
    </p>
    <Reads reads={step.look.reads} />
    {step.actions.includes("look") && <LookButton executionId={executionId} step={step} refusal={refusal} />}
  </>
);

const UnderWay = ({ step }: { readonly step: WireStepExecution }) => (
  <>
    <Heading>{step.look.state === "rechecking" ? "Approved. Counting once more before it runs." : "Looking first."}</Heading>
    <Reads reads={step.look.state === "rechecking" ? step.look.reads.filter(({ recheck }) => recheck) : step.look.reads} />
  </>
);

const Body = (props: StepLookProps) => {
  const { executionId, step, refusal } = props;
  switch (step.look.state) {
    case "none":
      return <Heading>Not known what it would touch.</Heading>;
    case "not_looked":
      return <NotLooked {...props} />;
    case "looking":
    case "rechecking":
      return <UnderWay step={step} />;
    case "looked":
      return (
        <>
          <Numbers look={step.look} />
          {step.actions.includes("look") && <LookButton executionId={executionId} step={step} refusal={refusal} again />}
        </>
      );
  }
};

/** Shown while the step is to be decided about, or is being looked at. */
const isShown = ({ status, risk, look }: WireStepExecution): boolean =>
  look.state === "looking" || look.state === "rechecking" || (status === "awaiting_approval" && risk !== "safe");

export const StepLook = (props: StepLookProps) =>
  isShown(props.step) ? (
    <section aria-label="What it would touch" className="space-y-2">
      <Lapse lapse={props.step.look.lapse} />
      <Body {...props} />
    </section>
  ) : null;
