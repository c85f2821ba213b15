// The app's home: what runs now, and what waits for this person. The linked member's own view; a stranger is told how to link.
import type { WireExecution } from "@dd0c/protocol/http";
import type { types } from "@slack/bolt";
import { callerOf, type Face } from "./face.ts";
import { stepName } from "./render-step.ts";
import { bold, lines, link, type Part, prose, rich } from "./rich-text.ts";
import { overStatuses, riskWords, runWords } from "./words.ts";

type Line = readonly Part[];

const maxRuns = 20;
const homeOf = (all: readonly Line[]): types.HomeView => ({ type: "home", blocks: [rich([lines(all)])] });

function linesOf(execution: WireExecution, url: string): readonly Line[] {
  const open = execution.steps.find(({ actions }) => actions.length > 0);
  const waits: readonly Line[] =
    open === undefined
      ? []
      : [
          [
            `   ✋ ${stepName(execution, open)}${open.command === null ? "" : ` · ${riskWords(open.risk)}`}: ${prose(open.description, 150)}`,
          ],
        ];
  return [[bold(prose(execution.runbook_title, 150)), ` · ${runWords[execution.status]} · `, link(url, "open")], ...waits];
}

export async function showHome(face: Face, slackUserId: string): Promise<void> {
  const caller = await callerOf(face, slackUserId);
  if (caller === null) {
    await face.web.publishHome(
      slackUserId,
      homeOf([["This Slack account is not linked to a member of dd0c/run yet. Type /dd0c link in any channel."]]),
    );
    return;
  }
  const { items } = await face.call("listExecutions", caller, { query: { limit: 100 } });
  const running = items.filter(({ status }) => !overStatuses.has(status)).slice(0, maxRuns);
  const executions = await Promise.all(running.map(({ id }) => face.call("getExecution", caller, { params: { id } })));
  const mine = executions.filter(
    ({ steps, people }) => steps.some(({ actions }) => actions.length > 0) && people.some(({ id }) => id === caller.userId),
  );
  const urlOf = ({ id }: WireExecution): string => `${face.webUrl()}/executions/${id}`;
  await face.web.publishHome(
    slackUserId,
    homeOf([
      [bold("Waits for you")],
      ...(mine.length === 0 ? [["Nothing."]] : mine.flatMap((each) => linesOf(each, urlOf(each)))),
      [""],
      [bold("Runs now")],
      ...(executions.length === 0 ? [["Nothing."]] : executions.flatMap((each) => linesOf(each, urlOf(each)))),
      [""],
      [link(face.webUrl(), "Everything else is on the web")],
    ]),
  );
}
