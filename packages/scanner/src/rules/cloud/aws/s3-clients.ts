// s3cmd and s5cmd: clients of S3 that are not from AWS. Reads by list; options that name another server or a file of commands are not listed.
// Writing into a bucket overwrites without asking.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, program } from "../../../rule.ts";
import type { Risk, Target } from "../../../types.ts";

function addresses(inv: Invocation): readonly Target[] {
  const remote = inv.operands.filter((arg) => arg.head.startsWith("s3://"));
  return (remote.length > 0 ? remote : inv.operands).slice(-1).map((arg) => ({ kind: "s3 address", name: arg.text }));
}

const unlessDry = (risk: Risk) => (inv: Invocation) => (inv.has("--dry-run") ? "safe" : risk);

const reading: CommandRule = { why: "reads from S3", operands: "data*", anyWord: true };
const writing: CommandRule = {
  risk: unlessDry("caution"),
  why: "copies or changes objects, over those that are there",
  safer: "--dry-run",
  operands: "data*",
  anyOption: true,
  targets: addresses,
  noInverse: "what was overwritten is gone unless the bucket keeps versions",
};
const removing: CommandRule = { ...writing, risk: unlessDry("dangerous"), why: "deletes objects, buckets or their rules" };
const opening: CommandRule = { ...writing, risk: unlessDry("dangerous"), why: "changes who may read a bucket" };
const signing: CommandRule = {
  why: "makes an address that opens an object to anybody",
  operands: "data*",
  anyOption: true,
  sensitive: true,
};

export const s3cmd = program({
  names: "s3cmd",
  source: "s3cmd 2.4 usage",
  globals: "anywhere",
  why: "works with S3",
  flags:
    "-v|--verbose -q|--quiet --no-progress --progress -H|--human-readable-sizes -n|--dry-run --version -h|--help -l|--long-listing --no-check-md5",
  values: "--region --limit",
  verbs: {
    "ls|la|du|info|multipart|listmp|getpolicy|gettagging|getownership|getversioning": {
      ...reading,
      flags: "-r|--recursive --list-md5 --list-allow-unordered",
    },
    "get|put|sync|cp|modify|mb|restore|settagging|setversioning|ws-create|accesslog|abortmp": {
      ...writing,
      options: { "--delete-removed": { arity: "flag", risk: "dangerous", why: "deletes what the source does not have" } },
    },
    "del|rm|rb|mv|expire|dellifecycle|delpolicy|delcors|deltagging|setlifecycle|ws-delete": removing,
    "setacl|setpolicy|setcors|payer|setownership|setblockpublicaccess": opening,
    signurl: signing,
  },
  examples: {
    "s3cmd ls -r s3://logs": "safe",
    "s3cmd du -H s3://logs": "safe",
    "s3cmd del s3://logs/a --dry-run": "safe",
    "s3cmd put a s3://logs/": "caution",
    "s3cmd sync a s3://logs/ --delete-removed": "dangerous",
    "s3cmd del -r s3://logs/": "dangerous",
    "s3cmd setacl --acl-public s3://logs": "dangerous",
    "s3cmd signurl s3://logs/a +60": "caution",
  },
  nearMisses: ["s3cmd --host=x ls", "s3cmd -c evil.cfg ls", "s3cmd ls --config=evil", "s3cmd get s3://b/k f"],
});

export const s5cmd = program({
  names: "s5cmd",
  source: "s5cmd 2.3 usage",
  style: "go",
  why: "works with S3",
  flags: "--json --dry-run --no-sign-request --stat --version -h|--help",
  values: "--log --numworkers --profile --retry-count -r --request-payer",
  verbs: {
    "ls|du|head": {
      ...reading,
      flags: "-e|--etag -H|--humanize -s|--storage-class --all-versions -g|--group --show-fullpath",
      values: "--exclude",
    },
    cat: { ...reading, why: "prints objects", flags: "--raw", values: "--version-id" },
    version: { why: "prints the version" },
    "cp|mb|pipe": writing,
    sync: { ...writing, options: { "--delete": { arity: "flag", risk: "dangerous", why: "deletes what the source does not have" } } },
    "rm|rb|mv": removing,
    presign: signing,
  },
  examples: {
    "s5cmd ls s3://logs/": "safe",
    "s5cmd du -H s3://logs/": "safe",
    "s5cmd cat s3://logs/a.gz": "safe",
    "s5cmd --dry-run rm 's3://logs/*'": "safe",
    "s5cmd cp a s3://logs/": "caution",
    "s5cmd sync --delete a s3://logs/": "dangerous",
    "s5cmd rm 's3://logs/*'": "dangerous",
    "s5cmd presign s3://logs/a": "caution",
  },
  nearMisses: ["s5cmd run commands.txt", "s5cmd --endpoint-url http://x ls", "s5cmd ls --credentials-file x"],
});
