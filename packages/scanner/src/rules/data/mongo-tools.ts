// The programs around MongoDB: dumps, restores and monitors.
import { program } from "../../rule.ts";

const source = "MongoDB Database Tools 100.10";
const connection = {
  flags: "-v --verbose --quiet --ssl --tlsInsecure --version --help --gzip --json",
  values:
    "-h --host --port -u --username -p --password --uri -d --db -c --collection --authenticationDatabase --authenticationMechanism --readPreference --sslCAFile --sslPEMKeyFile -q --query",
} as const;

export const mongodump = program({
  names: "mongodump|mongoexport|bsondump|mongofiles",
  source,
  style: "long",
  risk: (inv) => {
    if (inv.program === "mongofiles")
      return /^(list|search)$/.test(inv.operand(0) ?? "")
        ? "safe"
        : inv.operand(0)?.startsWith("delete") === true
          ? "dangerous"
          : "caution";
    if (inv.program === "mongodump") return inv.has("--version") || inv.has("--help") ? "safe" : "caution";
    return inv.has("-o") ? "caution" : "safe";
  },
  why: "copies documents out of a server",
  safer: "mongoexport without -o prints to standard output",
  ...connection,
  options: { "-o|--out|--archive|--outFile": { kind: "write", why: "writes a dump" } },
  anyOption: true,
  operands: "data*",
  sensitive: (inv) => inv.program === "mongoexport",
  noInverse: "delete the copy by hand",
  targets: (inv) => inv.operands.slice(1, 2).map((arg) => ({ kind: "file", name: arg.text })),
  examples: {
    "mongodump --version": "safe",
    "bsondump orders.bson": "safe",
    "mongodump --uri mongodb://db1/shop --out /backup": "caution",
    "mongoexport -d shop -c orders": "caution",
    "mongofiles delete x": "dangerous",
  },
  nearMisses: ["mongodump", "mongoexport -d shop -c orders -o x.json", "mongofiles put x"],
});

export const mongorestore = program({
  names: "mongorestore|mongoimport",
  source,
  style: "long",
  risk: (inv) => {
    if (inv.has("--version") || inv.has("--help")) return "safe";
    if (inv.has("--drop") || (inv.has("--mode") && inv.value("--mode") === "delete")) return "dangerous";
    return inv.has("--dryRun") ? "safe" : "caution";
  },
  why: "adds documents from a dump; --drop deletes the collections first",
  ...connection,
  flags: `${connection.flags} --drop --dryRun --stopOnError --headerline --upsert --maintainInsertionOrder --noIndexRestore --keepIndexVersion --objcheck --oplogReplay --preserveUUID`,
  values: `${connection.values} --mode --nsInclude --nsExclude --nsFrom --nsTo --file --type --dir --archive --numParallelCollections --fields -f --upsertFields --oplogLimit`,
  operands: "data*",
  targets: (inv) => [
    { kind: "database", name: inv.arg("-d")?.text ?? inv.arg("--db")?.text ?? inv.arg("--uri")?.text ?? "every database of the dump" },
  ],
  noInverse: "what was added cannot be told from what was there; take a dump before",
  examples: {
    "mongorestore --dryRun -v dump/": "safe",
    "mongoimport -d shop -c orders --file x.json": "caution",
    "mongorestore --drop dump/": "dangerous",
    "mongoimport --mode delete -d shop -c orders --file x.json": "dangerous",
  },
  nearMisses: ["mongorestore dump/", "mongorestore --dryRun --drop dump/"],
});

export const mongotop = program({
  names: "mongotop|mongostat",
  source,
  style: "long",
  why: "prints what a server does, again and again",
  ...connection,
  flags: `${connection.flags} --locks --discover --all --noheaders`,
  values: `${connection.values} --rowcount -n -o -O --humanReadable`,
  operands: "data*",
  unbounded: (inv) => !inv.has("--rowcount") && !inv.has("-n") && !inv.has("--version"),
  safer: "--rowcount 5 ends it",
  examples: { "mongostat --host db1 --rowcount 5": "safe", "mongotop -n 2 5": "safe", mongostat: "caution" },
  nearMisses: ["mongotop 5", "mongostat --interactive"],
});

export const mongod = program({
  names: "mongod|mongos",
  source: "mongod(1), MongoDB 7.0",
  style: "long",
  risk: (inv) =>
    inv.has("--version") || inv.has("--help") ? "safe" : inv.has("--repair") || inv.has("--shutdown") ? "dangerous" : "caution",
  why: "starts a server",
  flags: "--version --help --repair --shutdown --fork",
  anyOption: true,
  operands: "data*",
  noInverse: "stop it again",
  targets: () => [{ kind: "server", name: "mongod" }],
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => /\.(drop|remove|delete)\w*\(/.test(arg.text)))
      ctx.report({ risk: "dangerous", why: "contains a call that deletes" });
  },
  examples: { "mongod --version": "safe", "mongod --config /etc/mongod.conf": "caution", "mongod --shutdown": "dangerous" },
  nearMisses: ["mongod --repair --dbpath /data", "mongos --configdb x"],
});
