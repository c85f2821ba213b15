// Decides what a visitor may see: a page that is open to everybody, the sign-in page, the first-run questions, or the product.
import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useSession } from "../api/session.ts";
import { SignInPage } from "../pages/entry/sign-in-page.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Loading } from "../ui/loading.tsx";
import { AppShell } from "./app-shell.tsx";
import { PublicFrame } from "./public-frame.tsx";

const SetupPage = lazy(() => import("../pages/entry/setup-page.tsx").then((module) => ({ default: module.SetupPage })));

/** Open to everybody; here not even the session is read. */
const PUBLIC = /^\/try\/?$/;

export const SessionGate = () => {
  const isPublic = useRouterState({ select: (state) => PUBLIC.test(state.location.pathname) });
  return isPublic ? <PublicFrame /> : <SignedInOnly />;
};

const SignedInOnly = () => {
  const session = useSession();
  if (session.data === null) return <SignInPage />;
  if (session.data === undefined) {
    return (
      <main className="mx-auto max-w-2xl px-4 py-10">
        <h1 className="text-page">dd0c/run</h1>
        {session.isError ? (
          <ErrorNotice error={session.error} what="Your session could not be read." onRetry={() => void session.refetch()} />
        ) : (
          <Loading what="your session" />
        )}
      </main>
    );
  }
  if (session.data.setup_needed && session.data.role === "admin") {
    return (
      <Suspense fallback={<Loading what="the first questions" />}>
        <SetupPage session={session.data} />
      </Suspense>
    );
  }
  return <AppShell />;
};
