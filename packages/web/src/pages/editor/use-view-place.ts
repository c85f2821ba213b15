// A phone shows one side of the editor at a time: each side is found again where it was left. On a wide screen both are there and nothing moves.
import { useLayoutEffect, useRef } from "react";
import type { EditorView } from "./view-switch.tsx";

const isWide = (): boolean => window.matchMedia("(min-width: 64rem)").matches;

/** Call the result before the view changes. */
export const useViewPlace = (view: EditorView): (() => void) => {
  const places = useRef<Partial<Record<EditorView, number>>>({});
  const shown = useRef(view);
  useLayoutEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    if (!isWide()) window.scrollTo({ top: places.current[view] ?? 0, behavior: "instant" });
  }, [view]);
  return () => {
    places.current[view] = window.scrollY;
  };
};
