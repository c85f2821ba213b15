// Which server a command asks and with which key: the environment goes in, an address and a key come out.
// A key is never taken from an argument, which every user of the machine could read.
import { readFileSync } from "node:fs";
import { UsageError } from "../command-line.ts";

export interface ServerAccess {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly key: string;
}

const defaultUrl = "http://127.0.0.1:4400";

function readUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.username === "" && url.search === "";
  if (!isOrigin) throw new UsageError("DD0C_URL must be the server's address without a path, such as https://run.example.com.");
  return url.origin;
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`DD0C_API_KEY_FILE: ${file} cannot be read (${reason}).`);
  }
}

function readKey(key: string, file: string): string {
  if (key !== "" && file !== "") throw new UsageError("Set DD0C_API_KEY or DD0C_API_KEY_FILE, not both.");
  const read = file === "" ? key.trim() : readKeyFile(file);
  if (read === "") throw new UsageError("Set DD0C_API_KEY, or DD0C_API_KEY_FILE to a file with the key. An admin makes keys in Settings.");
  // Anything else could not be sent as a header.
  if (!/^[\x21-\x7e]+$/.test(read)) throw new UsageError("The API key holds characters that no key has.");
  return read;
}

/** @throws UsageError naming the variable */
export const readServerAccess = (env: NodeJS.ProcessEnv): ServerAccess => ({
  url: readUrl(env["DD0C_URL"] ?? defaultUrl),
  key: readKey(env["DD0C_API_KEY"] ?? "", env["DD0C_API_KEY_FILE"] ?? ""),
});
