// Listens for the keys of hotkey-map and acts on the page: controls say what they are with data-hotkey, steps and rows
// with data-nav-item. It only presses what is on the screen, so it can never do more than a click could.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type HotkeyAction, isTyping, readHotkey } from "./hotkey-map.ts";

const G_WINDOW_MS = 1_200;

const control = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-hotkey="${name}"]`);

const moveFocus = (by: 1 | -1): void => {
  const items = [...document.querySelectorAll<HTMLElement>("[data-nav-item]")].filter((item) => item.offsetParent !== null);
  const at = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = items[at === -1 ? (by === 1 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

const focusThenPress = (target: HTMLElement | null): void => {
  if (target === null) return;
  if (document.activeElement === target) target.click();
  else target.focus();
};

export const useHotkeys = (onHelp: () => void): void => {
  const navigate = useNavigate();
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    let gAtMs = 0;
    const act = (action: HotkeyAction): void => {
      switch (action.kind) {
        case "go":
          return void navigate({ to: action.to });
        case "move":
          return moveFocus(action.by);
        case "press":
          return control(action.target)?.click();
        case "focus-then-press":
          return focusThenPress(control(action.target));
        case "focus":
          return control(action.target)?.focus();
        case "help":
          return help.current();
      }
    };
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) return;
      const afterG = Date.now() - gAtMs < G_WINDOW_MS;
      const withModifier = event.ctrlKey || event.metaKey || event.altKey;
      gAtMs = event.key === "g" && !withModifier ? Date.now() : 0;
      const action = readHotkey({ key: event.key, withModifier, repeat: event.repeat }, afterG);
      if (action === null) return;
      event.preventDefault();
      act(action);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate]);
};
