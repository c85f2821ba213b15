// The intent advisor's reading of SQL and of the clients that take it: statements that only ask, in words and functions known to ask.
// A text, or the words and the input of a client, goes in; a yes or no comes out. No grammar, no scanner: quotes off, then words.

import type { Input } from "./intent-segments.ts";

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that stand in no question, quoted names and literals aside. */
const CHANGING = set(`
  abort alter analyse analyze attach backup begin call checkpoint cluster comment commit copy create deallocate declare delete deny detach discard do drop
  exec execute export file flush grant handler import insert install into kill listen load lock merge move notify optimize outfile dumpfile prepare purge
  reassign refresh reindex release rename repair replace reset restart restore resume revoke rollback savepoint security set share shutdown start stop suspend
  system truncate uninstall unlisten unload unlock update upsert use vacuum waitfor xp_cmdshell nextval setval rolpassword passwd authentication_string
  pg_authid pg_shadow pg_largeobject sleep benchmark optimise kill_query undrop undelete upload
`);

/** Words that an opening bracket may follow without being a function. */
const BEFORE_BRACKETS = set(`
  select from where and or not in exists any all some on using as over by then else when case join values union except intersect with recursive materialized limit offset
  between like ilike is having distinct filter within interval numeric decimal varchar char character integer int bigint lateral partition range rows array row set_of tablesample
  only explain describe desc show table costs
`);

/** Functions that compute or look up; a function that is not here may do anything. */
const FUNCTIONS = set(`
  pg_control_checkpoint pg_control_system jsonb_pretty jsonb_typeof json_typeof
  count sum avg min max abs ceil ceiling floor round trunc mod power sqrt sign greatest least coalesce nullif ifnull isnull nvl if iif cast try_cast convert_tz extract date_part date_trunc
  date time timestamp now age to_char to_date to_timestamp to_number date_format datediff date_diff dateadd date_add date_sub timestampdiff timestampadd from_unixtime unix_timestamp strftime datetime julianday
  current_date current_time current_timestamp getdate sysdate utc_timestamp curdate curtime year month week day hour minute second dayofweek today yesterday tointervalday tointervalhour tostartofhour tostartofminute tostartofday todate todatetime tostring
  lower upper length char_length character_length octet_length left right substr substring substring_index trim ltrim rtrim lpad rpad concat concat_ws replace regexp_replace regexp_matches regexp_match regexp_substr
  regexp_like split_part position strpos instr reverse repeat initcap translate format quote_ident quote_literal md5 hex ascii chr string_agg group_concat array_agg json_agg jsonb_agg json_object_agg
  json_build_object jsonb_build_object to_json to_jsonb row_to_json json_extract json_extract_path_text jsonb_array_elements json_array_elements jsonb_each jsonb_object_keys json_each unnest array_length array_to_string
  string_to_array cardinality generate_series row_number rank dense_rank percent_rank ntile lag lead first_value last_value percentile_cont percentile_disc stddev variance corr median mode any_value argmax argmin uniq uniqexact
  uniqcombined quantile quantiles topk countif sumif avgif arrayjoin has multiif formatreadablesize formatreadablequantity formatreadabletimedelta hostname uptime version total_changes changes
  database schema user current_user session_user current_database current_schema current_schemas current_setting connection_id row_count found_rows last_insert_id inet_server_addr inet_server_port inet_client_addr host
  has_table_privilege has_schema_privilege has_database_privilege has_column_privilege has_function_privilege pg_has_role obj_description col_description format_type to_regclass to_regproc
  pg_size_pretty pg_database_size pg_relation_size pg_total_relation_size pg_table_size pg_indexes_size pg_column_size pg_tablespace_size pg_blocking_pids pg_backend_pid pg_postmaster_start_time pg_conf_load_time
  pg_is_in_recovery pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_current_wal_insert_lsn pg_current_wal_flush_lsn pg_wal_lsn_diff pg_xlog_location_diff pg_current_xlog_location
  pg_last_xlog_receive_location pg_last_xlog_replay_location pg_walfile_name pg_is_wal_replay_paused pg_get_indexdef pg_get_viewdef pg_get_constraintdef pg_get_functiondef pg_get_expr pg_get_userbyid pg_encoding_to_char pg_table_is_visible
  pg_stat_get_activity pg_lock_status pg_stat_get_dead_tuples pg_stat_get_live_tuples pg_stat_get_numscans pg_safe_snapshot_blocking_pids txid_current_if_assigned pg_ls_waldir pg_options_to_table mxid_age
  @@version objectproperty object_name object_id db_name db_id schema_name serverproperty col_name suser_name isjson json_value json_query len datalength charindex stuff patindex datename datepart string_split
  ttl writetime token totimestamp dateof unixtimestampof mintimeuuid maxtimeuuid array_position width_bucket bool_and bool_or every
  read_parquet read_csv read_csv_auto read_json parquet_metadata parquet_schema duckdb_settings duckdb_tables duckdb_extensions pragma_table_info pragma_database_size printf typeof random rand quote unicode
`);

