// Who is signed in here, and the way out.
import { useSession, useSignOut } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

export const Account = () => {
  const { data } = useSession();
  const signOut = useSignOut();
  if (data === null || data === undefined) return null;
  return (
    <section className="space-y-4">
      <h2 className="text-title">You</h2>
      <p>
        {data.user.name}
        {data.user.email !== "" && data.user.email !== data.user.name && `, ${data.user.email}`}. Role: {data.role}.
      </p>
      {signOut.isError && <ErrorNotice error={signOut.error} what="Still signed in." />}
      <Button onClick={() => signOut.mutate()} busy={signOut.isPending && "Signing out…"}>
        Sign out
      </Button>
      <p className="text-small text-ink-faint">dd0c/run {data.version}</p>
    </section>
  );
};
