// Every order in which news of one alert can arrive: the newest counts, an end is never undone by older news, and a late beginning starts nothing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Episode, type EpisodeStep, stepEpisode } from "./episode.ts";
import type { AlertChange } from "./inbound-alert.ts";

type Told = readonly [change: AlertChange, atMs: number | null];

function tell(
  news: readonly Told[],
  keyIsReused = false,
): { readonly last: Episode | undefined; readonly starts: number; readonly steps: EpisodeStep[] } {
  let known: Episode | undefined;
  const steps = news.map(([change, occurredAtMs], at) => {
    const step = stepEpisode(known, { change, occurredAtMs, keyIsReused }, 1_000 + at);
    if (known !== undefined || step.counted) known = step.next;
    return step;
  });
  return { last: known, starts: steps.filter(({ starts }) => starts).length, steps };
}

describe("an episode", () => {
  it.each<[string, readonly Told[], string, number]>([
    [
      "begins and ends",
      [
        ["opened", 1],
        ["resolved", 5],
      ],
      "resolved",
      1,
    ],
    [
      "ends before it begins: a tombstone",
      [
        ["resolved", 5],
        ["opened", 1],
      ],
      "resolved",
      0,
    ],
    [
      "is told again after its end with the old start",
      [
        ["opened", 1],
        ["resolved", 5],
        ["opened", 1],
      ],
      "resolved",
      1,
    ],
    [
      "has a beginning that claims to be later than its end",
      [
        ["resolved", 5],
        ["opened", 9],
      ],
      "resolved",
      0,
    ],
    [
      "is reopened",
      [
        ["opened", 1],
        ["resolved", 5],
        ["reopened", 9],
      ],
      "firing",
      2,
    ],
    [
      "is reopened by older news",
      [
        ["opened", 1],
        ["resolved", 9],
        ["reopened", 5],
      ],
      "resolved",
      1,
    ],
    [
      "is acknowledged before it begins",
      [
        ["acknowledged", 3],
        ["opened", 1],
      ],
      "acknowledged",
      1,
    ],
    [
      "is acknowledged after its end",
      [
        ["opened", 1],
        ["resolved", 5],
        ["acknowledged", 9],
      ],
      "resolved",
      1,
    ],
    [
      "is reminded of",
      [
        ["opened", 1],
        ["opened", 1],
        ["opened", 1],
      ],
      "firing",
      1,
    ],
    [
      "stays acknowledged under reminders",
      [
        ["opened", 1],
        ["acknowledged", 2],
        ["opened", 3],
      ],
      "acknowledged",
      1,
    ],
    [
      "gets a note",
      [
        ["opened", 1],
        ["noted", 3],
        ["other", 4],
      ],
      "firing",
      1,
    ],
  ])("that %s", (_name, news, status, starts) => {
    const told = tell(news);
    expect([told.last?.status, told.starts]).toEqual([status, starts]);
  });

  it("is not known by a note alone", () => {
    expect(tell([["noted", 1]]).last).toBeUndefined();
  });

  it.each<[string, readonly Told[], string, number]>([
    [
      "takes one late beginning with its tombstone",
      [
        ["resolved", null],
        ["opened", null],
      ],
      "resolved",
      0,
    ],
    [
      "and starts with the next",
      [
        ["resolved", null],
        ["opened", null],
        ["opened", null],
      ],
      "firing",
      1,
    ],
    [
      "may come again under its key",
      [
        ["opened", null],
        ["resolved", null],
        ["opened", null],
      ],
      "firing",
      2,
    ],
    [
      "with times it comes again only later than its end",
      [
        ["opened", 1],
        ["resolved", 5],
        ["opened", 1],
      ],
      "resolved",
      1,
    ],
    [
      "with times it comes again",
      [
        ["opened", 1],
        ["resolved", 5],
        ["opened", 9],
      ],
      "firing",
      2,
    ],
  ])("whose key the sender chooses %s", (_name, news, status, starts) => {
    const told = tell(news, true);
    expect([told.last?.status, told.starts]).toEqual([status, starts]);
  });

  it("starts once and ends ended, in whatever order its own news come", () => {
    const whole: readonly Told[] = [
      ["opened", 1],
      ["acknowledged", 2],
      ["noted", 3],
      ["opened", 1],
      ["resolved", 4],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...whole], { minLength: whole.length }), (news) => {
        const { last, starts } = tell(news);
        expect(last?.status).toBe("resolved");
        expect(starts).toBeLessThanOrEqual(1);
      }),
    );
  });
});
