// Press and hold for one second, with pointer, blank or enter. Letting go early, leaving or losing focus does nothing.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";

export const HOLD_MS = 1_000;

const isPressKey = (key: string): boolean => key === " " || key === "Enter";

export const useHold = (onHeld: () => void) => {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const done = useRef(onHeld);
  done.current = onHeld;

  const cancel = (): void => {
    clearTimeout(timer.current);
    setHolding(false);
  };
  const begin = (): void => {
    clearTimeout(timer.current);
    setHolding(true);
    timer.current = setTimeout(() => {
      setHolding(false);
      done.current();
    }, HOLD_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    holding,
    begin,
    cancel,
    handlers: {
      onPointerDown: (event: PointerEvent) => event.button === 0 && begin(),
      onPointerUp: cancel,
      onPointerLeave: cancel,
      onPointerCancel: cancel,
      onBlur: cancel,
      onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
      onKeyDown: (event: KeyboardEvent) => {
        if (!isPressKey(event.key)) return;
        event.preventDefault();
        if (!event.repeat) begin();
      },
      onKeyUp: (event: KeyboardEvent) => isPressKey(event.key) && cancel(),
    },
  };
};
