// The last alerts with their runbook, on the home page. Nothing at all where none has come yet.
import { Link } from "@tanstack/react-router";
import { useAlerts } from "../../api/alerts.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { AlertTable } from "../alerts/alert-table.tsx";

const SHOWN = 5;

export const RecentAlerts = () => {
  const alerts = useAlerts({}, SHOWN);
  if (alerts.isError) return <ErrorNotice error={alerts.error} what="Alerts could not be listed." onRetry={() => void alerts.refetch()} />;
  const items = alerts.data?.pages[0]?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="space-y-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-title">Recent alerts</h2>
        <Link to="/alerts" className="inline-block py-1 text-accent underline-offset-4 hover:underline">
          All alerts
        </Link>
      </div>
      <AlertTable alerts={items} label="Recent alerts" />
    </section>
  );
};
