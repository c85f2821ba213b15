// Reads the libraries and the labelled alerts that the matcher is held against: the shared ones beside the repository, and our own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AlertFacts, alertFromRecord, createMatchLibrary, type MatchLibrary, type MatchRunbook, runbookTitle } from "@dd0c/core";

export interface LabelledAlert {
  readonly id: string;
  readonly kind: string;
  readonly alert: AlertFacts;
  /** Runbooks that are right; empty where none is. */
  readonly right: readonly string[];
}

interface Labels {
  readonly id: string;
  readonly kind?: string;
  readonly expected: string | null;
  readonly also_ok?: readonly string[];
}

export const sharedAlerts = "../shared/corpus/alerts";
const ownAlerts = "bench/matching/alerts";

export const isThere = (): boolean => existsSync(sharedAlerts);

/** Every line of a file of alerts; the matcher gets the alert without its label. */
export function readAlerts(path: string): readonly LabelledAlert[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { expected, kind = "own", id, also_ok: also = [], ...record } = JSON.parse(line) as Labels;
      return { id, kind, alert: alertFromRecord(record), right: expected === null ? [] : [expected, ...also] };
    });
}

export const sharedSet = (): readonly LabelledAlert[] => readAlerts(join(sharedAlerts, "alerts.jsonl"));
export type OwnSet = "first" | "second" | "third" | "fourth" | "fifth";
export const ownSet = (name: OwnSet): readonly LabelledAlert[] => readAlerts(join(ownAlerts, `${name}.jsonl`));

export function readRunbook(path: string, fileName: string): MatchRunbook {
  const text = readFileSync(path, "utf8");
  const title = runbookTitle(text) ?? fileName.replace(/^[\w-]+__/, "");
  // Files of several projects lie together with their project's name in front; a runbook is not called so.
  return { id: fileName, fileName: fileName.replace(/^[\w-]+__/, ""), title, text, service: null, team: null, tags: [], urls: [] };
}

function readFolder(folder: string): readonly MatchRunbook[] {
  const files = readdirSync(folder).filter((name) => /\.(?:md|erb)$/.test(name) && name !== "README.md");
  return files.map((name) => readRunbook(join(folder, name), name));
}

export const sharedRunbooks = (): readonly MatchRunbook[] => readFolder(join(sharedAlerts, "runbooks"));

/** The shared library with what else there is: pages of other projects, and the templates. A page that is there twice stays once. */
export function wideRunbooks(): readonly MatchRunbook[] {
  const shared = sharedRunbooks();
  const names = new Set(shared.map(({ id }) => id.replace(/\..*$/, "").toLowerCase()));
  const others = [...readFolder("../shared/corpus/runbooks"), ...readFolder("templates")];
  return [...shared, ...others.filter(({ id }) => !names.has(id.replace(/^.*__/, "").replace(/\..*$/, "").toLowerCase()))];
}

export const libraryOf = (runbooks: readonly MatchRunbook[]): MatchLibrary => createMatchLibrary(runbooks);
