// One alert's state and one piece of news go in, what becomes of it comes out. Deliveries overtake each other: an older event never undoes a newer
// one, an end that comes first is kept as a tombstone, and the beginning that comes after it starts nothing.
import type { AlertChange, InboundAlert } from "./inbound-alert.ts";

export type AlertStatus = "firing" | "acknowledged" | "resolved";

export interface Episode {
  readonly status: AlertStatus;
  /** False: all we ever heard of it is its end. */
  readonly seenFiring: boolean;
  /** Of the newest event that counted, epoch milliseconds. */
  readonly lastEventMs: number;
}

/** `starts`: this is a problem that somebody should be told of now. `counted`: the news is newer than what is known. */
export interface EpisodeStep {
  readonly next: Episode;
  readonly starts: boolean;
  readonly counted: boolean;
}

type News = Pick<InboundAlert, "change" | "occurredAtMs" | "keyIsReused">;

const statusAfter: Readonly<Record<AlertChange, AlertStatus | null>> = {
  opened: "firing",
  reopened: "firing",
  acknowledged: "acknowledged",
  resolved: "resolved",
  noted: null,
  other: null,
};

function first(news: News, atMs: number): EpisodeStep {
  const status = statusAfter[news.change];
  // A note about something that we never heard of is no news of an alert.
  if (status === null) return { next: { status: "resolved", seenFiring: false, lastEventMs: atMs }, starts: false, counted: false };
  const starts = status !== "resolved";
  return { next: { status, seenFiring: starts, lastEventMs: atMs }, starts, counted: true };
}

/** The beginning of something that is over. */
function openedAfterEnd(known: Episode, news: News, atMs: number): EpisodeStep {
  const late = { next: { ...known, seenFiring: true }, starts: false, counted: false };
  // One problem, one key: its beginning cannot come after its end.
  if (!news.keyIsReused) return late;
  // A tombstone takes one beginning with it, unless the sender's own time says that this is another one.
  const saidLater = news.occurredAtMs !== null && news.occurredAtMs > known.lastEventMs;
  const isAnother = known.seenFiring ? news.occurredAtMs === null || saidLater : saidLater;
  if (!isAnother) return late;
  return { next: { status: "firing", seenFiring: true, lastEventMs: atMs }, starts: true, counted: true };
}

/**
 * @param known undefined: the first we hear of it
 * @param receivedMs stands in where the sender gives no time
 */
export function stepEpisode(known: Episode | undefined, news: News, receivedMs: number): EpisodeStep {
  const atMs = news.occurredAtMs ?? receivedMs;
  return known === undefined ? first(news, atMs) : further(known, news, atMs);
}

function further(known: Episode, news: News, atMs: number): EpisodeStep {
  const status = statusAfter[news.change];
  const isOver = known.status === "resolved";
  if (isOver && news.change === "opened") return openedAfterEnd(known, news, atMs);
  const saysNothing = status === null || atMs < known.lastEventMs || (isOver && news.change === "acknowledged");
  if (saysNothing) return { next: known, starts: false, counted: false };
  // A repeated beginning of what goes on changes nothing: it does not take an acknowledgement back either.
  if (news.change === "opened") return { next: { ...known, lastEventMs: atMs }, starts: false, counted: true };
  const seenFiring = known.seenFiring || status !== "resolved";
  return { next: { status, seenFiring, lastEventMs: atMs }, starts: isOver && status === "firing", counted: true };
}
