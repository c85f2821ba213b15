// Puts the identity library on the database's own connections for it. The one place where library and tables meet.
import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { type AuthLibraryOptions, createAuthLibrary } from "./auth-library.ts";
import type { AuthDatabase } from "./auth-tables.ts";
import { createIdentity, type Identity } from "./identity.ts";

export interface IdentityOptions extends Omit<AuthLibraryOptions, "db"> {
  /** Connections of the role that owns schema `auth`. */
  readonly pool: Pool;
}

export function openIdentity({ pool, ...options }: IdentityOptions): Identity {
  const db = new Kysely<AuthDatabase>({ dialect: new PostgresDialect({ pool }) });
  return createIdentity(createAuthLibrary({ ...options, db }), db);
}
