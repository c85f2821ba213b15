// Has the reader had the whole card on the screen? Both its first and its last line must have been visible since the card last
// changed, and a moment must have passed, so that a thumb which is already on its way cannot press what just appeared.
import { useEffect, useRef, useState } from "react";

const SETTLE_MS = 400;
const HEADER_PX = 60;

/** `cardKey` changes whenever what is decided changes; then everything has to be seen again. */
export const useCardSeen = (cardKey: string) => {
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const [seenKey, setSeenKey] = useState<string | null>(null);
  useEffect(() => {
    const missing = new Set<Element | null>([top.current, bottom.current]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) missing.delete(entry.target);
        if (missing.size === 0 && timer === undefined) timer = setTimeout(() => setSeenKey(cardKey), SETTLE_MS);
      },
      { rootMargin: `-${HEADER_PX}px 0px 0px 0px` },
    );
    for (const edge of [top.current, bottom.current]) if (edge !== null) observer.observe(edge);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [cardKey]);
  return { top, bottom, seen: seenKey === cardKey };
};
