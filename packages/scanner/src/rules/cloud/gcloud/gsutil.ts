// gsutil, the older client of Cloud Storage. Copies that end at `-` print; getters are reads; everything that replaces or removes is judged by its options.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, program } from "../../../rule.ts";
import type { Target } from "../../../types.ts";
import { printsObjects } from "./storage.ts";

const objects = (inv: Invocation): readonly Target[] =>
  inv.operands.filter((arg) => arg.head.startsWith("gs://")).map((arg) => ({ kind: "object", name: arg.text }));

const read = (why: string, flags: string, operands: string): CommandRule => ({ why, flags, operands });
const getter: CommandRule = { why: "prints a setting of a bucket or object", operands: "data*" };
const setter: CommandRule = {
  risk: "caution",
  why: "changes a setting of buckets or objects",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: objects,
  noInverse: "read the setting first and keep the answer",
};
const destroy: CommandRule = {
  risk: "dangerous",
  why: "deletes or moves objects, buckets or keys",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: objects,
};
const rights: CommandRule = { ...destroy, why: "changes who may do what" };
const secret: CommandRule = { ...setter, why: "prints a key or an address that opens a private object", sensitive: true };

/** All options are listed, so that none of them can take `-n` or `-` as its value. */
const copy: CommandRule = {
  risk: (inv) => (printsObjects(inv) ? "safe" : "caution"),
  why: "copies objects or files, over what was there",
  operands: "read*",
  flags: "-A -c -D -e -J -n -p -P -r -R -U -v -Z",
  values: "-a -j -L -s -t -z --stet-config-path",
  options: { "-I": { arity: "flag", risk: "unknown", why: "takes the names from its input" } },
  safer: "-n keeps what is there; - as the target prints",
  targets: objects,
  noInverse: "what it overwrites is kept only where versions are switched on",
};

const mirror: CommandRule = {
  risk: (inv) => (inv.has("-n") ? "safe" : "caution"),
  why: "makes one place like another, over what was there",
  operands: "read read",
  flags: "-c -C -e -i -J -n -p -P -r -R -u -U",
  values: "-a -j -x -y",
  options: {
    "-d": {
      arity: "flag",
      why: "deletes what the source does not have",
      safer: "-n first, which only shows what it would do",
    },
  },
  inspect: (inv, ctx) => {
    if (inv.has("-d") && !inv.has("-n"))
      ctx.report({ risk: "dangerous", why: "deletes what the source does not have", safer: "-n first, which only shows what it would do" });
  },
  targets: objects,
  noInverse: "what it overwrites is kept only where versions are switched on",
};

const getSet: Readonly<Record<string, CommandRule>> = Object.fromEntries(
  "versioning lifecycle logging cors web label requesterpays rpo autoclass ubla bucketpolicyonly uniformbucketlevelaccess pap publicaccessprevention defstorageclass"
    .split(" ")
    .flatMap((noun): [string, CommandRule][] => [
      [`${noun} get`, getter],
      [`${noun} set|ch`, noun === "lifecycle" ? { ...destroy, why: "changes when objects are deleted" } : setter],
    ]),
);

export const gsutil = program({
  names: "gsutil",
  source: "gsutil 5.35 help",
  style: "gnu",
  why: "works with Cloud Storage",
  risk: (inv) => (inv.path.length === 0 && (inv.has("--version") || inv.has("--help")) ? "safe" : "unknown"),
  flags: "-m -q --quiet --version --help",
  values: "-h -u",
  options: {
    "-o": {
      check: (value) =>
        value.shape === "literal" &&
        /^GSUtil:(parallel_|sliced_|check_hashes|default_project_id|use_magicfile|max_upload)/i.test(value.text)
          ? undefined
          : { risk: "unknown", why: "sets an option that may lead elsewhere" },
    },
    "-D|-DD": { arity: "flag", sensitive: true, why: "prints requests with their tokens", safer: "leave it out" },
    "-i": { risk: "caution", why: "acts as another account" },
    "--testexceptiontraces": { arity: "flag", risk: "unknown", why: "is for tests" },
  },
  verbs: {
    ls: read("lists buckets or objects", "-l -L -d -b -h -p -e -a -r -R", "data*"),
    cat: { why: "prints objects", flags: "-h", values: "-r", operands: "read*" },
    stat: read("prints what is known of an object", "", "data*"),
    du: { why: "prints sizes", flags: "-0 -a -c -h -s", values: "-e -X", operands: "data*" },
    hash: read("prints checksums", "-c -h -m", "read*"),
    "version|ver": read("prints the version", "-l", "none"),
    help: read("prints the manual", "", "data*"),
    ...getSet,
    "acl get": getter,
    "defacl get": getter,
    "iam get": getter,
    "retention get": getter,
    "notification list": getter,
    "hmac list": { ...getter, flags: "-a -l", values: "-u -p" },
    "hmac get": { ...getter, values: "-p" },
    "kms encryption|serviceaccount": setter,
    "acl set|ch": rights,
    "defacl set|ch": rights,
    "iam set|ch": rights,
    "kms authorize": rights,
    "hmac create": { ...rights, why: "hands out a key", sensitive: true },
    "hmac update": setter,
    "hmac delete": destroy,
    "notification create|watchbucket|stopchannel": setter,
    "notification delete": destroy,
    "retention set|event|temp": setter,
    "retention clear|lock": { ...destroy, why: "changes for how long objects are kept" },
    cp: copy,
    rsync: mirror,
    "mv|rm|rb": destroy,
    mb: { ...setter, why: "makes a bucket", noInverse: "gsutil rb deletes it while it is empty" },
    "setmeta|rewrite|compose": setter,
    signurl: secret,
    config: { ...setter, why: "changes settings of the client" },
    "update|perfdiag": { ...setter, why: "changes the client or writes test objects" },
  },
  examples: {
    "gsutil ls -lh gs://logs/2026/": "safe",
    "gsutil -m du -sh gs://logs": "safe",
    "gsutil cat gs://logs/app.txt": "safe",
    "gsutil -o GSUtil:parallel_process_count=1 cp gs://logs/app.txt -": "safe",
    "gsutil -o Credentials:gs_host=x ls": "unknown",
    "gsutil versioning get gs://logs": "safe",
    "gsutil rsync -n -d -r a gs://b": "safe",
    "gsutil rsync -r a gs://b": "caution",
    "gsutil rsync -d -r a gs://b": "dangerous",
    "gsutil cp a gs://b/a": "caution",
    "gsutil cp -I gs://b/": "unknown",
    "gsutil -D ls": "caution",
    "gsutil -i sa@p.example ls": "caution",
    "gsutil --testexceptiontraces ls": "unknown",
    "gsutil -m rm -r gs://logs/old": "dangerous",
    "gsutil iam ch user:a@shop.example:objectViewer gs://logs": "dangerous",
    "gsutil lifecycle set l.json gs://logs": "dangerous",
    "gsutil signurl -d 10m key.json gs://logs/a": "caution",
    "gsutil versioning set on gs://logs": "caution",
  },
  nearMisses: [
    "gsutil",
    "gsutil rm gs://a -r",
    "gsutil mv gs://a gs://b",
    "gsutil cp - gs://b/a",
    "gsutil ls $X",
    "gsutil rsync a gs://b list",
    "gsutil frob ls",
  ],
});
