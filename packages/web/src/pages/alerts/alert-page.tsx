// One alert: what to do now first, then why, then what came and what happened.
import type { WireAlert } from "@dd0c/protocol/http";
import { useParams } from "@tanstack/react-router";
import { useAlert } from "../../api/alerts.ts";
import { sourceName } from "../../text/alert-words.ts";
import { Age } from "../../ui/age.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Prose } from "../../ui/prose.tsx";
import { revealAsText } from "@dd0c/protocol/http";
import { AlertAnswer } from "./alert-answer.tsx";
import { AlertFacts } from "./alert-facts.tsx";
import { AlertHistory } from "./alert-history.tsx";
import { AlertStatus } from "./alert-status.tsx";
import { ClosingPart } from "./closing-part.tsx";
import { WithCopilot } from "./with-copilot.tsx";

const Note = ({ alert }: { readonly alert: WireAlert }) => (
  <>
    <AlertStatus alert={alert} />, began <Age sinceMs={Date.parse(alert.opened_at)} />, from {sourceName(alert.source)} (
    <Prose text={alert.integration_name} links={false} />)
  </>
);

const Details = ({ alert }: { readonly alert: WireAlert }) => (
  <>
    <PageHeader title={revealAsText(alert.title, "prose")} note={<Note alert={alert} />} />
    <div className="max-w-3xl space-y-10">
      <WithCopilot alert={alert} />
      <ClosingPart alert={alert} />
      <AlertAnswer alert={alert} />
      <AlertFacts alert={alert} />
      <AlertHistory alert={alert} />
    </div>
  </>
);

export const AlertPage = () => {
  const { alertId } = useParams({ from: "/alerts/$alertId" });
  const alert = useAlert(alertId);
  if (alert.data !== undefined)
    return (
      <>
        {alert.isError && (
          <ErrorNotice
            error={alert.error}
            what="What stands here may be old: the alert could not be read again."
            onRetry={() => void alert.refetch()}
          />
        )}
        <Details alert={alert.data} />
      </>
    );
  return (
    <>
      <PageHeader title="Alert" />
      {alert.isError ? (
        <ErrorNotice error={alert.error} what="The alert could not be read." onRetry={() => void alert.refetch()} />
      ) : (
        <Loading what="the alert" />
      )}
    </>
  );
};
