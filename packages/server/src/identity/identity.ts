// Cookies, keys and one-time links go in, callers come out. The only file that talks to the identity library.
// Doubt is nobody: a session without a membership, a key without a known role or a library error never becomes a caller.
import { randomUUID } from "node:crypto";
import type { Role } from "@dd0c/core";
import type { Kysely } from "kysely";
import { apiKeyPrefix, type AuthLibrary, takeLink } from "./auth-library.ts";
import type { AuthDatabase } from "./auth-tables.ts";
import type { Caller } from "./caller.ts";
import { createMemberships, type Memberships } from "./memberships.ts";
import { shownEmail } from "./no-mail.ts";
import { sessionTokenOf } from "./session-cookie.ts";

export interface Credentials {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
}

export interface NewAccount {
  readonly tenantName: string;
  readonly slug: string;
  readonly userName: string;
  readonly email: string;
}

export interface SignInClient {
  readonly ip: string;
  readonly userAgent: string;
}

export interface Account {
  readonly tenantId: string;
  readonly userId: string;
}

export interface ApiKeyInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface Identity extends Memberships {
  /** Null: nobody we know. Never throws for bad credentials. */
  readonly authenticate: (credentials: Credentials, sourceIp: string | null) => Promise<Caller | null>;
  /** Makes a one-time token for a member; only its hash is stored. */
  readonly issueSignInToken: (email: string) => Promise<string>;
  /** Values of Set-Cookie, or null when the token is unknown, used or expired. */
  readonly redeemSignInLink: (token: string, client: SignInClient) => Promise<string[] | null>;
  /** The account with this address, made where there is none. It opens nothing by itself: that takes a membership. */
  readonly ensureUser: (email: string, name: string) => Promise<string>;
  /** Signs a member in to this tenant, whatever other tenants they belong to; values of Set-Cookie. */
  readonly signInTo: (tenantId: string, email: string, client: SignInClient) => Promise<string[] | null>;
  /** Ends the session of this Cookie header; values of Set-Cookie that clear it. */
  readonly signOut: (cookie: string) => Promise<string[]>;
  /** Creates user and organisation, or finds those of a start that was cut short. The user is its admin. */
  readonly createAccount: (account: NewAccount) => Promise<Account>;
  /** Email of the first admin of a tenant. */
  readonly firstAdmin: (tenantId: string) => Promise<string | undefined>;
  readonly everSignedIn: () => Promise<boolean>;
  readonly createApiKey: (tenantId: string, userId: string, name: string, role: Role) => Promise<ApiKeyInfo & { readonly key: string }>;
  readonly listApiKeys: (tenantId: string) => Promise<readonly ApiKeyInfo[]>;
  /** The key that was removed, or undefined when this tenant has none of this id. */
  readonly revokeApiKey: (tenantId: string, keyId: string) => Promise<ApiKeyInfo | undefined>;
}

const roles: readonly Role[] = ["admin", "approver", "operator", "viewer", "author"];
const machineRoles: readonly Role[] = ["operator", "viewer", "author"];

const roleNamed = (name: unknown, allowed: readonly Role[]): Role | undefined => allowed.find((role) => role === name);

const machineRole = (metadata: unknown): Role | undefined => {
  const value: unknown = typeof metadata === "string" ? JSON.parse(metadata) : metadata;
  return typeof value === "object" && value !== null && "role" in value ? roleNamed(value.role, machineRoles) : undefined;
};

/** The Cookie header that these values of Set-Cookie lead to. */
export const cookieHeader = (setCookie: readonly string[]): string => setCookie.map((one) => one.split(";", 1)[0] ?? "").join("; ");

const keyInfo = (row: AuthDatabaseKey): ApiKeyInfo | undefined => {
  const role = machineRole(row.metadata);
  if (role === undefined) return undefined;
  return {
    id: row.id,
    name: row.name ?? "",
    role,
    prefix: row.start ?? apiKeyPrefix,
    createdAt: row.createdAt,
    lastUsedAt: row.lastRequest,
  };
};

interface AuthDatabaseKey {
  readonly id: string;
  readonly name: string | null;
  readonly start: string | null;
  readonly metadata: unknown;
  readonly createdAt: Date;
  readonly lastRequest: Date | null;
}

const keyColumns = ["id", "name", "start", "metadata", "createdAt", "lastRequest"] as const;

