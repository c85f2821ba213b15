// The threat catalogue's row on az (reference/command-safety.md 3.5), trap by trap; targets and inverses compared whole.
import { describe, expect, it } from "vitest";
import { scan } from "../scan.ts";
import { checkClasses } from "./check-classes.ts";

checkClasses([
  {
    id: "a reading word behind a change, and groups that are named like commands",
    dangerous: [
      "az vm delete show",
      "az 'storage' blob del''ete list --account-name a",
      "az --subscription show disk delete --name d --resource-group g --yes",
      "az load test delete --test-id list --load-test-resource l",
      "az sql failover-group set-primary --name list --resource-group g --server s",
    ],
    notSafe: [
      "az vm deallocate list",
      "az storage blob lease acquire show",
      "az monitor log-analytics query-pack query create --query-id show",
      "az vm list delete",
      "az --subscription s vm list delete",
      "az network watcher flow-log create --name list",
    ],
    safe: [
      "az sql failover-group show --name delete --resource-group g --server s",
      "az load test list --load-test-resource l --resource-group g",
      "az restore-point collection show --collection-name c --resource-group g",
      "az vm run-command list --location westeurope",
      "az monitor log-analytics query-pack query list --query-pack-name q --resource-group g",
      "az -o table --query delete disk list",
    ],
  },
  {
    id: "what only sounds like a read",
    dangerous: [],
    notSafe: [
      "az aks get-credentials --name c --resource-group g --file -",
      "az account get-access-token --resource https://management.azure.com",
      "az storage message get --queue-name q --account-name a",
      "az group wait --name g --created",
      "az extension add --name ssh",
      "az ml online-endpoint get-credentials --name e",
      "az pipelines runs artifact download --run-id 4 --artifact-name a --path .",
      "az aks check-network outbound --name c --resource-group g",
    ],
    safe: [
      "az aks get-versions --location westeurope",
      "az storage message peek --queue-name q --account-name a",
      "az extension list-available --output table",
      "az network watcher test-ip-flow --vm web --direction Inbound --protocol TCP --local 10.0.0.4:22 --remote 10.1.0.9:5000 --resource-group g",
      "az network nic show-effective-route-table --name n --resource-group g",
      "az deployment sub what-if --location westeurope --template-file main.bicep",
    ],
  },
  {
    id: "keys, passwords and settings that hold them",
    dangerous: [],
    notSafe: [
      "az storage account keys list --account-name a",
      "az cosmosdb keys list --name c --resource-group g --type connection-strings",
      "az redis list-keys --name r --resource-group g",
      "az servicebus namespace authorization-rule keys list --namespace-name n --name r --resource-group g",
      "az functionapp function keys list --function-name f --name a --resource-group g",
      "az functionapp config appsettings list --name a --resource-group g",
      "az containerapp secret list --name a --resource-group g --show-values",
      "az acr credential show --name r",
      "az graph query --graph-query @/root/.azure/accessTokens.json",
    ],
    safe: [
      "az keyvault key list --vault-name v",
      "az keyvault key show --vault-name v --name k",
      "az containerapp secret list --name a --resource-group g",
      "az functionapp config appsettings list --name a --resource-group g --query '[].name' --output tsv",
      "az sql db show-connection-string --client ado.net --server s --name d",
    ],
  },
  {
    id: "scripts and requests carried along",
    dangerous: [
      "az vm run-command invoke --name w --resource-group g --command-id RunShellScript --scripts 'df -h' 'reboot'",
      "az vm run-command invoke --name w --resource-group g --command-id RunShellScript --scripts @fix.sh",
      "az aks command invoke --name c --resource-group g --command 'kubectl delete ns shop'",
      "az rest -m DELETE -u /subscriptions/s/resourceGroups/g",
      "az container exec --name c --resource-group g --exec-command /bin/sh",
      "az serial-console connect --name w --resource-group g",
    ],
    notSafe: [
      "az vm run-command invoke --name w --resource-group g --command-id RunShellScript --scripts 'uptime'",
      "az aks command invoke --name c --resource-group g --command 'kubectl get pods'",
      "az rest --method post --url /subscriptions/s/resourceGroups/g/validate --body '{}'",
      "az rest --url https://x.example/api --resource https://management.azure.com",
      "az rest --url https://management.azure.com.x.example/subscriptions",
      "az rest --url /subscriptions --output-file subs.json",
      "az rest --url https://shop.vault.azure.net/secrets/db --resource https://vault.azure.net",
    ],
    safe: [
      "az rest --url /subscriptions/s/resourceGroups",
      "az rest --method GET --url https://graph.microsoft.com/v1.0/users",
      "az aks command result --name c --resource-group g --command-id 1",
    ],
  },
  {
    id: "destruction by mode, scope and openness",
    dangerous: [
      "az deployment group create --resource-group g --template-file t.json --mode complete",
      "az deployment group create --resource-group g --template-file t.json --mod Complete",
      "az stack sub create --name s --location l --template-file t.json --deny-settings-mode none --aou deleteAll",
      "az network nsg rule create --nsg-name n --name all --priority 100 --source-address-prefixes Internet --resource-group g",
      "az sql server firewall-rule create --server s --name all --start-ip-address 0.0.0.0 --end-ip-address 255.255.255.255 --resource-group g",
      "az storage account update --name a --allow-blob-public-access true",
      "az storage blob delete-batch --source logs --account-name a",
      "az keyvault secret purge --vault-name v --name s",
      "az redis flush --name r --resource-group g",
      "az storage account keys renew --account-name a --key primary",
    ],
    safe: [
      "az deployment group validate --resource-group g --template-file t.json --mode Complete",
      "az network nsg rule list --nsg-name n --resource-group g",
      "az group delete --help",
    ],
  },
  {
    id: "unknown services and open words",
    dangerous: ["az newthing widget delete --name w"],
    notSafe: [
      "az newthing list",
      "az vm $VERB --name w",
      "az vm list $ARGS",
      "az group delete --name g $ARGS --help",
      "az --unheard list vm delete --name w",
      "ls | xargs az vm list",
    ],
    safe: [
      'az vm show --resource-group "$RG" --name "$VM" --output json',
      "az network vnet subnet list --vnet-name v --resource-group g",
      "az monitor metrics list --resource r --metric 'Percentage CPU'",
    ],
  },
]);

