// In: the folder with SQL files. Out: the migrations in order, each with its checksum. Refuses gaps, doubles and strange names.
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

/** All migrations of a folder, numbered 0001, 0002, ... without a gap. Errors: MIGRATION_REFUSED. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".sql") && file !== "bootstrap.sql")
    .sort();
  return files.map((file, index) => readMigration(folder, file, index + 1));
}

function readMigration(folder: string, file: string, position: number): Migration {
  const number = migrationName.exec(file)?.[1];
  if (number === undefined || Number(number) !== position) {
    throw new AppError("MIGRATION_REFUSED", `${file} is not the migration numbered ${String(position).padStart(4, "0")}.`);
  }
  const sql = readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n");
  return { position, name: file.slice(0, -".sql".length), sql, sha256: createHash("sha256").update(sql, "utf8").digest("hex") };
}
