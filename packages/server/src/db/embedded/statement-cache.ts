// In: the frames of one turn of a client. Out: frames that run a statement kept from an earlier turn, and the answer the client would have had.
// Parsing and planning is most of what a short statement costs the embedded database. Clients never name a statement and never see ours.
import { closeStatementFrame, completedTags, parseCompleteFrame, readAnswer, renameBind, renameParse } from "./wire-frames.ts";

/** How many statements are kept. One costs the database some ten kilobytes. */
const defaultKept = 200;
/** Longer texts are made for one occasion (many rows at once). */
const maxTextBytes = 8_192;

/** Definitions that change may change what a kept statement returns, which the database then refuses to run. */
const redefining = /^(?:CREATE|ALTER|DROP|DO|DEALLOCATE|DISCARD|IMPORT|REFRESH)\b/;

export type Turn = {
  /** For the database. */
  readonly bytes: Buffer;
  /** Takes note of the database's answer; returns the client's. */
  readonly answered: (answer: Buffer) => Buffer;
};

export type StatementCache = {
  readonly turn: (frames: readonly Buffer[]) => Turn;
  /** Frames that make the database forget what is kept no longer; empty mostly. Ends with the answers of Close: to be followed by a Sync. */
  readonly retired: () => readonly Buffer[];
};

const describeUnnamedPortal = Buffer.from("D\0\0\0\x06P\0", "latin1");

type Kept = { readonly name: string };

/** The turn of a client that runs one statement: Parse, Bind, Describe of the portal, Execute, Sync. */
function extendedQuery(frames: readonly Buffer[]): { readonly key: string; readonly parse: Buffer; readonly bind: Buffer } | undefined {
  const [parse, bind, describe] = frames;
  if (parse === undefined || bind === undefined || describe === undefined) return undefined;
  if (String.fromCharCode(...frames.map((frame) => frame[0] ?? 0)) !== "PBDES" || parse.length > maxTextBytes) return undefined;
  // All three about the unnamed one, or it is not the ordinary case.
  const names = [parse[5], bind[5], bind[6], describe.compare(describeUnnamedPortal)];
  return names.every((each) => each === 0) ? { key: parse.toString("latin1", 6), parse, bind } : undefined;
}

/** @param maxKept statements; the one unused for longest goes first */
export function createStatementCache(maxKept: number = defaultKept): StatementCache {
  const kept = new Map<string, Kept>();
  /** Texts met once: keeping what never comes again would push out what does. */
  const met = new Set<string>();
  let retired: Buffer[] = [];
  let names = 0;

  const retire = (key: string): void => {
    const statement = kept.get(key);
    if (statement === undefined) return;
    kept.delete(key);
    retired.push(closeStatementFrame(statement.name));
  };
  const keep = (key: string, statement: Kept): void => {
    kept.set(key, statement);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) retire(oldest);
  };
  const meet = (key: string): void => {
    met.add(key);
    const [oldest] = met;
    if (met.size > maxKept && oldest !== undefined) met.delete(oldest);
  };
  const redefined = (answer: Buffer): void => {
    if (completedTags(answer).some((tag) => redefining.test(tag))) for (const key of [...kept.keys()]) retire(key);
  };

  const asItIs = (frames: readonly Buffer[]): Turn => ({
    bytes: frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames),
    answered: (answer) => {
      redefined(answer);
      return answer;
    },
  });
  const again = (key: string, statement: Kept, frames: readonly Buffer[], bind: Buffer): Turn => ({
    bytes: Buffer.concat([renameBind(bind, statement.name), ...frames.slice(2)]),
    answered: (answer) => {
      kept.delete(key);
      kept.set(key, statement);
      // Whatever is wrong with it: the next client's turn begins with the text.
      if (readAnswer(answer).hasError) retire(key);
      return Buffer.concat([parseCompleteFrame, answer]);
    },
  });
  const first = (key: string, frames: readonly Buffer[], parse: Buffer, bind: Buffer): Turn => {
    const name = `kept_${(names += 1)}`;
    return {
      bytes: Buffer.concat([renameParse(parse, name), renameBind(bind, name), ...frames.slice(2)]),
      answered: (answer) => {
        met.delete(key);
        // Known to the database from the moment it answers Parse, whatever became of the rest.
        if (answer[0] === parseCompleteFrame[0]) keep(key, { name });
        return answer;
      },
    };
  };

  return {
    turn: (frames) => {
      const query = extendedQuery(frames);
      if (query === undefined) return asItIs(frames);
      const statement = kept.get(query.key);
      if (statement !== undefined) return again(query.key, statement, frames, query.bind);
      if (met.has(query.key)) return first(query.key, frames, query.parse, query.bind);
      meet(query.key);
      return asItIs(frames);
    },
    retired: () => {
      const frames = retired;
      retired = [];
      return frames;
    },
  };
}
