// Handlers that ask the classifier directly: one command with both keys, the scanner alone, a stored decision, what the scanner knows.
import { AppError } from "@dd0c/core";
import { listPrograms, patternVersion } from "@dd0c/scanner";
import { deedOf } from "../../app/audit-draft.ts";
import { classifyAsked } from "../../app/classify-asked.ts";
import { explainTemplate } from "../../app/classify-command.ts";
import type { AppContext } from "../../app/context.ts";
import { findStepClassification, listUnknownCommands } from "../../db/index.ts";
import type { Handlers } from "../call.ts";
import { wireClassification, wireExplained, wireStoredClassification } from "../wire/classification.ts";

type ClassificationHandlers = Pick<Handlers, "classify" | "getClassification" | "scannerPatterns" | "scannerTest" | "unknownCommands">;

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function classificationHandlers(app: AppContext): ClassificationHandlers {
  return {
    classify: async ({ caller, body }) => {
      const words = [body.context?.service, body.context?.environment].filter((word) => word !== undefined);
      const { verdict, classification } = await classifyAsked(app, deedOf(caller, app.clock.now()), {
        command: body.command,
        description: body.context?.description ?? "",
        section: body.context?.section ?? null,
        neighbours: words,
      });
      return { ...wireClassification(body.command, verdict, classification), scanner: wireExplained(body.command, verdict) };
    },

    getClassification: async ({ caller, params }) => {
      const id = params.step_id;
      const stored = uuidShape.test(id) ? await app.db.withTenant(caller.tenantId, (tx) => findStepClassification(tx, id)) : undefined;
      if (stored === undefined) throw new AppError("STEP_NOT_FOUND", "No step with a command has this id in this tenant.");
      await app.scanner.prepare([stored.command]);
      const verdict = explainTemplate(stored.command, stored.placeholders);
      const shown = wireStoredClassification(stored.command, verdict, stored.classification);
      return {
        ...shown,
        scanner: { ...wireExplained(stored.command, verdict), ...shown.scanner },
        step_id: id,
        command: stored.command,
        classified_at: stored.classifiedAt.toISOString(),
      };
    },

    scannerPatterns: async () => ({ pattern_version: patternVersion, programs: listPrograms() }),

    unknownCommands: async ({ caller, query }) => {
      const records = await app.db.withTenant(caller.tenantId, (tx) => listUnknownCommands(tx, query.limit));
      return {
        items: records.map(({ program, reason, seen, firstSeen, lastSeen }) => ({
          program,
          reason,
          seen,
          first_seen: firstSeen.toISOString(),
          last_seen: lastSeen.toISOString(),
        })),
      };
    },

    scannerTest: async ({ body }) => {
      const verdict = await app.scanner.batch([body.command], "some", (scan) => scan(body.command));
      return wireExplained(body.command, verdict);
    },
  };
}
