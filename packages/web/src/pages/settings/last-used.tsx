// When a machine's secret was last used.
import { Age } from "../../ui/age.tsx";

export const LastUsed = ({ at }: { readonly at: string | null }) =>
  at === null ? (
    "never used"
  ) : (
    <>
      used <Age sinceMs={Date.parse(at)} />
    </>
  );
