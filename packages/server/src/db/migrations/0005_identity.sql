-- The identity library's own tables (better-auth 1.7.5 with organization, magic-link and api-key), as its migration API prints them.
-- Owned by dd0c_auth and reached over its own connections only; no tenant's transaction can name them, so they carry no row-level policy.
-- sunset_date: none (the first release replaces nothing)

SET LOCAL ROLE dd0c_auth;

CREATE TABLE auth."user" (
  "id"            text PRIMARY KEY,
  "name"          text NOT NULL,
  "email"         text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image"         text,
  "createdAt"     timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt"     timestamptz NOT NULL DEFAULT current_timestamp
);

CREATE TABLE auth."session" (
  "id"                   text PRIMARY KEY,
  "expiresAt"            timestamptz NOT NULL,
  "token"                text NOT NULL UNIQUE,
  "createdAt"            timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt"            timestamptz NOT NULL,
  "ipAddress"            text,
  "userAgent"            text,
  "userId"               text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "activeOrganizationId" text
);
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");

CREATE TABLE auth."account" (
  "id"                    text PRIMARY KEY,
  "accountId"             text NOT NULL,
  "providerId"            text NOT NULL,
  "userId"                text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "accessToken"           text,
  "refreshToken"          text,
  "idToken"               text,
  "accessTokenExpiresAt"  timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope"                 text,
  "password"              text,
  "createdAt"             timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt"             timestamptz NOT NULL
);
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");

-- One-time sign-in links: the identifier is a hash of the token.
CREATE TABLE auth."verification" (
  "id"         text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value"      text NOT NULL,
  "expiresAt"  timestamptz NOT NULL,
  "createdAt"  timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt"  timestamptz NOT NULL DEFAULT current_timestamp
);
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");

-- An organisation is a tenant: its id is run.tenants.id.
CREATE TABLE auth."organization" (
  "id"        text PRIMARY KEY,
  "name"      text NOT NULL,
  "slug"      text NOT NULL UNIQUE,
  "logo"      text,
  "createdAt" timestamptz NOT NULL,
  "metadata"  text
);

CREATE TABLE auth."member" (
  "id"             text PRIMARY KEY,
  "organizationId" text NOT NULL REFERENCES auth."organization" ("id") ON DELETE CASCADE,
  "userId"         text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "role"           text NOT NULL,
  "createdAt"      timestamptz NOT NULL
);
CREATE INDEX "member_organizationId_idx" ON auth."member" ("organizationId");
CREATE INDEX "member_userId_idx" ON auth."member" ("userId");

CREATE TABLE auth."invitation" (
  "id"             text PRIMARY KEY,
  "organizationId" text NOT NULL REFERENCES auth."organization" ("id") ON DELETE CASCADE,
  "email"          text NOT NULL,
  "role"           text,
  "status"         text NOT NULL,
  "expiresAt"      timestamptz NOT NULL,
  "createdAt"      timestamptz NOT NULL DEFAULT current_timestamp,
  "inviterId"      text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
);
CREATE INDEX "invitation_organizationId_idx" ON auth."invitation" ("organizationId");
CREATE INDEX "invitation_email_idx" ON auth."invitation" ("email");

-- `key` is a hash; `referenceId` is the tenant; `metadata` holds the role.
CREATE TABLE auth."apikey" (
  "id"                  text PRIMARY KEY,
  "configId"            text NOT NULL,
  "name"                text,
  "start"               text,
  "referenceId"         text NOT NULL,
  "prefix"              text,
  "key"                 text NOT NULL,
  "refillInterval"      integer,
  "refillAmount"        integer,
  "lastRefillAt"        timestamptz,
  "enabled"             boolean,
  "rateLimitEnabled"    boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax"        integer,
  "requestCount"        integer,
  "remaining"           integer,
  "lastRequest"         timestamptz,
  "expiresAt"           timestamptz,
  "createdAt"           timestamptz NOT NULL,
  "updatedAt"           timestamptz NOT NULL,
  "permissions"         text,
  "metadata"            text
);
CREATE INDEX "apikey_configId_idx" ON auth."apikey" ("configId");
CREATE INDEX "apikey_referenceId_idx" ON auth."apikey" ("referenceId");
CREATE INDEX "apikey_key_idx" ON auth."apikey" ("key");

SET LOCAL ROLE dd0c_owner;
