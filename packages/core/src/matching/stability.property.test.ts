// The same alert and the same library give the same answer: in every order of labels, of runbooks, and whatever was in the library before.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertFromRecord } from "./alert-record.ts";
import { matchAlert } from "./match-alert.ts";
import { createMatchLibrary } from "./match-library.ts";
import { sampleLibrary, sampleRunbooks } from "./test/sample-library.ts";

const words = fc.constantFrom(
  "etcd",
  "leader",
  "pod",
  "kubelet",
  "disk",
  "full",
  "slow",
  "certificate",
  "expires",
  "payments",
  "Ceph",
  "queue",
  "berlin",
  "no",
  "reload",
);
const text = fc.array(words, { maxLength: 8 }).map((each) => each.join(" "));
const labels = fc.dictionary(
  fc.constantFrom("alertname", "job", "namespace", "service", "instance", "integration", "__proto__", "a", "b"),
  text,
);
const alerts = fc.record({ source: fc.constantFrom("alertmanager", "opsgenie"), title: text, description: text, labels });
const library = sampleLibrary();

describe("one answer", () => {
  it("in every order of labels", () => {
    fc.assert(
      fc.property(alerts, fc.infiniteStream(fc.nat()), (record, dice) => {
        const order = [...dice.take(20)];
        const shuffled = Object.entries(record.labels).sort(
          ([a], [b]) => (order[a.length % 20] ?? 0) - (order[b.length % 20] ?? 0) || (a < b ? 1 : -1),
        );
        const other = { ...record, labels: Object.fromEntries(shuffled) };
        expect(matchAlert(alertFromRecord(other), library)).toEqual(matchAlert(alertFromRecord(record), library));
      }),
    );
  });

  it("in every order of runbooks, and after runbooks came and went", () => {
    fc.assert(
      fc.property(
        alerts,
        fc.shuffledSubarray([...sampleRunbooks], { minLength: sampleRunbooks.length }),
        fc.nat(sampleRunbooks.length - 1),
        (record, order, at) => {
          const other = createMatchLibrary(order);
          const alert = alertFromRecord(record);
          expect(matchAlert(alert, other)).toEqual(matchAlert(alert, library));
          const moved = order[at];
          if (moved === undefined) return;
          other.remove(moved.id);
          expect(matchAlert(alert, other)).toEqual(
            matchAlert(alert, createMatchLibrary(sampleRunbooks.filter(({ id }) => id !== moved.id))),
          );
          other.put({ ...moved, text: "# Something else\n" });
          other.put(moved);
          expect(matchAlert(alert, other)).toEqual(matchAlert(alert, library));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("confidences stay within 0 and 1, and nothing throws for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const { confidence, reasons } of matchAlert(alertFromRecord(value), library)) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(reasons.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
