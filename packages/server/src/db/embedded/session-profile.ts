// In: the parameters of a startup message. Out: the SQL that makes the one embedded session look like that client's own.
// Run by the bridge whenever the database changes hands. Never lets one client's settings, role or temporary objects reach another.

const identifier = /^[a-z_][a-z0-9_]*$/;

/** Role and settings of one client connection. */
export type SessionProfile = { user: string; settings: ReadonlyArray<readonly [name: string, value: string]> };

/** A startup message asked for something the bridge does not understand. */
export class ProfileError extends Error {
  readonly code = "STARTUP_REFUSED";
}

/** Reads user and `options` (`-c name=value ...`, the only form accepted) of a startup message. Throws ProfileError. */
export function readSessionProfile(parameters: ReadonlyMap<string, string>): SessionProfile {
  const user = parameters.get("user") ?? "";
  if (!identifier.test(user)) throw new ProfileError("the role name is not a plain lower-case identifier");
  return { user, settings: readOptions(parameters.get("options") ?? "") };
}

function readOptions(options: string): Array<readonly [string, string]> {
  const words = options.split(" ").filter((word) => word !== "");
  const settings: Array<readonly [string, string]> = [];
  for (let i = 0; i < words.length; i += 2) {
    const [name, value] = (words[i + 1] ?? "").split("=", 2);
    if (words[i] !== "-c" || name === undefined || value === undefined)
      throw new ProfileError("connection options must be '-c name=value'");
    if (!name.split(".").every((part) => identifier.test(part))) throw new ProfileError("a connection option has no plain name");
    settings.push([name, value]);
  }
  return settings;
}

/**
 * Forgets what the previous client left: cursors, settings, locks, temporary tables. What DISCARD ALL does, but for the statements and their plans:
 * those are the bridge's own, and the database checks them against role and search path each time.
 */
const forgetSession = "CLOSE ALL; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

/**
 * One simple query that takes on the profile and forgets the previous client; whose role goes with its authorization. Names were
 * checked above, values are quoted; set_config reads lists as a startup option does.
 */
export function assumeProfile(profile: SessionProfile): string {
  const settings = profile.settings.map(([name, value]) => `SELECT set_config('${name}', '${value.replaceAll("'", "''")}', false)`);
  // The one part that can be refused stands first, so that a refusal is the first thing in the answer.
  return [`SET SESSION AUTHORIZATION "${profile.user}"`, forgetSession, ...settings].join("; ");
}
