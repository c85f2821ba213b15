// The frame of pages that are open to everybody: the name, the way to sign in, the live region. No session is asked for.
import { Outlet } from "@tanstack/react-router";
import { Announcer } from "../ui/announcer.tsx";
import { OfflineBanner } from "./offline-banner.tsx";

export const PublicFrame = () => (
  <>
    <a
      href="#content"
      className="sr-only rounded-md bg-accent-fill text-accent-on focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:p-3"
    >
      Skip to content
    </a>
    <header data-chrome className="sticky top-0 z-30 border-b border-line bg-surface-0">
      <div className="mx-auto flex max-w-7xl items-center justify-between gap-3 px-4 py-2">
        <span className="font-mono font-semibold whitespace-nowrap text-ink-strong">dd0c/run</span>
        <a href="/" className="flex min-h-11 items-center rounded-md border border-line-strong px-3 text-ink-strong">
          Sign in
        </a>
      </div>
    </header>
    <OfflineBanner />
    <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 focus:outline-none">
      <Outlet />
    </main>
    <Announcer />
  </>
);
