// The five roles in words, for every page that names one. Without schemas: it travels to the browser.
import type { WireRole } from "./primitives.ts";

/** What each role may do, as the end of a sentence that begins with "may". */
export const ROLE_MEANING = {
  admin: "do everything, people and settings included",
  approver: "start runs and approve their steps, dangerous ones too",
  operator: "start runs and approve their steps, but no dangerous ones",
  author: "read everything and write runbooks, but start no run",
  viewer: "read everything and change nothing",
} as const satisfies Readonly<Record<WireRole, string>>;
