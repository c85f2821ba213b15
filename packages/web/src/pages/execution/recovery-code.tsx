// A recovery code for this run: made on purpose, shown once, with what to type at the agent's host. It is forgotten when the dialog closes.
import type { WireExecution } from "@dd0c/protocol/http";
import { Fragment, useState } from "react";
import { useRecoveryCode } from "../../api/executions.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Moment } from "../../ui/moment.tsx";
import { useWriteRefusal } from "./use-write-refusal.ts";

type Made = NonNullable<ReturnType<typeof useRecoveryCode>["data"]>;

/** Broken between its words: an option that breaks behind its first dash reads like another one. */
const Typed = ({ command }: { readonly command: string }) => (
  <code className="block rounded-md bg-surface-2 px-3 py-2 font-mono text-code wrap-anywhere text-ink-strong">
    {command.split(" ").map((word, at) => (
      <Fragment key={word}>
        {at > 0 && " "}
        <span className="inline-block max-w-full">{word}</span>
      </Fragment>
    ))}
  </code>
);

/** What a person does at the host, in the order in which they do it. */
const HowToGoOn = ({ executionId, agent }: { readonly executionId: string; readonly agent: string }) => {
  const resume = `dd0c agent resume ${executionId} --config /etc/dd0c/agent.json`;
  return (
    <section className="space-y-2">
      <h3 className="font-semibold text-ink-strong">When the server is gone, on the host of agent {agent}</h3>
      <ol className="list-decimal space-y-3 pl-5">
        <li className="space-y-2">
          Stop the agent. A step that runs ends with it.
          <Typed command="systemctl stop dd0c-agent" />
        </li>
        <li className="space-y-2">
          Go on with this run; the path is that of its agent.json. Type the code when it is asked for: nothing of it is shown.
          <Typed command={resume} />
          <CopyButton text={resume} label="Copy this command" />
        </li>
        <li className="space-y-2">
          When the server is back, start the agent. It hands over what you did.
          <Typed command="systemctl start dd0c-agent" />
        </li>
      </ol>
    </section>
  );
};

const Code = ({ made, executionId }: { readonly made: Made; readonly executionId: string }) => (
  <div className="space-y-5">
    <div role="status" className="space-y-3 rounded-lg border-2 border-line-strong p-4">
      <p>
        Shown once. Keep it away from that host. It works for this run until <Moment iso={made.expires_at} />.
      </p>
      <p className="font-mono text-title wrap-anywhere text-ink-strong">{made.code}</p>
      <CopyButton text={made.code} label="Copy the code" />
    </div>
    <HowToGoOn executionId={executionId} agent={made.agent_name} />
  </div>
);

const Asked = ({ execution, make }: { readonly execution: WireExecution; readonly make: ReturnType<typeof useRecoveryCode> }) => (
  <div className="space-y-4">
    <p>
      With a code you can go on with this run at the host of agent {execution.agent_name} while no server is there. It works for this run
      alone, for four hours. A new one replaces the one before.
    </p>
    <p>While that agent is away and a code is open, nobody can decide about this run here. Panic always works.</p>
    {make.isError && <ErrorNotice error={make.error} what="No code was made." />}
    <Button look="primary" onClick={() => make.mutate()} busy={make.isPending && "Making a code…"}>
      Make a code
    </Button>
  </div>
);

export const RecoveryCode = ({ execution }: { readonly execution: WireExecution }) => {
  const make = useRecoveryCode(execution.id);
  const write = useWriteRefusal(execution, "operator");
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    make.reset();
  };
  const refusal =
    write ?? (execution.agent_online ? null : `Agent ${execution.agent_name} is not connected. A code can be made when it is.`);
  return (
    <section className="space-y-2" data-no-print>
      <h2 className="text-base">If the server is lost</h2>
      <p>This run can go on at the host of agent {execution.agent_name}, for whoever got a code before.</p>
      <Button refusal={refusal} onClick={() => setOpen(true)}>
        Get a recovery code
      </Button>
      <Modal title="Recovery code for this run" open={open} onClose={close}>
        {make.data === undefined ? <Asked execution={execution} make={make} /> : <Code made={make.data} executionId={execution.id} />}
      </Modal>
    </section>
  );
};
