// Decides what a visitor may see: the sign-in page, the first-run questions, or the product.
import { lazy, Suspense } from "react";
import { useSession } from "../api/session.ts";
import { SignInPage } from "../pages/entry/sign-in-page.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Loading } from "../ui/loading.tsx";
import { AppShell } from "./app-shell.tsx";

const SetupPage = lazy(() => import("../pages/entry/setup-page.tsx").then((module) => ({ default: module.SetupPage })));

export const SessionGate = () => {
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
