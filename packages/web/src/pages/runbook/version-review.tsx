// Who has reviewed a version, and the button by which another author or admin says that they did. Authors do not review themselves.
import type { WireRunbook, WireRunbookVersion } from "@dd0c/protocol/http";
import { useReviewVersion } from "../../api/governance.ts";
import { useRoleRefusal, useSession } from "../../api/session.ts";
import { describeActor } from "../../text/words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Moment } from "../../ui/moment.tsx";

type Reviewed = Pick<WireRunbookVersion, "version" | "version_sha256" | "reviews" | "created_by">;

export const ReviewList = ({ reviews }: { readonly reviews: WireRunbookVersion["reviews"] }) =>
  reviews.length === 0 ? (
    <span className="text-ink-faint">nobody yet</span>
  ) : (
    <ul>
      {reviews.map(({ by, at }) => (
        <li key={by.id}>
          {describeActor(by)}, <Moment iso={at} />
        </li>
      ))}
    </ul>
  );

/** Why this person cannot review this version; null if they can. */
const useReviewRefusal = (version: Reviewed): string | null => {
  const role = useRoleRefusal("author");
  const session = useSession();
  if (role !== null) return role;
  const own = session.data?.user.id;
  if (own === version.created_by.id) return "You wrote this version. Somebody else reviews it.";
  return version.reviews.some(({ by }) => by.id === own) ? "You have reviewed this version." : null;
};

/** Asks for a review of the current version, in words that say whether the policy wants one. */
export const VersionReview = ({ runbook, version }: { readonly runbook: WireRunbook; readonly version: Reviewed }) => {
  const review = useReviewVersion(runbook.id);
  const refusal = useReviewRefusal(version);
  const { required, done } = runbook.review;
  const waits = required && !done;
  return (
    <section aria-label="Review" className="max-w-2xl space-y-3 rounded-lg border border-line bg-surface-1 p-3">
      <p className="text-ink-strong">
        {waits && `Version ${version.version} does not run before another member has reviewed it.`}
        {!waits && required && `Version ${version.version} is reviewed.`}
        {!required && `No policy asks for a review of version ${version.version}.`}
      </p>
      <p>
        Read its steps, and compare it with the version before in the list below. The review is kept with your name, the time and the
        SHA-256 of exactly this version.
      </p>
      {review.isError && <ErrorNotice error={review.error} what="Not reviewed." />}
      <Button
        look={waits ? "primary" : "quiet"}
        onClick={() => review.mutate({ version: version.version, sha256: version.version_sha256 })}
        busy={review.isPending && "Recording…"}
        refusal={refusal}
      >
        I have reviewed version {version.version}
      </Button>
    </section>
  );
};