describe("targets and inverses", () => {
  it("names what is deleted and the group around it", () => {
    expect(scan("az vm delete --name web --resource-group shop --yes").targets).toEqual([{ kind: "vm", name: "web", namespace: "shop" }]);
    expect(scan("az group delete --name shop").targets).toEqual([{ kind: "group", name: "shop" }]);
    expect(scan("az disk delete --ids /a /b").targets).toEqual([
      { kind: "disk", name: "/a" },
      { kind: "disk", name: "/b" },
    ]);
  });

  it("knows the way back", () => {
    expect(scan("az vm deallocate -g shop -n web").inverse).toEqual({
      kind: "command",
      command: "az vm start --resource-group shop --name web",
    });
    expect(scan("az aks nodepool scale --cluster-name c -g shop -n blue --node-count 5").inverse).toEqual({
      kind: "capture",
      capture: "az aks nodepool show --cluster-name c --resource-group shop --name blue --query count --output tsv",
      command: "az aks nodepool scale --cluster-name c --resource-group shop --name blue --node-count {capture}",
    });
    expect(scan("az account set --subscription prod").inverse).toEqual({
      kind: "capture",
      capture: "az account show --query id --output tsv",
      command: "az account set --subscription {capture}",
    });
  });

  it("captures only by reads that are safe, and offers nothing where words are open or options are lost", () => {
    const captures = [
      "az vmss scale --name s --resource-group g --new-capacity 4",
      "az vm resize --name w --resource-group g --size Standard_D4s_v5",
      "az containerapp update --name a --resource-group g --image i:2",
    ].map((command) => scan(command).inverse);
    expect(captures.map((inverse) => (inverse?.kind === "capture" ? scan(inverse.capture).risk : "none"))).toEqual([
      "safe",
      "safe",
      "safe",
    ]);
    const none = ['az vm stop --name "$VM" --resource-group g', "az vm stop --name w --resource-group g --skip-shutdown"].map(
      (command) => scan(command).inverse,
    );
    expect(none).toEqual([undefined, undefined]);
  });
});
