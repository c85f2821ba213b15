// What came about the alert, in the order of its arrival, and the messages themselves as they were sent.
import type { WireAlert } from "@dd0c/protocol/http";
import { ALERT_CHANGE } from "../../text/alert-words.ts";
import { revealAsText } from "@dd0c/protocol/http";
import { countWord } from "../../text/words.ts";
import { Moment } from "../../ui/moment.tsx";

const Event = ({ event }: { readonly event: WireAlert["events"][number] }) => (
  <li className="flex flex-wrap gap-x-3 border-b border-line py-2 last:border-b-0">
    <Moment iso={event.received_at} />
    <span className="text-ink-strong">{ALERT_CHANGE[event.change]}</span>
    {!event.counted && event.change !== "noted" && event.change !== "other" && (
      <span className="text-ink-faint">late or repeated: it changed nothing</span>
    )}
    {event.occurred_at !== null && event.occurred_at !== event.received_at && (
      <span className="text-small text-ink-faint">
        the sender’s time: <Moment iso={event.occurred_at} />
      </span>
    )}
  </li>
);

const pretty = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

const Delivery = ({ delivery }: { readonly delivery: WireAlert["deliveries"][number] }) => (
  <details className="border-b border-line py-1 last:border-b-0">
    <summary className="min-h-11 py-2">
      <Moment iso={delivery.received_at} />, {delivery.body_bytes} bytes
      {delivery.repeats > 0 && `, came ${countWord(delivery.repeats, "more time")}`}
      {delivery.truncated_alerts > 0 && `, the sender left out ${countWord(delivery.truncated_alerts, "alert")}`}
    </summary>
    <pre
      className="max-h-96 overflow-auto rounded-md border border-line bg-surface-1 p-3 font-mono text-code break-all whitespace-pre-wrap"
      tabIndex={0}
    >
      {revealAsText(pretty(delivery.body), "prose")}
    </pre>
  </details>
);

export const AlertHistory = ({ alert }: { readonly alert: WireAlert }) => (
  <section className="space-y-4" aria-labelledby="history">
    <h2 id="history" className="text-title">
      What came
    </h2>
    {!alert.seen_firing && <p>Only its end came. A beginning that comes later starts nothing.</p>}
    <ul>
      {alert.events.map((event, at) => (
        <Event key={`${event.delivery_id} ${at}`} event={event} />
      ))}
    </ul>
    <h3 className="font-semibold text-ink-strong">The messages, as they were sent</h3>
    {alert.deliveries.length === 0 && <p className="text-ink-faint">They are older than messages are kept, and were taken away.</p>}
    <div>
      {alert.deliveries.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} />
      ))}
    </div>
  </section>
);
