// Settings: governance for everybody and its weekly report, people, the language model, integrations, webhooks, API keys, panic webhooks, gaps of the
// scanner, this browser's theme, sign-out.
import { useSettings } from "../../api/operations.ts";
import { useSession } from "../../api/session.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Account } from "./account.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { GovernanceForm } from "./governance-form.tsx";
import { GovernanceReport } from "./governance-report.tsx";
import { Integrations } from "./integrations/integrations.tsx";
import { ModelSection } from "./model-section.tsx";
import { PanicWebhooks } from "./panic-webhooks.tsx";
import { People } from "./people/people.tsx";
import { ThemeChoiceForm } from "./theme-choice-form.tsx";
import { UnknownCommands } from "./unknown-commands.tsx";
import { Webhooks } from "./webhooks/webhooks.tsx";

export const SettingsPage = () => {
  const settings = useSettings();
  const session = useSession();
  return (
    <>
      <PageHeader title="Settings" note={session.data === null || session.data === undefined ? undefined : session.data.tenant.name} />
      <div className="max-w-2xl space-y-12">
        {settings.isPending && <Loading what="settings" />}
        {settings.isError && (
          <ErrorNotice error={settings.error} what="Settings could not be read." onRetry={() => void settings.refetch()} />
        )}
        {settings.data !== undefined && <GovernanceForm key={settings.data.updated_at} settings={settings.data} />}
        <GovernanceReport />
        <People />
        <ModelSection />
        <Integrations />
        <Webhooks />
        <ApiKeys />
        <PanicWebhooks />
        <UnknownCommands />
        <ThemeChoiceForm />
        <Account />
      </div>
    </>
  );
};
