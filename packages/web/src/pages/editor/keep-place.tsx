// Keeps what is read where it is while the list around it is made anew: the part with the focus, else the first one in view, stays at the
// same height on the screen. Parts say that they are parts with data-place. It scrolls; it never focuses.
import { Component, createRef, type ReactNode } from "react";

interface KeepPlaceProps {
  readonly className?: string;
  /** The place is kept when one of them changes; anything else that happens on the page is not this component's. */
  readonly versions: readonly unknown[];
  readonly children: ReactNode;
}

interface Place {
  readonly part: Element;
  readonly top: number;
}

const MAX_PARTS = 20;

const scroller = (from: Element): Element => {
  for (let at: Element | null = from; at !== null; at = at.parentElement)
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return document.documentElement;
};

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** Parts that a reader can see, the focused one first. */
const placesIn = (list: Element): readonly Place[] => {
  const frame = scroller(list);
  const whole = frame === document.documentElement;
  const [upper, lower] = whole ? [0, window.innerHeight] : [topOf(frame), frame.getBoundingClientRect().bottom];
  const focused = list.contains(document.activeElement) ? (document.activeElement?.closest("[data-place]") ?? null) : null;
  // At the very top a reader wants to see what comes in there.
  if (focused === null && frame.scrollTop === 0) return [];
  const inView = [...list.querySelectorAll("[data-place]")].filter((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > upper && top < lower;
  });
  return [...(focused === null ? [] : [focused]), ...inView.slice(0, MAX_PARTS)].map((part) => ({ part, top: topOf(part) }));
};

export class KeepPlace extends Component<KeepPlaceProps> {
  private readonly list = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(before: KeepPlaceProps): readonly Place[] {
    return before.versions.every((version, at) => version === this.props.versions[at]) || this.list.current === null
      ? []
      : placesIn(this.list.current);
  }

  override componentDidUpdate(_props: KeepPlaceProps, _state: unknown, places: readonly Place[]): void {
    const place = places.find(({ part }) => part.isConnected);
    if (place === undefined || this.list.current === null) return;
    const moved = topOf(place.part) - place.top;
    if (moved !== 0) scroller(this.list.current).scrollBy({ top: moved, behavior: "instant" });
  }

  override render(): ReactNode {
    const { className = "", children } = this.props;
    return (
      <div ref={this.list} className={`keep-place ${className}`}>
        {children}
      </div>
    );
  }
}
