// The columns of schema `auth` that we use beside the library. The library owns these tables; of ours are selects, memberships (they follow
// the record in run.members), the tenant a session works in, and the deletion of keys and sessions.
import type { ColumnType, Generated } from "kysely";

type Instant = ColumnType<Date, Date, Date>;

export interface AuthDatabase {
  readonly member: { id: string; organizationId: string; userId: string; role: string; createdAt: Instant };
  readonly organization: { id: string; name: string; slug: string };
  readonly session: { id: Generated<string>; userId: string; token: string; expiresAt: Instant; activeOrganizationId: string | null };
  readonly user: { id: string; name: string; email: string };
  readonly apikey: {
    id: string;
    name: string | null;
    start: string | null;
    referenceId: string;
    metadata: string | null;
    createdAt: Instant;
    lastRequest: Instant | null;
  };
}
