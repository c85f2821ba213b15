// Ten thousand runbooks out of the real pages at hand, for measuring: each page again and again, as the pages of many services, every copy with a
// service and a region of its own. Longer and more alike than a real library of that size, so what it costs is no less.
import type { MatchRunbook } from "@dd0c/core";
import { sharedRunbooks, wideRunbooks } from "./labelled-alerts.ts";

/** The first pages are the real ones, so that labelled alerts keep their answers. */
export function manyRunbooks(count: number): readonly MatchRunbook[] {
  const pages = wideRunbooks();
  const real = pages.length === 0 ? sharedRunbooks() : pages;
  return Array.from({ length: count }, (_, at) => {
    const page = real[at % real.length];
    if (page === undefined) throw new Error("There is no page to make a library of.");
    if (at < real.length) return page;
    const service = `svc${Math.floor(at / real.length)}${"abcdefghijklmnopqrstuvwxyz"[at % 26] ?? ""}`;
    const title = `${service} ${page.title}`;
    return {
      ...page,
      id: `${service}/${page.id}`,
      fileName: null,
      title,
      text: `# ${title}\n\nOf the service ${service}.\n\n${page.text}`,
    };
  });
}
