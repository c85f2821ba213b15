// What a column takes and gives, as Kysely sees it: shared by the interfaces of all tables.
// int8 arrives as text (see safe-integer.ts), timestamptz as Date.
import type { ColumnType } from "kysely";

export type Int8 = ColumnType<string, number, number>;
export type Generated<T> = ColumnType<T, T | undefined, T>;
/** jsonb: parsed on the way out, serialised by the store on the way in. */
export type Json = ColumnType<unknown, string, string>;
export type JsonByDefault = ColumnType<unknown, string | undefined, string>;
export type NullableJsonByDefault = ColumnType<unknown, string | null | undefined, string | null>;
export type NullableJson = ColumnType<unknown, string | null, string | null>;
export type Time = ColumnType<Date, Date | string, Date | string>;
export type NullableTime = ColumnType<Date | null, Date | string | null, Date | string | null>;
export type NowByDefault = ColumnType<Date, Date | string | undefined, Date | string>;
