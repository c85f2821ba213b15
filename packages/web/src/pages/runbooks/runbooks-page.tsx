// All runbooks: a table on wide screens, rows on a phone. The filter lives in the address.
import type { WireRunbookSummary } from "@dd0c/protocol/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRunbooks } from "../../api/runbooks.ts";
import { countWord } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { matchesWords } from "./match-words.ts";
import { RunbookTable } from "./runbook-table.tsx";

const newRunbook = (
  <ButtonLink to="/runbooks/new" look="primary">
    New runbook
  </ButtonLink>
);

interface ListedProps {
  readonly runbooks: ReturnType<typeof useRunbooks>;
  readonly all: readonly WireRunbookSummary[];
  readonly words: string;
}

const Listed = ({ runbooks, all, words }: ListedProps) => {
  const shown = all.filter((runbook) => matchesWords(`${runbook.title} ${runbook.service_tag ?? ""} ${runbook.team_tag ?? ""}`, words));
  if (all.length === 0) {
    return (
      <Empty title="No runbook yet" action={newRunbook}>
        Paste one from your wiki, a chat thread or a file. You see its steps and their risk before anything is saved.
      </Empty>
    );
  }
  return (
    <>
      {shown.length > 0 ? (
        <RunbookTable runbooks={shown} />
      ) : (
        <Empty title="Nothing matches">
          {countWord(all.length, "runbook")} here, none with “{words}”.
        </Empty>
      )}
      {runbooks.hasNextPage && (
        <div className="mt-4">
          <Button onClick={() => void runbooks.fetchNextPage()} busy={runbooks.isFetchingNextPage && "Loading…"}>
            More runbooks
          </Button>
        </div>
      )}
    </>
  );
};

export const RunbooksPage = () => {
  const { q = "", service } = useSearch({ from: "/runbooks" });
  const navigate = useNavigate({ from: "/runbooks" });
  const runbooks = useRunbooks(service);
  return (
    <>
      <PageHeader title="Runbooks" actions={newRunbook} />
      <label className="mb-4 block max-w-md">
        <span className="mb-1 block font-medium text-ink-strong">Find by title, service or team</span>
        <input
          type="search"
          data-hotkey="search"
          className={INPUT_LOOK}
          value={q}
          onChange={(event) => void navigate({ search: { service, q: event.target.value || undefined }, replace: true })}
        />
      </label>
      {service !== undefined && (
        <p className="mb-4 flex flex-wrap items-center gap-2">
          Only service {service}
          <Button look="plain" onClick={() => void navigate({ search: { q: q || undefined } })}>
            Show all
          </Button>
        </p>
      )}
      {runbooks.isPending && <Loading what="runbooks" />}
      {runbooks.isError && (
        <ErrorNotice error={runbooks.error} what="Runbooks could not be listed." onRetry={() => void runbooks.refetch()} />
      )}
      {runbooks.isSuccess && <Listed runbooks={runbooks} all={runbooks.data.pages.flatMap((page) => page.items)} words={q} />}
    </>
  );
};
