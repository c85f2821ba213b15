// Answers to labelled alerts go in, the figures that the matcher is held against come out.

export interface Answered {
  readonly id: string;
  /** Whether any runbook is right. */
  readonly answerable: boolean;
  readonly offered: boolean;
  /** 1 for the first place; null where the right one was not among the offers. */
  readonly place: number | null;
  /** Of the first offer; 0 without one. */
  readonly confidence: number;
}

export interface Tally {
  readonly alerts: number;
  readonly answerable: number;
  readonly first: number;
  readonly three: number;
  readonly strange: number;
  readonly wrongOffers: number;
  readonly sure: number;
  readonly sureRight: number;
  /** Mean distance between confidence and how often it was right, over tenths. */
  readonly miscalibration: number;
}

export const surely = 0.9;

export function tally(answers: readonly Answered[]): Tally {
  const answerable = answers.filter((each) => each.answerable);
  const strange = answers.filter((each) => !each.answerable);
  const sure = answers.filter(({ offered, confidence }) => offered && confidence >= surely);
  const right = ({ place }: Answered): boolean => place === 1;
  return {
    alerts: answers.length,
    answerable: answerable.length,
    first: answerable.filter(right).length,
    three: answerable.filter(({ place }) => place !== null && place <= 3).length,
    strange: strange.length,
    wrongOffers: strange.filter(({ offered }) => offered).length,
    sure: sure.length,
    sureRight: sure.filter(right).length,
    miscalibration: miscalibration(answers.filter(({ offered }) => offered)),
  };
}

function miscalibration(offers: readonly Answered[]): number {
  let sum = 0;
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const inside = offers.filter(({ confidence }) => Math.min(9, Math.floor(10 * confidence)) === tenth);
    const said = inside.reduce((all, { confidence }) => all + confidence, 0);
    sum += Math.abs(said - inside.filter(({ place }) => place === 1).length);
  }
  return offers.length === 0 ? 0 : sum / offers.length;
}

const percent = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);

/** The figures as cells of a table. */
export function cells({
  alerts,
  answerable,
  first,
  three,
  strange,
  wrongOffers,
  sure,
  sureRight,
  miscalibration: off,
}: Tally): readonly string[] {
  return [
    `${alerts}`,
    percent(first, answerable),
    percent(three, answerable),
    `${percent(wrongOffers, strange)} of ${strange}`,
    percent(sureRight, sure),
    percent(sure, alerts),
    `${(100 * off).toFixed(1)} %`,
  ];
}

export const heads = [
  "alerts",
  "top-1",
  "top-3",
  "wrong offers where none fits",
  "0.9 and above is right",
  "reaches 0.9",
  "confidence off by",
];

export const shareLine = (name: string, figures: Tally): string =>
  `${name}: ${cells(figures)
    .map((cell, at) => `${heads[at] ?? ""} ${cell}`)
    .join(", ")}`;

/** The goals of the shared alerts: top-1 92 %, top-3 97 %, at most 8 % wrong offers, 0.9 right in 97 % and reached by 35 %. */
export function meetsGoals({ alerts, answerable, first, three, strange, wrongOffers, sure, sureRight }: Tally): boolean {
  return (
    first >= 0.92 * answerable &&
    three >= 0.97 * answerable &&
    wrongOffers <= 0.08 * strange &&
    sureRight >= 0.97 * sure &&
    sure >= 0.35 * alerts
  );
}
