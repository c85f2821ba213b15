// A point in time: UTC first, the reader's local time beside it.
import { formatMoment } from "../text/format-time.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const Moment = ({ iso }: { readonly iso: string }) => (
  <time dateTime={iso} className="whitespace-nowrap">
    {formatMoment(iso, Date.now(), zone)}
  </time>
);