const STARTS = /^(?:select|show|explain|describe|desc|with|values|table|pragma|list)\b/i;
const META = /^\\(?:[dlz]\w*\+?|conninfo|x|timing|s[fv]\+?|q|pset|a|t|encoding|echo|du\+?|G)(?:\s+(?!\|)[\w.*"+]+)*$/;
const SQLITE_META =
  /^\.(?:tables|schema|databases|help|indexes|indices|show|version|dbinfo|mode|headers?|width|print|stats|timer|explain|fullschema|lint|eqp)\b[^|>]*$/;

/** @returns true when every statement of the text only asks */
export function onlyAsksInSql(text: string): boolean {
  const bare = withoutQuoted(text);
  const statements = (bare ?? "").split(/;|\\G/i).map((statement) => statement.trim());
  const asked = statements.filter((statement) => statement !== "");
  return bare !== null && asked.length > 0 && asked.every(isQuestion);
}

/** A bare statement in place of a command: what a shell would do with its signs must not matter either. */
export function isBareQuestion(text: string): boolean {
  const isSql = /^\s*(?:select|with|values|table)\s/i.test(text);
  const isShort = /^\s*(?:show|explain|describe|desc)\s[^|<>&$`]+$/i.test(text);
  if (!isSql && !isShort && !/^\s*\\[dlxz]/.test(text)) return false;
  return !/\$\(|`|\bdo\s|[<>]\s*[/~]/.test(withoutQuoted(text) ?? "`") && onlyAsksInSql(text);
}

/** Literals, quoted names and comments off; null for what a server may run although it looks like a comment. */
function withoutQuoted(text: string): string | null {
  if (/\/\*[!+]/.test(text) || /\$\w*\$/.test(text)) return null;
  const bare = text.replace(/'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[\w.]+`|--[ \t][^\n]*|\/\*[^]*?\*\//g, (part) =>
    /^[-/]/.test(part) ? " " : "''",
  );
  return /(?<!')'(?!')|"|`/.test(bare) ? null : bare;
}

function isQuestion(statement: string): boolean {
  if (statement.startsWith("\\")) return META.test(statement);
  if (statement.startsWith(".")) return SQLITE_META.test(statement);
  if (!STARTS.test(statement) || /:=|@@?\w+\s*=|\$\{?\w|\\[^G]/.test(statement)) return false;
  if (/^pragma\b/i.test(statement)) return PRAGMAS.test(statement);
  if (/^show\b/i.test(statement)) return !/[()]|\b(?:into|delete|drop)\b/i.test(statement);
  return /^explain\b/i.test(statement) ? isPlan(statement) : hasOnlyAskingWords(statement);
}

const PRAGMAS =
  /^pragma\s+(?:\w+_info|\w+_list|\w+_check|user_version|page_count|page_size|freelist_count|journal_mode|database_size|version|encoding|schema_version|compile_options|table_xinfo|storage_info|show_tables)(?:\s*\(\s*[\w']+\s*\))?$/i;

/** Without ANALYZE nothing runs, whatever is explained. */
function isPlan(statement: string): boolean {
  if (!/\banaly[sz]e\b/i.test(statement)) return !/\binto\b/i.test(statement);
  return hasOnlyAskingWords(statement.replace(/\b(?:analy[sz]e|buffers|verbose|settings|timing|format|json)\b/gi, ""));
}

function hasOnlyAskingWords(statement: string): boolean {
  return [...statement.matchAll(/([@a-z_][\w.]*)\s*(\(?)/gi)].every(([, word = "", bracket]) =>
    mayAsk(word.toLowerCase(), bracket === "("),
  );
}

function mayAsk(word: string, opens: boolean): boolean {
  const last = word.replace(/^.*\./, "");
  if (CHANGING.has(word)) return opens && FUNCTIONS.has(last);
  return !opens || BEFORE_BRACKETS.has(last) || FUNCTIONS.has(last);
}

interface Client {
  /** Options whose value is SQL. */
  readonly statement: RegExp;
  /** Options (with their values) that do more than connect and format. */
  readonly refused: RegExp;
  /** Options that list something by themselves. */
  readonly lists?: RegExp;
  /** SQL stands as an operand. */
  readonly operand?: boolean;
}

const HELP = /^(?:--help|--version|-V|-\?)$/;
const CLIENTS: ReadonlyMap<string, Client> = new Map(
  Object.entries<Client>({
    bq: { statement: /^(?!.)/, refused: /^--?(?:destination|replace|append|schedule|flagfile|batch)/, operand: true },
    "clickhouse-client": { statement: /^(?:-q|--query)(?:=|$)/, refused: /^--(?:queries-file|multiquery|config)|^-C/ },
    cqlsh: { statement: /^(?:-e|--execute)(?:=|$)/, refused: /^(?:-f|--file)/ },
    duckdb: { statement: /^-(?:c|s|cmd)$/, refused: /^-(?:init|f|unsigned)/, operand: true },
    mariadb: { statement: /^(?:-\w*e|--execute)(?:=|$)/, refused: /^--(?:tee|init-command|defaults|pager|local-infile|init)/ },
    mysql: { statement: /^(?:-\w*e|--execute)(?:=|$)/, refused: /^--(?:tee|init-command|defaults|pager|local-infile|init|plugin)/ },
    psql: {
      statement: /^(?:-\w*c|--command)(?:=|$)/,
      refused:
        /^(?:-\w*[foLs]\b|-[foL]|-v(?!$)(?!ON_ERROR_STOP)|--(?:file|output|log-file|set|variable|single-step))|^(?!ON_ERROR_STOP)[A-Za-z_]\w*=/,
      lists: /^(?:-\w*l\w*|--list)$/,
    },
    snowsql: { statement: /^(?:-q|--query)(?:=|$)/, refused: /^(?:-f|--filename|-o|-D)/ },
    sqlcmd: { statement: /^-[qQ]$/, refused: /^-[io]$/ },
    sqlite3: { statement: /^-cmd$/, refused: /^--?(?:init|unsafe-testing|append|deserialize)/, operand: true },
    trino: { statement: /^--execute(?:=|$)/, refused: /^(?:-f|--file|--session)/ },
    usql: { statement: /^(?:-c|--command)(?:=|$)/, refused: /^(?:-f|--file|-o|--out)/ },
  }),
);

export function isSqlClient(program: string): boolean {
  return CLIENTS.has(program);
}

/** @returns true when all that the client is given to run only asks */
export function sqlClientOnlyAsks(program: string, words: readonly string[], input: Input | null): boolean {
  const client = CLIENTS.get(program);
  const rest = words.slice(1);
  if (client === undefined || rest.some((word) => client.refused.test(word))) return false;
  if (rest.length === 1 && HELP.test(rest[0] ?? "")) return true;
  const verb = program === "bq" ? verbOf(rest) : "query";
  if (verb !== "query") return /^(?:ls|show|head)$/.test(verb);
  const texts = [...statementsIn(client, rest), ...fedTexts(input)];
  return texts.length === 0 ? rest.some((word) => client.lists?.test(word) === true) : texts.every(onlyAsksInSql);
}

function verbOf(rest: readonly string[]): string {
  return rest.find((word) => !word.startsWith("-")) ?? "";
}

/** What comes from a place that nobody can see here counts like a file that is run. */
function fedTexts(input: Input | null): readonly string[] {
  return input === null ? [] : [input.text ?? "\\i"];
}

function statementsIn(client: Client, rest: readonly string[]): readonly string[] {
  const found = rest.flatMap((word, index) => {
    if (client.statement.test(word))
      return [word.includes("=") && word.startsWith("--") ? word.replace(/^[^=]*=/, "") : (rest[index + 1] ?? "")];
    const glued = /^-[ceqQ](\S*\s.*)$/s.exec(word)?.[1];
    if (glued !== undefined) return [glued];
    const isOperand = client.operand === true && !word.startsWith("-") && /[\s;]|^\./.test(word);
    return isOperand ? [word] : [];
  });
  const looksLikeSql = rest.filter((word) => !word.startsWith("-") && /^\s*\w+\s+\S/.test(word) && !/^\s*\w+=/.test(word));
  return [...found, ...looksLikeSql];
}