export function createIdentity(library: AuthLibrary, db: Kysely<AuthDatabase>): Identity {
  const bySession = async (header: string, sourceIp: string | null): Promise<Caller | null> => {
    const { authCookies, secret } = await library.$context;
    const token = sessionTokenOf(header, { name: authCookies.sessionToken.name, secret });
    if (token === undefined) return null;
    const found = await db
      .selectFrom("session as s")
      .innerJoin("user as u", "u.id", "s.userId")
      .innerJoin("member as m", (on) => on.onRef("m.userId", "=", "s.userId").onRef("m.organizationId", "=", "s.activeOrganizationId"))
      .select(["u.id", "u.name", "u.email", "m.role", "m.organizationId"])
      .where("s.token", "=", token)
      .where("s.expiresAt", ">", new Date())
      .executeTakeFirst();
    const role = roleNamed(found?.role, roles);
    if (found === undefined || role === undefined) return null;
    const { organizationId, id, name, email } = found;
    return { tenantId: organizationId, userId: id, name, email: shownEmail(email) ?? "", role, via: "web", sourceIp };
  };

  const byKey = async (key: string, sourceIp: string | null): Promise<Caller | null> => {
    if (!key.startsWith(apiKeyPrefix)) return null;
    const { valid, key: found } = await library.api.verifyApiKey({ body: { key } });
    const role = valid && found ? machineRole(found.metadata) : undefined;
    if (!found || role === undefined) return null;
    return { tenantId: found.referenceId, userId: found.id, name: found.name ?? "API key", email: "", role, via: "api_key", sourceIp };
  };

  const findOrganization = async (slug: string) => db.selectFrom("organization").select("id").where("slug", "=", slug).executeTakeFirst();

  const ensureUser = async (email: string, name: string): Promise<string> => {
    const { internalAdapter } = await library.$context;
    const known = (await internalAdapter.findUserByEmail(email))?.user;
    return (known ?? (await internalAdapter.createUser({ email, name, emailVerified: true }, { method: "magic-link" }))).id;
  };

  const issueSignInToken = async (email: string): Promise<string> => {
    const request = randomUUID();
    await library.api.signInMagicLink({ body: { email, metadata: { request } }, headers: new Headers() });
    const token = takeLink(request);
    if (token === undefined) throw new Error("the identity library made no link");
    return token;
  };

  const redeemSignInLink = async (token: string, client: SignInClient): Promise<string[] | null> => {
    if (!/^[A-Za-z]{32}$/.test(token)) return null;
    const headers = new Headers({ "user-agent": client.userAgent.slice(0, 300) });
    const response = await library.api.magicLinkVerify({ query: { token }, headers, asResponse: true });
    return response.status === 200 ? response.headers.getSetCookie() : null;
  };

  return {
    ...createMemberships(db),
    ensureUser,
    issueSignInToken,
    redeemSignInLink,

    signInTo: async (tenantId, email, client) => {
      const cookies = await redeemSignInLink(await issueSignInToken(email), client);
      const { authCookies, secret } = await library.$context;
      const token = sessionTokenOf(cookieHeader(cookies ?? []), { name: authCookies.sessionToken.name, secret });
      if (token === undefined) return null;
      // The session began in the first of the user's tenants; nobody has its cookie yet.
      await db.updateTable("session").set({ activeOrganizationId: tenantId }).where("token", "=", token).execute();
      return cookies;
    },

    authenticate: async ({ cookie, authorization }, sourceIp) => {
      const bearer = /^Bearer ([A-Za-z0-9_-]{10,200})$/.exec(authorization ?? "")?.[1];
      // A key never falls back to a cookie that happens to be there: the weaker identity would gain the stronger one's rights.
      if (authorization !== undefined) return bearer === undefined ? null : byKey(bearer, sourceIp);
      return cookie === undefined ? null : bySession(cookie, sourceIp);
    },

    signOut: async (cookie) => {
      const response = await library.api.signOut({ headers: new Headers({ cookie }), asResponse: true });
      return response.headers.getSetCookie();
    },

    createAccount: async (account) => {
      const userId = await ensureUser(account.email, account.userName);
      const tenantId =
        (await findOrganization(account.slug))?.id ??
        (await library.api.createOrganization({ body: { name: account.tenantName, slug: account.slug, userId } }))?.id;
      if (tenantId === undefined) throw new Error("the identity library made no organisation");
      return { tenantId, userId };
    },

    firstAdmin: async (tenantId) =>
      (
        await db
          .selectFrom("member")
          .innerJoin("user", "user.id", "member.userId")
          .select("user.email")
          .where("member.organizationId", "=", tenantId)
          .where("member.role", "=", "admin")
          .orderBy("member.createdAt")
          .executeTakeFirst()
      )?.email,

    everSignedIn: async () => (await db.selectFrom("session").select("id").limit(1).executeTakeFirst()) !== undefined,

    createApiKey: async (tenantId, userId, name, role) => {
      const made = await library.api.createApiKey({ body: { name, userId, organizationId: tenantId, metadata: { role } } });
      return { id: made.id, name, role, prefix: made.start ?? apiKeyPrefix, createdAt: made.createdAt, lastUsedAt: null, key: made.key };
    },

    listApiKeys: async (tenantId) => {
      const rows = await db.selectFrom("apikey").select(keyColumns).where("referenceId", "=", tenantId).orderBy("createdAt").execute();
      return rows.map(keyInfo).filter((info) => info !== undefined);
    },

    revokeApiKey: async (tenantId, keyId) => {
      const row = await db
        .deleteFrom("apikey")
        .where("referenceId", "=", tenantId)
        .where("id", "=", keyId)
        .returning(keyColumns)
        .executeTakeFirst();
      return row === undefined ? undefined : keyInfo(row);
    },
  };
}
