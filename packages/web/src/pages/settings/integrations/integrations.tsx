// Integrations: addresses that monitoring systems send their alerts to.
import { useIntegrations } from "../../../api/integrations.ts";
import { useRoleRefusal } from "../../../api/session.ts";
import { ListedPart } from "../listed-part.tsx";
import { IntegrationRow } from "./integration-row.tsx";
import { NewIntegration } from "./new-integration.tsx";

export const Integrations = () => {
  const refusal = useRoleRefusal("admin");
  return (
    <div id="integrations">
      <ListedPart
        title="Integrations"
        intro="Monitoring systems send their alerts here. Each is matched with your runbooks, and the right one waits to be started."
        plural="integrations"
        empty="No system is connected yet."
        refusal={refusal}
        list={useIntegrations(refusal === null)}
        row={(integration) => <IntegrationRow key={integration.id} integration={integration} />}
      >
        <NewIntegration />
      </ListedPart>
    </div>
  );
};
