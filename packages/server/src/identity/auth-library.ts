// The identity library as this server configures it: sessions by cookie, organisations (= tenants), one-time links, API keys.
// Its own HTTP handler is never mounted: every way in is a route of our table or /sign-in/:token.
import { randomUUID } from "node:crypto";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { magicLink } from "better-auth/plugins/magic-link";
import { organization } from "better-auth/plugins/organization";
import type { Kysely } from "kysely";
import type { AuthDatabase } from "./auth-tables.ts";

export interface AuthLibraryOptions {
  /** A connection under the role that owns schema `auth`, with that schema as its search path. */
  readonly db: Kysely<AuthDatabase>;
  readonly baseUrl: string;
  /** Signs cookies; at least 32 random characters, kept across restarts. */
  readonly secret: string;
  readonly secureCookies: boolean;
  /** Keeps two servers on one host name from overwriting each other's cookies. */
  readonly cookiePrefix: string;
  readonly sessionHours: number;
}

const linkMinutes = 15;
export const apiKeyPrefix = "dd0c_";

/** The tenant a new session works in: the user's first. */
const firstTenant = async (db: Kysely<AuthDatabase>, userId: string): Promise<string | undefined> =>
  (await db.selectFrom("member").select("organizationId").where("userId", "=", userId).orderBy("createdAt").executeTakeFirst())
    ?.organizationId;

/** Links that were just made, by the id under which they were asked for: the library hands a link to a mailer, ours waits for it here. */
const madeLinks = new Map<string, string>();

export const takeLink = (request: string): string | undefined => {
  const token = madeLinks.get(request);
  madeLinks.delete(request);
  return token;
};

export const createAuthLibrary = (options: AuthLibraryOptions) =>
  betterAuth({
    appName: "dd0c/run",
    baseURL: options.baseUrl,
    secret: options.secret,
    database: { db: options.db, type: "postgres" },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: false },
    session: { expiresIn: options.sessionHours * 3_600, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: options.cookiePrefix,
      useSecureCookies: options.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: options.secureCookies, path: "/" },
      database: { generateId: () => randomUUID() },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({ data: { ...session, activeOrganizationId: await firstTenant(options.db, session.userId) } }),
        },
      },
    },
    plugins: [
      organization({ creatorRole: "admin", allowUserToCreateOrganization: false }),
      magicLink({
        expiresIn: linkMinutes * 60,
        storeToken: "hashed",
        disableSignUp: true,
        sendMagicLink: ({ token, metadata }) => void madeLinks.set(String(metadata?.["request"]), token),
      }),
      apiKey({ references: "organization", enableMetadata: true, defaultPrefix: apiKeyPrefix, rateLimit: { enabled: false } }),
    ],
  });

export type AuthLibrary = ReturnType<typeof createAuthLibrary>;
