// In: the folder with SQL files. Out: the migrations in order, each with its checksum. Refuses doubles and strange names.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { AppError } from "@dd0c/core";
import { packagePath } from "../package-root.ts";

/** `name` without the extension; `sha256` in lower-case hexadecimal over the text with LF line ends. */
export type Migration = { readonly position: number; readonly name: string; readonly sql: string; readonly sha256: string };

const migrationName = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** The SQL files travel with the package: in a checkout and in an image they lie at the same place below it. */
export const migrationsFolder = packagePath("src", "db", "migrations");

/** Roles and schemas, for an administrator (or the embedded database's first start). */
export function bootstrapSql(): string {
  return readFileSync(`${migrationsFolder}/bootstrap.sql`, "utf8");
}

/** All migrations of a folder in the order of their numbers, which may have gaps. Errors: MIGRATION_REFUSED. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".sql") && file !== "bootstrap.sql")
    .sort();
  const migrations = files.map((file) => readMigration(folder, file));
  const doubled = migrations.find(({ position }, place) => migrations[place - 1]?.position === position);
  if (doubled !== undefined) throw new AppError("MIGRATION_REFUSED", `There are two migrations with the number of ${doubled.name}.`);
  return migrations;
}

function readMigration(folder: string, file: string): Migration {
  const number = migrationName.exec(file)?.[1];
  if (number === undefined) throw new AppError("MIGRATION_REFUSED", `${file} is not named like a migration.`);
  const sql = readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n");
  return {
    position: Number(number),
    name: file.slice(0, -".sql".length),
    sql,
    sha256: createHash("sha256").update(sql, "utf8").digest("hex"),
  };
}
