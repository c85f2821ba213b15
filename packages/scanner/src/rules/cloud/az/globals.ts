// Options that every az command takes, and the values of common options, listed so that a quoted variable behind them is seen as their value.
// argparse takes shortened options; of the ones that matter (--output-file, --debug) the shortened forms are listed with the rules.
export const globalFlags = "--help|-h --only-show-errors --verbose --debug --yes|-y --no-wait";

export const globalValues = "--output|-o --query --subscription";

/** Options of commands whose value selects or describes something. */
export const otherValues =
  "--resource-group|-g --name|-n --location|-l --ids --id --resource --resource-type --resource-id --namespace --parent --scope --scopes --assignee --role " +
  "--vault-name --account-name --container-name|-c --server|-s --server-name --database-name --cluster-name --cluster --workspace-name|-w --workspace " +
  "--vnet-name --nsg-name --nic-name --lb-name --gateway-name --zone-name|-z --record-set-name --vm-name --vmss-name --instance-id --registry|-r " +
  "--repository --project|-p --organization|--org --pipeline-id --pipeline-name --pool-id --group-id --team --member-id --group --object-id --display-name --upn-or-object-id " +
  "--namespace-name --topic-name --queue-name --eventhub-name --subscription-id --tenant --tag --tags --filter --start-time --end-time --offset " +
  "--interval --metric --metrics --aggregation --namespace-prefix --analytics-query --timespan|-t --top --skip --first --kql --graph-query|-q " +
  "--publisher --offer|-f --sku --urn --version --admin-name --app --apps --revision --container --replica --tail --type --kind --status --slot " +
  "--job-name --backup-id --item-name --policy-name --kubernetes-version --node-count --nodepool-name --size --new-capacity --number-of-workers " +
  "--image --service-objective --plan --target-slot --node-name --account --share-name --path --prefix --queue --table-name --share --blob-url --auth-mode " +
  "--host-name --hub-name --device-id --dps-name --profile-name --endpoint-name --factory-name --run-id --trigger-name --environment --stage --branch " +
  "--build-id --definition-ids --wiql --wiki --search-service-name --query-key --level --min-severity --max-events --correlation-id --caller --days";
