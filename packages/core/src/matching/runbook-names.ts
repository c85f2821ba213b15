// The names under which a runbook may be meant: its file name, its title, parts of its addresses. Compared with an alert's name and runbook_url.
import { bareName } from "./words.ts";
import type { MatchRunbook } from "./types.ts";

const EXTENSION = /(?:\.(?:html?|md|markdown|txt|adoc|rst|erb))+$/i;

/** The last part of a path or address, without extension, query and fragment. */
export function slugOf(path: string): string {
  const clean = path
    .slice(0, 2_000)
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "");
  return clean.slice(clean.lastIndexOf("/") + 1).replace(EXTENSION, "");
}

/** Bare names (`bareName`), without repeats; a name of fewer than four letters names nothing. */
export function runbookNames(runbook: MatchRunbook): readonly string[] {
  const { fileName, title, urls } = runbook;
  const written = [...(fileName === null ? [] : [slugOf(fileName)]), title, ...urls.map(slugOf)];
  return [...new Set(written.map(bareName))].filter((name) => name.length >= 4);
}

/** Everything after `#` and the last path part of an address, as bare names: what a runbook_url calls its runbook. */
export function namesInUrl(url: string): readonly string[] {
  const fragment = /#(.+)$/s.exec(url.slice(0, 2_000))?.[1] ?? "";
  return [...new Set([bareName(fragment.replace(/^alert-name-/, "")), bareName(slugOf(url))])].filter((name) => name.length >= 4);
}

/** An address without what does not change the page: scheme, `www.`, last slash, query. */
export function sameAddress(url: string): string {
  return url
    .slice(0, 2_000)
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, "")
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "");
}
