// What was done outside the run: not observed, and beside that what people told. Never an empty list that looks like "nothing".
import type { WireExecution } from "@dd0c/protocol/http";
import { describeActor } from "../../text/words.ts";
import { CommandText } from "../../ui/command-text.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Prose } from "../../ui/prose.tsx";
import { DeclareAction } from "./declare-action.tsx";

type Declared = WireExecution["outside_actions"]["declared"][number];

const DeclaredItem = ({ action }: { readonly action: Declared }) => (
  <li className="rounded-lg border border-line bg-surface-1 p-3">
    {action.kind === "command" ? <CommandText command={action.text} /> : <Prose text={action.text} />}
    <p className="text-small text-ink-faint">
      unlisted, declared by {describeActor(action.declared_by)}: done <Moment iso={action.done_at} />, told{" "}
      <Moment iso={action.declared_at} />
    </p>
    {action.note !== null && (
      <p>
        <Prose text={action.note} />
      </p>
    )}
  </li>
);

export const OutsideActions = ({ execution }: { readonly execution: WireExecution }) => {
  const { declared } = execution.outside_actions;
  return (
    <section className="space-y-2">
      <h2 className="text-base">Outside this run</h2>
      <p>
        Not observed: nothing here can see what is done elsewhere.{" "}
        {declared.length === 0 ? "Nobody declared anything." : "People declared:"}
      </p>
      {declared.length > 0 && (
        <ul className="space-y-2">
          {declared.map((action) => (
            <DeclaredItem key={`${action.declared_at}${action.text}`} action={action} />
          ))}
        </ul>
      )}
      <div data-no-print>
        <DeclareAction execution={execution} />
      </div>
    </section>
  );
};
