// Alerts that people mapped to runbooks: what an alert must say, which runbook it gets, who said so and when. A mapping comes before every other signal.
import type { WireAlertMapping } from "@dd0c/protocol/http";
import { Link, useSearch } from "@tanstack/react-router";
import { useAlertMappings, useRemoveMapping } from "../../api/alert-mappings.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { describeActor } from "../../text/words.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Prose } from "../../ui/prose.tsx";
import { TwoPresses } from "../../ui/two-presses.tsx";
import { LIST_ROW, ListedPart } from "../settings/listed-part.tsx";
import { criteriaLines } from "./criteria-texts.ts";
import { NewMapping } from "./new-mapping.tsx";

const Row = ({ mapping }: { readonly mapping: WireAlertMapping }) => {
  const remove = useRemoveMapping();
  const refusal = useRoleRefusal("author");
  return (
    <li className={LIST_ROW}>
      <div className="min-w-0">
        <ul>
          {criteriaLines(mapping.criteria).map(([name, value]) => (
            <li key={name} className="break-words">
              <span className="text-ink-faint">{name}</span>{" "}
              <code className="font-mono text-code break-all text-ink-strong">
                <Prose text={value} links={false} />
              </code>
            </li>
          ))}
        </ul>
        <p className="mt-1 break-words">
          <Link
            to="/runbooks/$runbookId"
            params={{ runbookId: mapping.runbook_id }}
            className="inline-block py-1 font-medium text-ink-strong underline underline-offset-4"
          >
            <Prose text={mapping.runbook_title === "" ? "a runbook that was deleted" : mapping.runbook_title} links={false} />
          </Link>
        </p>
        <p className="text-small text-ink-faint">
          by {describeActor(mapping.created_by)}, <Moment iso={mapping.created_at} />
        </p>
      </div>
      <TwoPresses
        label="Remove"
        spoken={`Remove the mapping to ${mapping.runbook_title}`}
        confirm="Remove this mapping"
        busy={remove.isPending && "Removing…"}
        refusal={refusal}
        onConfirm={() => remove.mutate(mapping.id)}
      />
      {remove.isError && <ErrorNotice error={remove.error} what="Not removed. Alerts like this still get that runbook." />}
    </li>
  );
};

export const MappingsPage = () => {
  const search = useSearch({ from: "/alert-mappings" });
  const refusal = useRoleRefusal("author");
  return (
    <>
      <PageHeader
        title="Alerts mapped to runbooks"
        note="Your own word: alerts like this belong to that runbook."
        actions={<ButtonLink to="/alerts">Alerts</ButtonLink>}
      />
      <div className="max-w-2xl space-y-12">
        <ListedPart
          title="Mappings"
          intro="An alert that says all of a mapping gets its runbook, whatever else would fit."
          plural="mappings"
          empty="There is none yet: runbooks are found by what alerts say and by what was used before."
          refusal={null}
          list={useAlertMappings()}
          row={(mapping) => <Row key={mapping.id} mapping={mapping} />}
        />
        <section className="space-y-4" aria-labelledby="new-mapping">
          <h2 id="new-mapping" className="text-title">
            New mapping
          </h2>
          {refusal === null ? <NewMapping given={search} /> : <p className="text-ink-faint">{refusal}</p>}
        </section>
      </div>
    </>
  );
};
