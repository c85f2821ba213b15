// The frame of every signed-in page: where am I, how do I stop everything, and the banners that nobody may miss.
import { Link, Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { Announcer } from "../ui/announcer.tsx";
import { GovernanceBanner } from "./governance-banner.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Navigation } from "./navigation.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { PanicBanner } from "./panic-banner.tsx";
import { PanicButton } from "./panic-button.tsx";
import { PartyModeBanner } from "./party-mode-banner.tsx";
import { SlackBanner } from "./slack-banner.tsx";
import { useHotkeys } from "./use-hotkeys.ts";
import { useOpenBeforePrint } from "./use-open-before-print.ts";
import { WebhookBanner } from "./webhook-banner.tsx";

export const AppShell = () => {
  const [helpOpen, setHelpOpen] = useState(false);
  useHotkeys(() => setHelpOpen(true));
  useOpenBeforePrint();
  return (
    <>
      <a
        href="#content"
        className="sr-only rounded-md bg-accent-fill text-accent-on focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:p-3"
      >
        Skip to content
      </a>
      <header data-chrome className="sticky top-0 z-30 border-b border-line bg-surface-0">
        <div className="mx-auto flex max-w-7xl items-center gap-3 px-4 py-2">
          <div className="order-2 lg:order-1">
            <Link to="/" className="font-mono font-semibold whitespace-nowrap text-ink-strong">
              dd0c/run
            </Link>
          </div>
          <div className="order-1 lg:order-2">
            <Navigation />
          </div>
          <div className="order-3 ml-auto">
            <PanicButton />
          </div>
        </div>
      </header>
      <PanicBanner />
      <PartyModeBanner />
      <GovernanceBanner />
      <SlackBanner />
      <WebhookBanner />
      <OfflineBanner />
      <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 focus:outline-none">
        <Outlet />
      </main>
      <Announcer />
      <HelpDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
};
