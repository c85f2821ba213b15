// In: a fresh connection of the login role. Out: nothing, or why the server must not work with it: too old, not bootstrapped, too strong.
// A login that row-level security does not bind would make every other precaution decoration.
import { AppError } from "@dd0c/core";
import type { ClientBase } from "pg";

type Facts = { version: number; too_strong: boolean; roles: number; schemas: number };

const oldestVersion = 150_000;
const roles = ["dd0c_app", "dd0c_system", "dd0c_auth"];
const schemas = ["run", "auth", "jobs"];

/** Errors: DATABASE_UNFIT; the message says what to do. */
export async function refuseUnfitServer(client: ClientBase): Promise<void> {
  const answer = await client.query<Facts>(
    `SELECT current_setting('server_version_num')::int AS version,
            (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS too_strong,
            (SELECT count(*)::int FROM pg_roles WHERE rolname = ANY ($1) AND pg_has_role(oid, 'member')) AS roles,
            (SELECT count(*)::int FROM pg_namespace WHERE nspname = ANY ($2)) AS schemas`,
    [roles, schemas],
  );
  const [facts] = answer.rows;
  if (facts === undefined || facts.version < oldestVersion) {
    throw new AppError("DATABASE_UNFIT", "PostgreSQL 15 or newer is needed.");
  }
  if (facts.too_strong) {
    const why = "is a superuser or bypasses row-level security";
    throw new AppError("DATABASE_UNFIT", `The login role ${why}; use dd0c_login of bootstrap.sql.`);
  }
  if (facts.roles < roles.length || facts.schemas < schemas.length) {
    const how = "an administrator runs bootstrap.sql once (docs/database.md)";
    throw new AppError("DATABASE_UNFIT", `Roles or schemas are missing, or this login may not use them: ${how}.`);
  }
}
