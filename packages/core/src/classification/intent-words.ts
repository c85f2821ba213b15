// What the intent advisor can say about one simple command.

/** `read`: it only looks; `change`: a word or option of it does more; `none`: neither is said. */
export type Intent = "read" | "change" | "none";
