// Where should the candidates of an alert come from: this process's index, or SQL (tsvector, trigrams)? For 10,000 runbooks: time per alert, time to
// build, time until a saved runbook is in, memory; and how often the right one of the real pages is among the candidates.
// `NODE_OPTIONS=--expose-gc node scripts/run-ts.mjs bench/matching/candidates.ts`; needs PostgreSQL with pg_trgm.
import { createMatchLibrary, matchAlert } from "@dd0c/core";
import { alertText } from "../../packages/core/src/matching/alert-text.ts";
import { askedAlert, rank } from "../../packages/core/src/matching/rank.ts";
import { startPostgres } from "../../packages/server/test-support/postgres.ts";
import { openClient } from "../../packages/server/test-support/query-rows.ts";
import { type LabelledAlert, libraryOf, ownSet, sharedSet, wideRunbooks } from "./labelled-alerts.ts";
import { manyRunbooks } from "./wide-library.ts";

const count = 10_000;
const most = 80;
const answerable = (alerts: readonly LabelledAlert[]): readonly LabelledAlert[] => alerts.filter(({ right }) => right.length > 0);
const labelled = answerable([...sharedSet(), ...ownSet("first"), ...ownSet("third")]);
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
const times = (values: readonly number[]): string =>
  `median ${percentile(values, 0.5).toFixed(1)} ms, p99 ${percentile(values, 0.99).toFixed(1)} ms`;
const timed = async (work: () => unknown): Promise<number> => {
  const since = performance.now();
  await work();
  return performance.now() - since;
};
const megabytes = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().rss / 1e6;
};

async function inProcess(): Promise<void> {
  const runbooks = manyRunbooks(count);
  const before = megabytes();
  const library = createMatchLibrary();
  const put: number[] = [];
  for (const runbook of runbooks) put.push(await timed(() => library.put(runbook)));
  const all = put.reduce((sum, each) => sum + each, 0);
  console.log(`in this process: built in ${(all / 1_000).toFixed(2)} s (a runbook ${times(put)}), ${(megabytes() - before).toFixed(0)} MB`);
  const again: number[] = [];
  for (const runbook of runbooks.slice(0, 40)) again.push(await timed(() => library.put(runbook)));
  console.log(`in this process: a saved runbook is put in again in ${times(again)}`);
  const asked: number[] = [];
  for (const { alert } of labelled.slice(0, 200)) asked.push(await timed(() => matchAlert(alert, library)));
  console.log(`in this process: an alert is matched in ${times(asked)}`);
  const narrow = libraryOf(wideRunbooks());
  const held = labelled.filter(({ alert, right }) => {
    const found = rank(askedAlert(alert, narrow), narrow);
    return found.some(({ runbook }) => right.includes(runbook.id));
  });
  console.log(
    `in this process: the right one among the candidates for ${held.length} of ${labelled.length} (${wideRunbooks().length} pages)`,
  );
}

const words = (text: string): string => [...new Set(text.match(/[A-Za-z][a-z]+|[A-Z]+(?![a-z])|\d+xx/g) ?? [])].slice(0, 60).join(" | ");
const bySql = `
  SELECT id FROM page, to_tsquery('english', $1) query
   WHERE text @@ query OR title % $2 ORDER BY ts_rank_cd(text, query, 1) + 2 * similarity(title, $2) DESC LIMIT ${most}`;
const insert = `
  INSERT INTO page (id, title, text)
  VALUES ($1, $2, setweight(to_tsvector('english', regexp_replace($2, '([a-z])([A-Z])', '\\1 \\2', 'g')), 'A') || to_tsvector('english', left($3, 60000)))
  ON CONFLICT (id) DO UPDATE SET text = excluded.text`;

async function inSql(): Promise<void> {
  const cluster = await startPostgres();
  const { superuserUrl } = await cluster.createEmptyDatabase();
  const client = await openClient(superuserUrl);
  await client.query("CREATE EXTENSION pg_trgm; CREATE TABLE page (id text PRIMARY KEY, title text NOT NULL, text tsvector NOT NULL)");
  const runbooks = manyRunbooks(count);
  const put = (at: number) => {
    const { id = "", title = "", text = "" } = runbooks[at] ?? {};
    return client.query(insert, [id, title, text.replaceAll("\u0000", "")]);
  };
  const ask = (alert: LabelledAlert["alert"]) => {
    const { name, title, prose, labels } = alertText(alert);
    return client.query<{ id: string }>(bySql, [words(`${name} ${title} ${prose} ${labels}`), name]);
  };
  for (let at = 0; at < wideRunbooks().length; at += 1) await put(at);
  let held = 0;
  for (const { alert, right } of labelled) if ((await ask(alert)).rows.some(({ id }) => right.includes(id))) held += 1;
  console.log(`in SQL: the right one among the candidates for ${held} of ${labelled.length}`);
  const build = await timed(async () => {
    for (let at = wideRunbooks().length; at < count; at += 1) await put(at);
    await client.query("CREATE INDEX ON page USING gin (text); CREATE INDEX ON page USING gin (title gin_trgm_ops); ANALYZE page");
  });
  const { rows } = await client.query<{ size: string }>("SELECT pg_size_pretty(pg_total_relation_size('page')) AS size");
  console.log(`in SQL: built in ${(build / 1_000).toFixed(2)} s, ${rows[0]?.size ?? ""} on disk`);
  const again: number[] = [];
  for (let at = 0; at < 40; at += 1) again.push(await timed(() => put(at)));
  console.log(`in SQL: a saved runbook is put in again in ${times(again)}`);
  const asked: number[] = [];
  for (const { alert } of labelled.slice(0, 100)) asked.push(await timed(() => ask(alert)));
  console.log(`in SQL: candidates of an alert are found in ${times(asked)}, before any of them is weighed`);
  await client.end();
  await cluster.stop();
}

await inProcess();
await inSql();
