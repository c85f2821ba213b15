// API keys for machines. A key can read and start; it can never approve. The secret is shown once.
import { useApiKeys } from "../../api/operations.ts";
import { useRoleRefusal } from "../../api/session.ts";
import { ApiKeyRow } from "./api-key-row.tsx";
import { ListedPart } from "./listed-part.tsx";
import { NewApiKey } from "./new-api-key.tsx";

export const ApiKeys = () => {
  const refusal = useRoleRefusal("admin");
  return (
    <ListedPart
      title="API keys"
      intro="For scripts. A key never approves, confirms, edits or resumes: only people do."
      plural="API keys"
      empty="No key yet."
      refusal={refusal}
      list={useApiKeys(refusal === null)}
      row={(apiKey) => <ApiKeyRow key={apiKey.id} apiKey={apiKey} />}
    >
      <NewApiKey />
    </ListedPart>
  );
};
