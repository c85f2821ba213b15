// Who opened a stream goes in, the question whether they may still read it comes out. A stream outlives the check at its door: a member who
// was removed gets nothing more. Asked of the database at most once a second, because output arrives in many small pieces.
import { findMember } from "../db/index.ts";
import type { Caller } from "../identity/caller.ts";
import type { EngineContext } from "./engine-context.ts";

const trustedMs = 1_000;

export function stillMember({ db, clock }: Pick<EngineContext, "db" | "clock">, caller: Caller): () => Promise<boolean> {
  let askedAt = clock.monotonic();
  let is = true;
  return async () => {
    if (caller.via !== "web" || (is && clock.monotonic() - askedAt < trustedMs)) return true;
    askedAt = clock.monotonic();
    is = (await db.readTenant(caller.tenantId, (tx) => findMember(tx, caller.userId))) !== undefined;
    return is;
  };
}
