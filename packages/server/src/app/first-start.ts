// Runs at every start before anything is served: a first tenant with its admin, demo runbooks and the local agent's token, if missing.
// Each part looks at what is there, so that a start that was cut short is completed by the next one.
import { existsSync } from "node:fs";
import { folderHash } from "@dd0c/protocol/agent";
import type { CertificateAuthority } from "../agents/certificate-authority.ts";
import { isSetupDone, listAgents, listRunbookIdsBySource, listTenantIds } from "../db/index.ts";
import { repositoryPath } from "../package-root.ts";
import { registerAgentBinary } from "./agent-binaries.ts";
import { systemDeed } from "./audit-draft.ts";
import type { AppContext } from "./context.ts";
import { createEnrolmentToken } from "./create-enrolment-token.ts";
import { createRunbook } from "./create-runbook.ts";
import { createTenant } from "./create-tenant.ts";
import { type DemoPaths, demoAgentName, writeDemoAgentConfig, writeDemoToken } from "./demo-agent-files.ts";
import { readTemplate, type TemplateValues, templates } from "./load-templates.ts";

export interface DemoOptions {
  readonly paths: DemoPaths;
  readonly values: TemplateValues;
  readonly ca: Pick<CertificateAuthority, "caDer">;
  /** HOST:PORT that the local agent dials. */
  readonly agentAddress: string;
}

export interface FirstStart {
  readonly tenantId: string;
  readonly adminEmail: string;
}

const firstAccount = { tenantName: "Demo", slug: "demo", userName: "Admin", email: "admin@dd0c.local" };

/** The first tenant and the address of its admin. */
export async function ensureTenant(app: AppContext): Promise<FirstStart> {
  const [known] = await app.db.withSystem("start-up", listTenantIds);
  const tenantId = known ?? (await createTenant(app, firstAccount)).tenantId;
  const adminEmail = (await app.identity.firstAdmin(tenantId)) ?? firstAccount.email;
  return { tenantId, adminEmail };
}

async function ensureDemoRunbooks(app: AppContext, tenantId: string, values: TemplateValues): Promise<void> {
  const { present, answered } = await app.db.withTenant(tenantId, async (tx) => ({
    present: (await listRunbookIdsBySource(tx, "template")).length,
    answered: await isSetupDone(tx),
  }));
  // A scanner that misses canaries classifies nothing; the next start with one that does not lays them out.
  if (!app.scanner.isSound()) return;
  // Until somebody answered the first page's questions a missing demo runbook was never created; afterwards it was deleted.
  if (answered) return;
  for (const template of templates.slice(present)) {
    await createRunbook(app, systemDeed(tenantId, "first-start", app.clock.now()), "admin", {
      title: undefined,
      sourceType: "markdown",
      rawText: readTemplate(template, values),
      serviceTag: template.serviceTag,
      teamTag: null,
      trustLevel: 0,
      changeSource: "template",
    });
  }
}

async function ensureDemoAgent(app: AppContext, tenantId: string, demo: DemoOptions): Promise<void> {
  writeDemoAgentConfig(demo.paths, demo.agentAddress, demo.values.DEMO_URL);
  const enrolled = (await app.db.withTenant(tenantId, listAgents)).some(({ name }) => name === demoAgentName);
  if (enrolled) return writeDemoToken(demo.paths, null);
  const deed = systemDeed(tenantId, "first-start", app.clock.now());
  writeDemoToken(demo.paths, (await createEnrolmentToken(app, demo.ca, deed, demoAgentName)).token);
}

/** The agent that `npm start` runs beside this server is a program of this installation, also after it was built anew. */
async function registerShippedAgent(app: AppContext, tenantId: string, agentFolder: string): Promise<void> {
  if (!existsSync(agentFolder)) return;
  const deed = systemDeed(tenantId, "first-start", app.clock.now());
  await registerAgentBinary(app, deed, folderHash(agentFolder), "The agent of this installation", "installation");
}

/** Demo content for the first tenant. */
export async function ensureDemo(app: AppContext, start: FirstStart, demo: DemoOptions): Promise<void> {
  await ensureDemoRunbooks(app, start.tenantId, demo.values);
  await ensureDemoAgent(app, start.tenantId, demo);
  await registerShippedAgent(app, start.tenantId, repositoryPath("packages", "agent", "dist"));
}
