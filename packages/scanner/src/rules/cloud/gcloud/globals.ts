// Options that every gcloud command takes, and the values of common options, listed so that a quoted variable behind them is seen as their value.
// The client refuses shortened options; those of the two options that matter are listed all the same.
import type { OptionRule } from "../../../rule.ts";
import { spellings } from "../aws/globals.ts";

export const globalFlags =
  "--quiet|-q --help|-h --version|-v --user-output-enabled --no-user-output-enabled --log-http --no-log-http --uri --async --no-async";

export const globalValues =
  "--project --account --configuration --billing-project --verbosity --format --flatten --filter --sort-by --limit --page-size --trace-token " +
  "--impersonate-service-account --universe-domain --region --zone --location";

export const globalOptions: Readonly<Record<string, OptionRule>> = {
  [spellings("--flags-file", "--fla").replace("--flat|", "")]: {
    risk: "unknown",
    why: "takes further options from a file that is not looked at",
    safer: "write the options out",
  },
  [spellings("--capture-session-file", "--cap")]: { kind: "write", why: "writes a record of the session" },
  "--access-token-file": { kind: "data", risk: "caution", why: "uses the access token in a file" },
};

/** Options of commands whose value selects or describes something. */
export const otherValues =
  "--regions --zones --cluster --instance --instances --service --services --version --versions --bucket --dataset --database --table --topic --job " +
  "--network --subnet --subnets --group --member --role --organization --folder --parent --resource --resource-type --name --names --key --keyring " +
  "--keyring-project --secret --iam-account --managed-zone --type --state --status --node-pool --backend-service --global-backend " +
  "--instance-group --url-map --router --nat-name --delivery-pipeline --release --repository --package --source --ttl --port --start " +
  "--freshness --order --since --until --start-time --end-time --lines --description --display-name --labels --tags --machine-type --size --num-nodes " +
  "--tier --image --memory --cpu --image-family --image-project --disk --snapshot --query --asset-types --scope --policy --condition --permission " +
  "--principal-email --permissions --billing-account --keys --addresses --rules --direction --priority --domain --config --environment --lake --entry-group " +
  "--index --field-config --collection-ids --min-log-level --severity --log --level --product --pool --issuer-pool --sink --view --ack-ids --message " +
  "--boot-disk-size --device-name --mode --interface --peer-name --vpn-gateway --vpn-tunnel --security-policy --firewall-policy --expression --action";
