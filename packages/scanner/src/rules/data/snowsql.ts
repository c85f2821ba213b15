// snowsql: statements are judged; options and variables by which it does more are refused.
import { program } from "../../rule.ts";
import { judgeStatements, namedDatabase, onlyInforms, refuseText, rowsBefore } from "./sql-input.ts";

const snowflakeOption =
  /^(output_format|friendly|header|timing|quiet|log_level|exit_on_error|rowset_size|auto_completion|wrap|empty_for_null_in_tsv|variable_substitution=false)\b/;

export const snowsql = program({
  names: "snowsql",
  source: "docs.snowflake.com, SnowSQL 1.3",
  why: "asks Snowflake",
  flags: "--noup --version|-v --help -? --abort-detached-query --generate-jwt --mfa-passcode-in-password",
  values:
    "-a|--accountname -u|--username -d|--dbname -s|--schemaname -r|--rolename -w|--warehouse -h|--host -p|--port --region --authenticator -c|--connection --private-key-path --query_tag",
  options: {
    "-q|--query": { kind: "code", risk: "safe" },
    "-f|--filename": { kind: "code", why: "the SQL is in a file that is not seen here" },
    "-o|--options": {
      check: (value) =>
        value.shape === "literal" && snowflakeOption.test(value.text)
          ? undefined
          : { risk: "unknown", why: "an option that may write files" },
    },
    "-D|--variable|--config": { risk: "unknown", why: "puts variables into the statements" },
  },
  inspect: (inv, ctx) => {
    const texts = inv.all("-q");
    refuseText(texts, /&[{\w]|^\s*!/m, "SnowSQL acts on variables and commands itself", ctx);
    if (texts.length > 0 || !onlyInforms(inv, ["--version", "--help", "-?", "-f"])) judgeStatements(inv, ctx, "snowflake", texts);
  },
  targets: namedDatabase,
  noInverse: rowsBefore,
  examples: {
    "snowsql -c prod -q 'SHOW WAREHOUSES' -o output_format=json": "safe",
    "snowsql -q 'ALTER WAREHOUSE load SUSPEND'": "caution",
    "snowsql -q 'DROP DATABASE shop'": "dangerous",
    "snowsql -f x.sql": "unknown",
    "snowsql -q 'select 1' -o output_file=x": "unknown",
    "snowsql -D a=b -q 'select 1'": "unknown",
  },
  nearMisses: ["snowsql", "snowsql -q '!source x.sql'", "snowsql -q 'select &x'"],
});
