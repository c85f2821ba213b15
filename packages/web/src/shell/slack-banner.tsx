// Says when Slack cannot be reached: somebody may be waiting for a thread that does not move. Runs go on, and this page shows them.
import { useSlackState } from "../api/slack.ts";
import { Moment } from "../ui/moment.tsx";

export const SlackBanner = () => {
  const { data } = useSlackState();
  if (data?.configured !== true || (data.hears && data.writes)) return null;
  return (
    <p role="status" className="border-y border-line-strong bg-surface-2 px-4 py-2 text-center text-ink-strong">
      Slack cannot be reached
      {data.since !== null && (
        <>
          {" since "}
          <Moment iso={data.since} />
        </>
      )}
      . Runs go on; decide here. Threads catch up later, and nothing is approved meanwhile.
    </p>
  );
};
