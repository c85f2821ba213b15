// One integration: its address, when it was last heard, what could not be read; a new secret and the end of it take two presses.
import type { WireIntegration } from "@dd0c/protocol/http";
import { useState } from "react";
import { addressOf, useRevokeIntegration, useRotateSecret } from "../../../api/integrations.ts";
import { sourceName } from "../../../text/alert-words.ts";
import { Age } from "../../../ui/age.tsx";
import { Button } from "../../../ui/button.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { ErrorNotice } from "../../../ui/error-notice.tsx";
import { Field } from "../../../ui/field.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { Prose } from "../../../ui/prose.tsx";
import { TwoPresses } from "../../../ui/two-presses.tsx";
import { LIST_ROW } from "../listed-part.tsx";
import { ClosingForm } from "./closing-form.tsx";
import { closingKind, closingWords } from "./closing-texts.ts";
import { ShownSecret } from "./shown-secret.tsx";

const OVERLAP_HOURS = 24;
const SHORTEST_SECRET = 16;

const Heard = ({ integration }: { readonly integration: WireIntegration }) => {
  const { last_delivery_at: last, last_problem: problem, secrets } = integration;
  const ending = secrets.find(({ expires_at: until }) => until !== null)?.expires_at ?? null;
  return (
    <div className="text-small text-ink-faint">
      <p>
        {last === null ? (
          "Nothing has come yet"
        ) : (
          <>
            Last heard <Age sinceMs={Date.parse(last)} />
          </>
        )}
      </p>
      {ending !== null && (
        <p>
          The secret before is good until <Moment iso={ending} />
        </p>
      )}
      {problem !== null && (
        <p className="text-ink-strong">
          Could not be read: <Prose text={problem.problem} links={false} /> <Moment iso={problem.at} />
        </p>
      )}
    </div>
  );
};

/** A secret of the other system, or one of ours. */
const NewSecret = ({ integration, onDone }: { readonly integration: WireIntegration; readonly onDone: () => void }) => {
  const rotate = useRotateSecret(integration.id);
  const [given, setGiven] = useState("");
  if (rotate.data !== undefined) return <ShownSecret made={rotate.data} />;
  return (
    <div className="w-full space-y-3">
      <Field
        label={`New secret of ${integration.name}`}
        hint={`Leave it empty and one is made. The one before stays good for ${OVERLAP_HOURS} hours.`}
        value={given}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setGiven(event.target.value)}
      />
      {rotate.isError && <ErrorNotice error={rotate.error} what="No new secret. The one before still works." />}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          refusal={given !== "" && given.length < SHORTEST_SECRET ? `A secret has at least ${SHORTEST_SECRET} characters.` : null}
          busy={rotate.isPending && "Making it…"}
          onClick={() => rotate.mutate({ overlap_hours: OVERLAP_HOURS, ...(given === "" ? {} : { secret: given }) })}
        >
          Make it the secret
        </Button>
        <Button look="plain" onClick={onDone}>
          Keep the old one
        </Button>
      </div>
    </div>
  );
};

const Head = ({ integration }: { readonly integration: WireIntegration }) => (
  <div className="min-w-0">
    <p className="font-medium break-words text-ink-strong">
      {integration.name} <span className="font-normal text-ink-faint">{sourceName(integration.kind)}</span>
    </p>
    <p className="font-mono text-small break-all text-ink-normal">{addressOf(integration.path)}</p>
    <Heard integration={integration} />
    {closingKind(integration.kind) !== null && <p className="text-small text-ink-faint">{closingWords(integration.closing)}</p>}
  </div>
);

/** Which form stands open below the row. */
type Open = "closing" | "secret" | null;

interface WaysProps {
  readonly integration: WireIntegration;
  readonly open: Open;
  readonly onOpen: (open: Open) => void;
}

const Ways = ({ integration, open, onOpen }: WaysProps) => (
  <>
    {integration.kind === "generic" && (
      <ButtonLink to="/integrations/$integrationId/mapping" params={{ integrationId: integration.id }}>
        Mapping
      </ButtonLink>
    )}
    {closingKind(integration.kind) !== null && (
      <Button
        onClick={() => onOpen(open === "closing" ? null : "closing")}
        aria-expanded={open === "closing"}
        aria-label={`When a run is over, for ${integration.name}`}
      >
        When a run is over
      </Button>
    )}
    <Button onClick={() => onOpen("secret")} aria-label={`New secret for ${integration.name}`}>
      New secret
    </Button>
  </>
);

export const IntegrationRow = ({ integration }: { readonly integration: WireIntegration }) => {
  const revoke = useRevokeIntegration();
  const [open, setOpen] = useState<Open>(null);
  const kind = closingKind(integration.kind);
  const done = (): void => setOpen(null);
  return (
    <li className={LIST_ROW}>
      <Head integration={integration} />
      <div className="flex flex-wrap gap-2">
        <Ways integration={integration} open={open} onOpen={setOpen} />
        <TwoPresses
          label="End"
          spoken={`End ${integration.name}`}
          confirm={`End ${integration.name} for good`}
          busy={revoke.isPending && "Ending…"}
          onConfirm={() => revoke.mutate(integration.id)}
        />
      </div>
      {open === "closing" && kind !== null && (
        <ClosingForm key={integration.closing?.changed_at ?? "none"} integration={integration} kind={kind} onDone={done} />
      )}
      {open === "secret" && <NewSecret integration={integration} onDone={done} />}
      {revoke.isError && <ErrorNotice error={revoke.error} what="Not ended. It still takes alerts." />}
    </li>
  );
};
