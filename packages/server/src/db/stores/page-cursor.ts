// Cursors of lists ordered by a time and an id: opaque text outside, a place in the order inside. A cursor that is none starts nothing.
import { AppError } from "@dd0c/core";

export type PagePlace = { at: Date; id: string };

const cursorShape = /^(\d{1,16})_([0-9a-f-]{36})$/;

/** Text for the client. */
function writeCursor(place: PagePlace): string {
  return Buffer.from(`${place.at.getTime()}_${place.id}`).toString("base64url");
}

/** The place; undefined for no cursor. Errors: VALIDATION_FAILED for a text that no list gave out. */
export function readCursor(cursor: string | undefined): PagePlace | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = cursorShape.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  if (at === undefined || id === undefined) throw new AppError("VALIDATION_FAILED", "The cursor is not one that this list gave out.");
  return { at: new Date(Number(at)), id };
}

/** Cuts one row more than asked into a page and the cursor of the next one. */
export function cutPage<T>(rows: readonly T[], limit: number, placeOf: (row: T) => PagePlace): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null };
}
