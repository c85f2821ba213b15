// The threat catalogue's row on gcloud, gsutil and bq (reference/command-safety.md 3.5), trap by trap; targets and inverses compared whole.
import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { groupNames } from "../rules/cloud/gcloud/groups.ts";
import { effectOf } from "../rules/cloud/gcloud/verbs.ts";
import { scan } from "../scan.ts";
import { checkClasses } from "./check-classes.ts";

beforeAll(() => loadSql());

checkClasses([
  {
    id: "a reading word as the operand of a change",
    dangerous: [
      "gcloud compute snapshots delete describe",
      "gcloud alpha sql instances switchover list",
      "gcloud 'pubsub' subscriptions se''ek read --time=2030-01-01T00:00:00Z",
    ],
    notSafe: [
      "gcloud workflows run list",
      "gcloud compute instances suspend get-iam-policy --zone z",
      "gcloud builds triggers run describe",
      "gcloud scheduler jobs run list",
      "gcloud beta composer environments run list describe",
      "gcloud storage cp list gs://b/describe",
      "gcloud tasks queues pause list",
    ],
    safe: [
      "gcloud compute snapshots describe delete",
      "gcloud sql instances list --filter='name:delete'",
      "gcloud pubsub topics list-subscriptions purge",
      "gcloud beta run jobs executions list --job delete",
    ],
  },
  {
    id: "options before the group, and options that lead elsewhere",
    dangerous: ["gcloud --project p --quiet compute disks delete d", "gcloud --format list projects delete p"],
    notSafe: [
      "gcloud --flags-file=f.yaml projects list",
      "gcloud projects list --flags-fil f.yaml",
      "gcloud projects list --capture-session-file=x",
      "gcloud --projec p compute disks list",
    ],
    safe: [
      "gcloud --project p --quiet compute disks list",
      "gcloud --format delete compute disks list",
      "gcloud compute disks list --verbosity debug --log-http --impersonate-service-account=r@p.iam.gserviceaccount.com",
    ],
  },
  {
    id: "answers that go to a file, credentials, messages that are taken",
    dangerous: ["gcloud pubsub subscriptions pull jobs --auto-ack", "gcloud iam service-accounts keys create k.json --iam-account=a@b"],
    notSafe: [
      "gcloud container clusters get-credentials main",
      "gcloud container fleet memberships get-credentials main",
      "gcloud auth print-identity-token",
      "gcloud auth application-default print-access-token",
      "gcloud secrets versions access 3 --secret=db",
      "gcloud redis instances get-auth-string cache --region=r",
      "gcloud kms keys versions get-public-key 1 --key=k --output-file=k.pem",
      "gcloud storage sign-url gs://b/o --duration=10m",
      "gcloud compute url-maps export web --destination=web.yaml",
    ],
    safe: [
      "gcloud secrets versions list db",
      "gcloud kms keys versions get-public-key 1 --key=k",
      "gcloud compute url-maps export web --global",
      "gcloud auth list",
      "gcloud pubsub subscriptions describe jobs",
    ],
  },
  {
    id: "shells, tunnels and SQL carried along",
    dangerous: [
      "gcloud compute ssh web --command 'sudo systemctl stop nginx'",
      "gcloud compute ssh web -- -R 80:localhost:80",
      "echo 'rm -rf /srv' | gcloud compute ssh web",
      "gcloud compute start-iap-tunnel web 22",
      "gcloud spanner databases execute-sql shop --instance=i --sql 'DROP TABLE carts'",
      "bq query --nouse_legacy_sql 'TRUNCATE TABLE shop.carts'",
    ],
    notSafe: [
      "gcloud compute ssh web --command='uptime'",
      'gcloud compute ssh web --command="$CMD"',
      'gcloud spanner databases execute-sql shop --instance=i --sql "$Q"',
      "bq query --destination_table=shop.copy 'SELECT 1'",
      'bq query "$Q"',
      "bq query --parameter --dry_run 'DELETE FROM t WHERE true'",
      "bq --flagfile f query 'SELECT 1'",
    ],
    safe: [
      "gcloud compute ssh web --command=uptime --dry-run",
      "gcloud spanner databases ddl describe shop --instance=i",
      "gcloud spanner databases execute-sql shop --instance=i --sql='SELECT id FROM carts LIMIT 5'",
      "bq query --use_legacy_sql=false 'SELECT id FROM shop.carts LIMIT 5'",
      "bq query --dry_run --use_legacy_sql=false 'UPDATE shop.carts SET n = 1 WHERE true'",
    ],
  },
  {
    id: "objects and buckets",
    dangerous: [
      "gcloud storage rm 'gs://b/**'",
      "gcloud storage mv gs://b/a gs://b/b",
      "gcloud storage rsync -r a gs://b --delete-unmatched-destination-objects",
      "gsutil -m rsync -rd a gs://b",
      "gsutil -o GSUtil:parallel_process_count=4 -m rm -a 'gs://b/**'",
      "gsutil defacl ch -u AllUsers:R gs://b",
      "gsutil retention clear gs://b",
    ],
    notSafe: [
      "gcloud storage cp gs://b/o .",
      "gcloud storage cp - gs://b/o",
      "gsutil cp gs://b/o /tmp/",
      "gsutil ls -D $X",
      "gsutil -o Boto:proxy=x ls",
    ],
    safe: [
      "gcloud storage rsync -r a gs://b --delete-unmatched-destination-objects --dry-run",
      "gcloud storage cp gs://b/o -",
      "gcloud storage ls --recursive 'gs://b/**'",
      "gsutil -m ls -lhr gs://b",
      "gsutil rsync -n -d -r a gs://b",
      "gsutil lifecycle get gs://b",
    ],
  },
  {
    id: "unknown groups and open words",
    dangerous: ["gcloud newthing widgets delete w", "gcloud compute newthing destroy w"],
    notSafe: [
      "gcloud newthing list",
      "gcloud compute $GROUP list",
      "gcloud compute instances $VERB web",
      "gcloud compute instances list $ARGS",
      "gcloud compute instances delete $ARGS --help",
      "ls | xargs gcloud compute instances list",
    ],
    safe: [
      'gcloud compute instances describe web --zone "$ZONE"',
      'gcloud compute instances list --project="$PROJECT"',
      "gcloud compute instances delete --help",
    ],
  },
]);

