// An alert with the runbook that was found for it, as the message in the channel: what fired, what is filled in and from where, how much of it is
// dangerous, why this one. It becomes the head of the run's thread once somebody starts it. Everything the alert says was written by an outsider.
import type { WireAlert } from "@dd0c/protocol/http";
import { writeValue } from "./button-value.ts";
import type { PlannedMessage } from "./planned-message.ts";
import { actions, bold, type Button, button, code, escaped, lines, linkButton, type Part, prose, rich } from "./rich-text.ts";
import { countOf, riskSign } from "./words.ts";

type Line = readonly Part[];
type Match = WireAlert["matches"][number];

const percent = (confidence: number): string => `${Math.floor(confidence * 100)} %`;

function countLine({ counts }: Match): Line {
  const { safe, caution, unknown, dangerous, manual } = counts;
  const signs = [
    ...(safe > 0 ? [`${riskSign.safe} ${safe} safe`] : []),
    ...(caution > 0 ? [`${riskSign.caution} ${caution} caution`] : []),
    ...(unknown > 0 ? [`${riskSign.unknown} ${unknown} unknown`] : []),
    ...(dangerous > 0 ? [`${riskSign.dangerous} ${dangerous} dangerous`] : []),
    ...(manual > 0 ? [`${manual} by hand`] : []),
  ];
  return [`${countOf(safe + caution + unknown + dangerous + manual, "step")}: ${signs.join(", ")}`];
}

function fillingLines({ variables }: Match): readonly Line[] {
  const filled = variables.filter(({ value, needs_typing: typing }) => value !== null && !typing).slice(0, 8);
  const typed = variables.filter(({ needs_typing: typing }) => typing);
  const open = variables.filter(({ value }) => value === null);
  const parts = filled.flatMap(({ name, value, from }, at): Part[] => [
    at === 0 ? "Filled in: " : ", ",
    code(`${prose(name, 60)}=${prose(value ?? "", 100)}`),
    from === null ? "" : ` (${prose(from, 60)})`,
  ]);
  const names = (all: Match["variables"]): string => all.map(({ name }) => prose(name, 60)).join(", ");
  return [
    ...(filled.length === 0 ? [] : [parts]),
    ...(typed.length === 0 ? [] : [[`To be typed by a person, because of what the alert says: ${names(typed)}.`]]),
    ...(open.length === 0 ? [] : [[`Asked at the start: ${names(open)}.`]]),
  ];
}

function whyLines({ reasons }: Match): readonly Line[] {
  const said = reasons.slice(0, 3).map(({ text }) => prose(text, 200));
  return said.length === 0 ? [] : [[`Why this one: ${said.join("; ")}.`]];
}

const factLine = ({ service, region, environment, severity, deployment }: WireAlert): Line => [
  [severity, service, region, environment, deployment === null ? null : `deploy ${deployment}`]
    .flatMap((fact) => (fact === null ? [] : [prose(fact, 80)]))
    .join(" · "),
];

const ended: Readonly<Record<string, string>> = {
  dismissed: "⏭ Dismissed",
  lapsed: "Nobody started it; it is no longer offered.",
  started: "▶ Started",
};

function standing({ alert_offer: offer }: WireAlert): readonly Line[] {
  if (offer === null) return [];
  const { all, open } = offer.alerts;
  const shared = all > 1 ? [[`${all} alerts of this kind, ${open} not over.`]] : [];
  if (offer.status === "open") return open === 0 ? [...shared, [bold("The alert is over.")]] : shared;
  const by = offer.decided_by?.type === "user" ? ` by ${prose(offer.decided_by.name ?? "a member", 100)}` : "";
  return [...shared, [bold(`${ended[offer.status] ?? offer.status}${by}`)]];
}

function buttonsOf({ alert_offer: offer, matches }: WireAlert, threadId: string, page: string): readonly Button[] {
  const value = writeValue({ t: threadId });
  if (offer?.status !== "open") return [linkButton("Open on the web", page)];
  const others = matches
    .slice(1, 3)
    .flatMap(({ runbook_id: id, runbook_title: title }, at) =>
      title === null ? [] : [button(`Instead: ${prose(title, 60)}`, `start_other_${at}`, writeValue({ t: threadId, k: id }))],
    );
  return [
    button("Start Copilot", "start_alert", value, { style: "primary" }),
    button("View Steps", "view_steps", value),
    button("Dismiss", "dismiss_alert", value),
    ...others,
    linkButton("Open on the web", page),
  ];
}

export function renderMatch(alert: WireAlert, threadId: string, webUrl: string): PlannedMessage {
  const [best] = alert.matches;
  const title = prose(best?.runbook_title ?? "a deleted runbook", 200);
  const body: readonly Line[] = [
    [bold(`🔔 Runbook matched: ${title}`), best === undefined ? "" : ` · ${percent(best.confidence)} sure`],
    [prose(alert.title, 300)],
    factLine(alert),
    ...(best === undefined ? [] : [countLine(best), ...fillingLines(best), ...whyLines(best)]),
    ...standing(alert),
  ];
  return {
    key: "head",
    text: escaped(`Runbook matched: ${title}. ${prose(alert.title, 150)}`),
    blocks: [rich([lines(body)]), ...actions(buttonsOf(alert, threadId, `${webUrl}/alerts/${alert.id}`))],
  };
}
