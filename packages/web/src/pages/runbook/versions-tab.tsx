// Versions of a runbook; a chosen one is compared with the current text. Old versions are never changed.
import type { WireRunbook } from "@dd0c/protocol/http";
import { Link } from "@tanstack/react-router";
import { useRunbookVersion, useRunbookVersions } from "../../api/runbooks.ts";
import { describeActor } from "../../text/words.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Table } from "../../ui/table.tsx";
import { CELL, TABLE_ROW } from "../../ui/table-look.ts";
import { TextDiff } from "./text-diff.tsx";
import { ReviewList, VersionReview } from "./version-review.tsx";

const Comparison = ({ runbook, version }: { readonly runbook: WireRunbook; readonly version: number }) => {
  const old = useRunbookVersion(runbook.id, version);
  if (old.isPending) return <Loading what={`version ${version}`} />;
  if (old.isError)
    return <ErrorNotice error={old.error} what={`Version ${version} could not be read.`} onRetry={() => void old.refetch()} />;
  return <TextDiff before={old.data.raw_text} after={runbook.raw_text} title={`From version ${version} to version ${runbook.version}`} />;
};

export const VersionsTab = ({ runbook, chosen }: { readonly runbook: WireRunbook; readonly chosen: number | undefined }) => {
  const versions = useRunbookVersions(runbook.id);
  if (versions.isPending) return <Loading what="versions" />;
  if (versions.isError)
    return <ErrorNotice error={versions.error} what="Versions could not be listed." onRetry={() => void versions.refetch()} />;
  const current = versions.data.items.find(({ version }) => version === runbook.version);
  return (
    <div className="space-y-8">
      {current !== undefined && <VersionReview runbook={runbook} version={current} />}
      <Table heads={["Version", "Saved", "By", "How", "Reviewed by", "Text SHA-256"]}>
        {versions.data.items.map((item) => (
          <tr key={item.version} className={TABLE_ROW}>
            <td className={CELL}>
              {item.version === runbook.version ? (
                <span className="font-medium text-ink-strong">{item.version}, current</span>
              ) : (
                <Link
                  data-nav-item
                  to="/runbooks/$runbookId"
                  params={{ runbookId: runbook.id }}
                  search={{ tab: "versions", version: item.version }}
                  className="inline-block py-1 text-accent underline"
                >
                  {item.version}, compare
                </Link>
              )}
            </td>
            <td className={`${CELL} text-small`}>
              <Moment iso={item.created_at} />
            </td>
            <td className={`${CELL} text-small`}>{describeActor(item.created_by)}</td>
            <td className={`${CELL} text-small`}>{item.change_source}</td>
            <td className={`${CELL} text-small`}>
              <span className="text-ink-faint md:hidden">Reviewed by </span>
              <ReviewList reviews={item.reviews} />
            </td>
            <td className={`${CELL} font-mono text-small break-all text-ink-faint`}>{item.raw_text_sha256.slice(0, 16)}…</td>
          </tr>
        ))}
      </Table>
      {chosen !== undefined && chosen !== runbook.version && <Comparison runbook={runbook} version={chosen} />}
    </div>
  );
};
