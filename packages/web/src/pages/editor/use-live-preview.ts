// The preview of a text while it is written: asked for when the typing rests, the last good one kept while the text is momentarily
// none. When the server says that it was asked too often, this waits for as long as it says and then asks again by itself.
import { ApiError, type WireAnswer, type WirePreview } from "@dd0c/protocol/http";
import { replaceEqualDeep } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { usePreview } from "../../api/runbooks.ts";
import { useDebounced } from "./use-debounced.ts";

export interface LivePreview {
  /** The last one that was made; perhaps of an older text. */
  readonly preview: WirePreview | undefined;
  /** Why the text as it is has none; null while it has one or is being checked. */
  readonly error: unknown;
  readonly checking: boolean;
  /** The text as it is was checked and has steps. */
  readonly settled: boolean;
  /** When the server may be asked again, in milliseconds of the wall clock; null: now. */
  readonly waitsUntil: number | null;
  readonly retry: () => void;
}

const DEFAULT_WAIT_S = 10;

/** Seconds that a refusal asks for, or null where it is another one. */
const waitSeconds = (error: unknown): number | null => {
  if (!(error instanceof ApiError) || error.code !== "RATE_LIMITED") return null;
  const seconds = Number(error.details["retry_after_seconds"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_WAIT_S;
};

const useWait = (error: unknown): number | null => {
  const [waitsUntil, setWaitsUntil] = useState<number | null>(null);
  useEffect(() => {
    const seconds = waitSeconds(error);
    if (seconds !== null) setWaitsUntil(Date.now() + seconds * 1_000);
  }, [error]);
  useEffect(() => {
    if (waitsUntil === null) return;
    const timer = setTimeout(() => setWaitsUntil(null), Math.max(0, waitsUntil - Date.now()));
    return () => clearTimeout(timer);
  }, [waitsUntil]);
  return waitsUntil;
};

interface Good {
  /** Parts that did not change are those of the preview before, so that nothing of them has to be drawn again. */
  readonly preview: WirePreview;
  readonly fresh: WirePreview;
  readonly text: string;
}

/** The last preview that was made of the text that was asked for. */
const useLastGood = (fresh: WirePreview | undefined, text: string): Good | null => {
  const [good, setGood] = useState<Good | null>(null);
  if (fresh !== undefined && (good?.fresh !== fresh || good.text !== text))
    setGood({ preview: good === null ? fresh : replaceEqualDeep(good.preview, fresh), fresh, text });
  return good;
};

const isSettled = (typing: boolean, error: unknown): boolean => !typing && error === null;

export const useLivePreview = (text: string, answers: WireAnswer[], delayMs: number): LivePreview => {
  const asked = useDebounced(text, delayMs);
  const [refusal, setRefusal] = useState<unknown>(null);
  const waitsUntil = useWait(refusal);
  const query = usePreview(asked, answers, waitsUntil !== null);
  const tooOften = waitSeconds(query.error) !== null;
  if (tooOften && query.error !== refusal) setRefusal(query.error);

  const good = useLastGood(query.isPlaceholderData ? undefined : query.data, asked);
  const typing = asked !== text;
  const checking = query.isFetching || typing;
  const error = checking || tooOften ? null : query.error;
  return {
    preview: good?.preview,
    error,
    checking,
    settled: good?.text === text && isSettled(typing, query.error),
    waitsUntil,
    retry: () => void query.refetch(),
  };
};
