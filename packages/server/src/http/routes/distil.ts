// The handler for drafts out of chats and incident reviews.
import { distilRunbook } from "../../app/distil-runbook.ts";
import type { Handlers } from "../call.ts";

export function distilHandlers(): Pick<Handlers, "distilRunbook"> {
  return {
    distilRunbook: async ({ body }) => {
      const { kind, runbook, markdown, notes } = distilRunbook(body.raw_text, body.kind);
      return { kind, draft: runbook, markdown, notes };
    },
  };
}
