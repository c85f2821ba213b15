// Which key means what: a pressed key and the one before it in, an action out. Pure, so that the table can be tested.

export type HotkeyAction =
  | { readonly kind: "go"; readonly to: "/" | "/runbooks" | "/executions" | "/audit" | "/agents" | "/settings" }
  | { readonly kind: "move"; readonly by: 1 | -1 }
  /** Presses the page's control with this data-hotkey, if it has one. */
  | { readonly kind: "press"; readonly target: "output" | "skip" | "look" }
  /** First press focuses the control, a second one presses it. */
  | { readonly kind: "focus-then-press"; readonly target: "approve" }
  | { readonly kind: "focus"; readonly target: "search" }
  | { readonly kind: "help" };

const AFTER_G: Readonly<Record<string, HotkeyAction>> = {
  h: { kind: "go", to: "/" },
  r: { kind: "go", to: "/runbooks" },
  e: { kind: "go", to: "/executions" },
  a: { kind: "go", to: "/audit" },
};

const ALONE: Readonly<Record<string, HotkeyAction>> = {
  j: { kind: "move", by: 1 },
  k: { kind: "move", by: -1 },
  o: { kind: "press", target: "output" },
  s: { kind: "press", target: "skip" },
  l: { kind: "press", target: "look" },
  a: { kind: "focus-then-press", target: "approve" },
  "/": { kind: "focus", target: "search" },
  "?": { kind: "help" },
};

export interface KeyPress {
  readonly key: string;
  readonly withModifier: boolean;
  readonly repeat: boolean;
}

/** `afterG`: the key before was a lone g. A held key never acts twice. */
export const readHotkey = (press: KeyPress, afterG: boolean): HotkeyAction | null => {
  if (press.withModifier || press.repeat) return null;
  return (afterG ? AFTER_G[press.key] : ALONE[press.key]) ?? null;
};

/** Keys belong to the field while somebody types into one. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !/^(radio|checkbox)$/.test(target.getAttribute("type") ?? "");

export const KEY_HELP: readonly { readonly keys: string; readonly meaning: string }[] = [
  { keys: "g h", meaning: "Home" },
  { keys: "g r", meaning: "Runbooks" },
  { keys: "g e", meaning: "Executions" },
  { keys: "g a", meaning: "Audit" },
  { keys: "j / k", meaning: "Next or previous step or row" },
  { keys: "enter", meaning: "Open what has the focus" },
  { keys: "o", meaning: "Show or fold the output" },
  { keys: "s", meaning: "Skip the current step (asks for a reason)" },
  { keys: "l", meaning: "Look first at what the current step would touch" },
  { keys: "a, then a", meaning: "Go to approve, then approve" },
  { keys: "/", meaning: "Search or filter" },
  { keys: "?", meaning: "This help" },
  { keys: "shift + P, held", meaning: "Stop everything" },
];
