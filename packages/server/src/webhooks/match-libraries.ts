// A tenant goes in, the index of its runbooks as they are now comes out. The index is memory of this process, kept true by one comparison with the database
// before every batch: whichever server saved a runbook, the next alert is matched with it. What changed is read and put in, and nothing else.
import { createMatchLibrary, type MatchLibrary } from "@dd0c/core";
import { libraryMark, libraryRows, readForMatching } from "../db/index.ts";
import type { AlertParts } from "./alert-parts.ts";
import { nextTurn, sliceMs } from "./next-turn.ts";

export interface MatchLibraries {
  /** Everything that was saved before the call is in it. One call at a time for a tenant. */
  readonly of: (tenantId: string) => Promise<MatchLibrary>;
}

interface Kept {
  readonly library: MatchLibrary;
  /** Of the whole library when it was last the same as the database's; empty before. */
  mark: string;
  /** Runbook -> its mark when it was put in. */
  readonly marks: Map<string, string>;
}

/** Tenants whose index is kept; the one that was asked for longest ago goes first. */
const mostLibraries = 20;
/** Texts that one query reads. */
const chunk = 100;

const begun = (): Kept => ({ library: createMatchLibrary(), mark: "", marks: new Map() });

/** A runbook that is put in again takes another slot: after very many saves it is cheaper to begin anew than to walk over the empty ones. */
const isWorn = (library: MatchLibrary): boolean => library.slots() > 2 * library.size() + 1_000;

export function createMatchLibraries(parts: Pick<AlertParts, "db" | "clock">): MatchLibraries {
  const libraries = new Map<string, Kept>();

  const keptOf = (tenantId: string): Kept => {
    const held = libraries.get(tenantId);
    const kept = held === undefined || isWorn(held.library) ? begun() : held;
    libraries.delete(tenantId);
    libraries.set(tenantId, kept);
    const [oldest] = libraries.keys();
    if (libraries.size > mostLibraries && oldest !== undefined) libraries.delete(oldest);
    return kept;
  };

  /** The library's mark, and its rows where the mark is another than this one. */
  const changesSince = (tenantId: string, mark: string) =>
    parts.db.readTenant(tenantId, async (tx) => {
      const now = await libraryMark(tx);
      return { mark: now, rows: now === mark ? null : await libraryRows(tx) };
    });

  /** Runs this for each, and lets others have the loop in between: a first time there may be thousands. */
  const eachInTurns = async <T>(items: Iterable<T>, work: (item: T) => void): Promise<void> => {
    let since = parts.clock.monotonic();
    for (const item of items) {
      work(item);
      if (parts.clock.monotonic() - since < sliceMs) continue;
      await nextTurn();
      since = parts.clock.monotonic();
    }
  };

  const takeOut = async ({ library, marks }: Kept, rows: readonly { readonly id: string }[]): Promise<void> => {
    const live = new Set(rows.map(({ id }) => id));
    await eachInTurns(
      [...marks.keys()].filter((id) => !live.has(id)),
      (id) => {
        library.remove(id);
        marks.delete(id);
      },
    );
  };

  /** A row that changes after its mark was read is read again the next time, because its mark is another then. */
  const putIn = async (tenantId: string, { library, marks }: Kept, rows: readonly { readonly id: string; readonly mark: string }[]) => {
    const changed = rows.filter(({ id, mark }) => marks.get(id) !== mark);
    for (let from = 0; from < changed.length; from += chunk) {
      const asked = new Map(changed.slice(from, from + chunk).map(({ id, mark }) => [id, mark]));
      const runbooks = await parts.db.readTenant(tenantId, (tx) => readForMatching(tx, [...asked.keys()]));
      await eachInTurns(runbooks, (runbook) => {
        library.put(runbook);
        marks.set(runbook.id, asked.get(runbook.id) ?? "");
      });
    }
  };

  return {
    of: async (tenantId) => {
      const kept = keptOf(tenantId);
      const { mark, rows } = await changesSince(tenantId, kept.mark);
      if (rows !== null) {
        await takeOut(kept, rows);
        await putIn(tenantId, kept, rows);
        kept.mark = mark;
      }
      return kept.library;
    },
  };
}
