// While panic is on: impossible to miss, with the state of every agent, never a blanket "halted". Lifting needs a reason.
// An address that ends in #lift-the-stop, as `dd0c panic off` prints it, opens the form; a person still confirms.
import type { WirePanicState } from "@dd0c/protocol/http";
import { type FormEvent, useState } from "react";
import { usePanic, useSwitchPanic } from "../api/operations.ts";
import { useRoleRefusal } from "../api/session.ts";
import { describeActor } from "../text/words.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Field } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { Moment } from "../ui/moment.tsx";
import { Prose } from "../ui/prose.tsx";

const AgentState = ({ agent }: { readonly agent: WirePanicState["agents"][number] }) => (
  <li className="flex flex-wrap gap-x-2">
    <span className="font-semibold">{agent.name}</span>
    <span>
      {agent.state === "halted" && "halted"}
      {agent.state === "running" && "not yet confirmed: still running"}
      {agent.state === "unreachable" && "unreachable, state not known"}
      {agent.since !== null && (
        <>
          {" since "}
          <Moment iso={agent.since} />
        </>
      )}
    </span>
  </li>
);

const LIFT_HASH = "#lift-the-stop";

const LiftPanic = () => {
  const lift = useSwitchPanic("panicOff");
  const refusal = useRoleRefusal("admin");
  const [open, setOpen] = useState(() => window.location.hash === LIFT_HASH);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    lift.mutate(reason.trim(), { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Lift the stop
      </Button>
      <Modal title="Lift the stop" open={open} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className="space-y-4">
          <p>Halted processes go on where they stood. Paused executions stay paused until someone resumes each one.</p>
          <Field label="Why is it safe to go on?" value={reason} onChange={(event) => setReason(event.target.value)} />
          {lift.isError && <ErrorNotice error={lift.error} what="The stop is still on." />}
          <Button
            look="primary"
            type="submit"
            busy={lift.isPending && "Lifting…"}
            refusal={reason.trim() === "" ? "Write a reason first." : null}
          >
            Lift the stop
          </Button>
        </form>
      </Modal>
    </>
  );
};

export const PanicBanner = () => {
  const { data } = usePanic();
  if (data?.on !== true) return null;
  return (
    <section
      id="stopped"
      aria-label="Everything is stopped"
      className="scroll-mt-16 border-y-4 border-ink-strong bg-surface-1 py-3 text-ink-strong"
    >
      <div className="mx-auto flex max-w-7xl flex-wrap px-4 items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-title font-semibold">
            <span aria-hidden="true" className="size-4 bg-ink-strong" />
            Everything is stopped
          </p>
          <p className="text-base text-ink-normal">
            {data.since !== null && <Moment iso={data.since} />}
            {data.by !== null && `, by ${describeActor(data.by)}`}
            {data.reason !== null && (
              <>
                {": "}
                <Prose text={data.reason} />
              </>
            )}
          </p>
          <ul className="mt-2 text-base">
            {data.agents.map((agent) => (
              <AgentState key={agent.id} agent={agent} />
            ))}
            {data.agents.length === 0 && <li>No agent is enrolled.</li>}
          </ul>
        </div>
        <LiftPanic />
      </div>
    </section>
  );
};
