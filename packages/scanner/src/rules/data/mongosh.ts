// mongosh and mongo: the scripts of --eval and standard input are judged by their method chains; script files are not seen.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";
import type { Target } from "../../types.ts";
import { judgeMongo } from "./mongo/judge-mongo.ts";
import { judgeInput, onlyInforms } from "./sql-input.ts";

function judgeText(arg: Arg, ctx: RuleContext): void {
  if (arg.shape !== "literal") return ctx.report({ risk: "unknown", why: "the script is not written out", span: arg.span });
  for (const finding of judgeMongo(arg.text).findings) ctx.report({ ...finding, span: arg.span });
}

function inspect(inv: Invocation, ctx: RuleContext): void {
  const scripts = inv.all("--eval");
  for (const script of scripts) judgeText(script, ctx);
  for (const arg of inv.operands.slice(isAddress(inv.operands[0]) ? 1 : 0))
    ctx.report({ risk: "unknown", why: "runs a script file that is not seen here", span: arg.span });
  if (inv.has("-f")) ctx.report({ risk: "unknown", why: "runs a script file that is not seen here" });
  if (scripts.length > 0 || onlyInforms(inv, ["--version", "--help", "--build-info"])) return;
  judgeInput(inv, ctx, (text) => judgeText(text, ctx));
}

const isAddress = (arg: Arg | undefined): boolean => arg !== undefined && !/\.(js|mongodb|ts)$/.test(arg.text);

const targets = (inv: Invocation): readonly Target[] => {
  const found = inv.all("--eval").flatMap((script) => (script.shape === "literal" ? judgeMongo(script.text).targets : []));
  const database = inv.operand(0);
  return found.length > 0 || database === undefined ? found : [{ kind: "database", name: database }];
};

export const mongosh = program({
  names: "mongosh|mongo",
  source: "mongosh(1) 2.3; mongo(1) 5.0; reference/command-safety.md 3.6",
  style: "long",
  why: "asks a MongoDB server",
  flags:
    "--quiet --norc --nodb -q --verbose --tls --ssl --ipv6 --retryWrites --version --help --build-info --apiStrict --tlsAllowInvalidCertificates --tlsAllowInvalidHostnames --sslAllowInvalidCertificates --sslAllowInvalidHostnames --disableImplicitSessions -h",
  values:
    "--host --port -u --username -p --password --authenticationDatabase --authenticationMechanism --tlsCAFile --tlsCertificateKeyFile --sslCAFile --sslPEMKeyFile --apiVersion --json --gssapiServiceName --networkMessageCompressors --readPreference",
  options: {
    "--eval": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", why: "runs a script file that is not seen here" },
    "--shell": { arity: "flag", risk: "unknown", why: "opens a prompt" },
  },
  operands: "data*",
  inspect,
  targets,
  noInverse: "what undoes a change depends on the documents it changed; find them before",
  examples: {
    "mongosh --quiet --eval 'db.serverStatus().connections'": "safe",
    "mongosh mongodb://db1/shop --eval 'db.orders.find({state: \"open\", at: {$gt: new Date(2026, 1, 1)}}).sort({at: -1}).limit(5)'":
      "safe",
    "mongosh --eval 'rs.status()' --eval 'show dbs'": "safe",
    "mongosh --eval 'db.getSiblingDB(\"shop\").orders.countDocuments({})'": "safe",
    "mongosh --eval 'printjson(db.adminCommand({replSetGetStatus: 1}))'": "safe",
    "mongosh --eval 'db.orders.insertOne({a: 1})'": "caution",
    "mongosh --eval 'rs.stepDown(60)'": "caution",
    "mongosh --eval 'db.orders.updateMany({}, {$set: {a: 1}})'": "dangerous",
    "mongosh --eval 'db.orders.drop()'": "dangerous",
    "mongosh --eval 'db.orders.aggregate([{$out: \"x\"}])'": "dangerous",
    "mongosh --eval 'db.getCollectionNames().forEach(c => db[c].drop())'": "dangerous",
    "mongosh < fix.js": "dangerous",
    "mongosh shop": "unknown",
    "mongosh fix.js": "unknown",
    "mongosh --shell --eval 'rs.status()'": "unknown",
    "mongosh --file fix.js": "unknown",
  },
  nearMisses: [
    "mongosh",
    'mongosh --eval \'db["orders"]["drop"]()\'',
    "mongosh --eval 'load(\"x.js\")'",
    "mongosh --eval 'db.orders.find({$where: \"sleep(1)\"})'",
    "mongosh --eval 'db.runCommand({compact: \"orders\"})'",
    "mongosh --eval 'var x = db; x.dropDatabase()'",
    "mongosh --eval 'db.orders.find().forEach(d => print(d))'",
    "mongosh --eval 'db.getMongo().getDB(\"shop\").dropDatabase()'",
    'mongosh --eval "$script"',
    "mongosh --eval 'rs.status()' fix.js",
    "mongosh --eval 'db.x.find`y`'",
  ],
});
