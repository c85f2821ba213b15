// Memberships as sign-in sees them: who may work in which tenant, in which role. They follow the record in run.members.
// Every request of a session reads them, so a change counts for the next one.
import { randomUUID } from "node:crypto";
import type { Role } from "@dd0c/core";
import type { Kysely } from "kysely";
import type { AuthDatabase } from "./auth-tables.ts";

export interface Membership {
  readonly tenantId: string;
  readonly userId: string;
  readonly role: string;
}

export interface Memberships {
  /** All of them, of every tenant. */
  readonly listMemberships: () => Promise<readonly Membership[]>;
  /** Gives the user this role in the tenant; they may have had another one or none. */
  readonly setMembership: (tenantId: string, userId: string, role: Role) => Promise<void>;
  /** Ends the membership and every session in this tenant, so that a later membership revives none. */
  readonly endMembership: (tenantId: string, userId: string) => Promise<void>;
}

export const createMemberships = (db: Kysely<AuthDatabase>): Memberships => ({
  listMemberships: () => db.selectFrom("member").select(["organizationId as tenantId", "userId", "role"]).execute(),

  setMembership: (organizationId, userId, role) =>
    db.transaction().execute(async (tx) => {
      // One change of a user's memberships at a time: the table has no key that would keep two rows out.
      await tx.selectFrom("user").select("id").where("id", "=", userId).forUpdate().execute();
      const known = await tx
        .updateTable("member")
        .set({ role })
        .where("organizationId", "=", organizationId)
        .where("userId", "=", userId)
        .returning("id")
        .execute();
      if (known.length > 0) return;
      await tx.insertInto("member").values({ id: randomUUID(), organizationId, userId, role, createdAt: new Date() }).execute();
    }),

  endMembership: (organizationId, userId) =>
    db.transaction().execute(async (tx) => {
      await tx.deleteFrom("member").where("organizationId", "=", organizationId).where("userId", "=", userId).execute();
      await tx.deleteFrom("session").where("activeOrganizationId", "=", organizationId).where("userId", "=", userId).execute();
    }),
});
