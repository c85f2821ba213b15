// The agent's local store of secrets: names, values, and the only shapes of command that each may be put into. In: the path of a JSON file.
// Read anew for each step that needs one, so that a changed password counts at once. Its values never leave this host.

import { readFileSync, statSync } from "node:fs";
import { type AllowLine, AppError } from "@dd0c/core";
import { type Fields, readFields } from "./read-fields.ts";

/** A command that may get the secret: as an allow line, with the reference where the value goes. */
export interface SecretUse {
  readonly line: AllowLine;
  /** Name of the one assignment prefix that carries it; null: it is in the arguments. */
  readonly environment: string | null;
}

export interface Secret {
  readonly value: string;
  readonly uses: readonly SecretUse[];
}

const nameShape = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Shorter ones could not be masked without masking half of every output. */
const minLength = 6;
const maxLength = 4_096;

/** @throws AppError CONFIG_INVALID naming the field, never a value; also when others than the owner may read the file */
export function loadSecrets(file: string): ReadonlyMap<string, Secret> {
  const store = readFields(parse(file), "secrets");
  const names = store.names();
  const bad = names.find((name) => !nameShape.test(name));
  if (bad !== undefined) throw new AppError("CONFIG_INVALID", "A secret's name is letters, digits and _, and begins with no digit.");
  const secrets = new Map(names.map((name) => [name, readSecret(store.object(name), name)]));
  store.done();
  return secrets;
}

function parse(file: string): unknown {
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new AppError("CONFIG_INVALID", `${file} is accessible to other users; make it mode 0600.`);
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("CONFIG_INVALID", `${file} cannot be read, or is not JSON.`);
  }
}

function readSecret(fields: Fields, name: string): Secret {
  const value = fields.text("value");
  const isWord = value.length >= minLength && value.length <= maxLength && !value.startsWith("-") && !/\p{Cc}/u.test(value);
  if (!isWord)
    throw new AppError(
      "CONFIG_INVALID",
      `secrets.${name}.value must have ${minLength} to ${maxLength} characters, no line breaks, and not begin with -.`,
    );
  return { value, uses: fields.objects("uses").map(readUse) };
}

const readUse = (fields: Fields): SecretUse => ({
  line: { program: fields.text("program"), arguments: fields.texts("arguments", []), pathPrefix: null, maxRisk: "dangerous" },
  environment: fields.has("environment") ? fields.text("environment") : null,
});