it("keeps the words of groups and of commands apart", () => {
  const both = groupNames.filter((name) => effectOf(name) !== undefined);
  // Nouns in the plural that begin like a command; groups are looked up first.
  expect(both).toEqual(["import-jobs", "resize-requests", "patch-deployments", "patch-jobs", "patch-policies", "tag-templates"]);
});

describe("targets and inverses", () => {
  it("names what is deleted and where", () => {
    expect(scan("gcloud compute instances delete web-1 web-2 --zone z").targets).toEqual([
      { kind: "instance", name: "web-1", namespace: "z" },
      { kind: "instance", name: "web-2", namespace: "z" },
    ]);
    expect(scan("gcloud storage rm gs://b/o").targets).toEqual([{ kind: "object", name: "gs://b/o" }]);
  });

  it("knows the way back", () => {
    expect(scan("gcloud compute instances stop web --zone z").inverse).toEqual({
      kind: "command",
      command: "gcloud compute instances start web --zone=z",
    });
    expect(scan("gcloud beta compute instance-groups managed resize web --size 5 --zone z").inverse).toEqual({
      kind: "capture",
      capture: "gcloud beta compute instance-groups managed describe web --zone=z --format='value(targetSize)'",
      command: "gcloud beta compute instance-groups managed resize web --size={capture} --zone=z",
    });
    expect(scan("gcloud config set compute/zone z").inverse).toEqual({
      kind: "capture",
      capture: "gcloud config get-value compute/zone",
      command: "gcloud config set compute/zone {capture}",
    });
  });

  it("captures only by reads that are safe, and offers nothing where words are open or options are lost", () => {
    const captures = [
      "gcloud sql instances patch db --tier=db-n1-standard-2",
      "gcloud run services update pay --image=i --region=r",
      "gcloud compute instances set-machine-type web --machine-type=e2-small --zone=z",
    ].map((command) => scan(command).inverse);
    expect(captures.map((inverse) => (inverse?.kind === "capture" ? scan(inverse.capture).risk : "none"))).toEqual([
      "safe",
      "safe",
      "safe",
    ]);
    const none = ["gcloud compute instances stop $VM", "gcloud sql instances patch db --tier=t --storage-size=9"].map(
      (command) => scan(command).inverse,
    );
    expect(none).toEqual([undefined, undefined]);
  });
});
