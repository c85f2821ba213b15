// What the statements of the dialects without a grammar of ours mean, by their first words. Data only: judge-sql.ts reads it.
// The longest entry that fits counts; a statement that stands nowhere is unknown.
import type { SqlSyntax } from "./lex-sql.ts";
import type { StatementMeaning } from "./postgresql-statements.ts";
import type { SqlDialect } from "./types.ts";

const caution = (why: string, safer?: string): StatementMeaning =>
  safer === undefined ? { risk: "caution", why } : { risk: "caution", why, safer };
const dangerous = (why: string): StatementMeaning => ({ risk: "dangerous", why });

const removal = dangerous("removes objects and all they hold; there is no way back");
const privilege = dangerous("changes who may do what");
const code = dangerous("defines or loads code that runs in the server");
const definition = caution("changes the definition of objects");
const rows = caution("adds or changes rows");
const settings = caution("changes settings");
const replication = caution("changes replication");

type MeaningTable = Readonly<Record<string, StatementMeaning>>;

/** Statements that mean the same wherever they exist. */
export const commonChanges: MeaningTable = {
  INSERT: rows,
  UPSERT: rows,
  REPLACE: caution("adds rows in place of others"),
  MERGE: caution("adds, changes or deletes rows"),
  UPDATE: caution("changes rows", "SELECT with the same WHERE shows which"),
  DELETE: dangerous("deletes rows; there is no way back"),
  TRUNCATE: dangerous("empties tables; there is no way back"),
  DROP: removal,
  UNDROP: definition,
  PURGE: removal,
  GRANT: privilege,
  REVOKE: privilege,
  DENY: privilege,
  CREATE: definition,
  "CREATE OR": dangerous("replaces objects and all they held"),
  "CREATE USER": privilege,
  "CREATE ROLE": privilege,
  "CREATE LOGIN": privilege,
  "CREATE FUNCTION": code,
  "CREATE PROCEDURE": code,
  "CREATE TRIGGER": code,
  "CREATE EVENT": code,
  "CREATE AGGREGATE": code,
  ALTER: definition,
  "ALTER USER": privilege,
  "ALTER ROLE": privilege,
  "ALTER LOGIN": privilege,
  RENAME: definition,
  COMMENT: definition,
  LOCK: caution("locks tables"),
  UNLOCK: caution("gives locks back"),
  ANALYZE: caution("gathers statistics and loads the server"),
  OPTIMIZE: caution("rewrites tables and loads the server"),
  VACUUM: caution("rewrites the database"),
  REINDEX: caution("rebuilds indexes"),
  CHECKPOINT: caution("writes everything to disk at once"),
  SET: settings,
  RESET: settings,
  COPY: caution("copies data into or out of a table"),
  EXPORT: caution("writes data elsewhere"),
  UNLOAD: caution("writes data elsewhere"),
  IMPORT: rows,
  LOAD: rows,
  ATTACH: caution("attaches a database or a table"),
  DETACH: caution("detaches a database or a table"),
  KILL: dangerous("ends connections or queries of others"),
  SHUTDOWN: dangerous("stops the server"),
  BACKUP: caution("writes a backup"),
  RESTORE: dangerous("overwrites data with a backup"),
  CALL: { risk: "unknown", why: "calls a procedure that is not known" },
  EXECUTE: { risk: "unknown", why: "runs a statement that is not seen here" },
  PREPARE: { risk: "unknown", why: "prepares a statement" },
  DO: { risk: "unknown", why: "runs expressions" },
  SAVEPOINT: caution("marks a point of a transaction"),
  RELEASE: caution("forgets a point of a transaction"),
};

/** What a dialect adds or sees otherwise. */
export const ownChanges: Partial<Record<SqlDialect, MeaningTable>> = {
  mysql: {
    "SET PASSWORD": privilege,
    "SET ROLE": privilege,
    "SET DEFAULT": privilege,
    "LOAD DATA": rows,
    FLUSH: caution("writes out or forgets what the server keeps, and may lock every table"),
    "RESET MASTER": dangerous("deletes the binary logs"),
    "RESET BINARY": dangerous("deletes the binary logs"),
    "RESET SLAVE": dangerous("forgets where replication stands"),
    "RESET REPLICA": dangerous("forgets where replication stands"),
    START: replication,
    STOP: replication,
    CHANGE: replication,
    REPAIR: caution("rewrites tables"),
    CHECK: caution("locks tables for reading"),
    HANDLER: caution("opens a table by its handler"),
    INSTALL: code,
    UNINSTALL: code,
    RESTART: dangerous("restarts the server"),
    CLONE: dangerous("overwrites the data of the server"),
    BINLOG: dangerous("applies changes that are not seen here"),
    XA: caution("ends or prepares work of a transaction"),
    SYSTEM: dangerous("runs a command of the shell (client command)"),
    PAGER: dangerous("runs a command of the shell (client command)"),
    EDIT: dangerous("runs an editor (client command)"),
    TEE: caution("writes a file (client command)"),
    SOURCE: { risk: "unknown", why: "runs a file that is not seen here (client command)" },
    "CREATE DEFINER": code,
    "CREATE SERVER": privilege,
    "CREATE TABLESPACE": definition,
  },
  sqlite: { "VACUUM INTO": caution("writes a file") },
  duckdb: { INSTALL: code, LOAD: code, CALL: { risk: "unknown", why: "calls a procedure that is not known" } },
  clickhouse: {
    SYSTEM: caution("changes what the server does"),
    "SYSTEM SHUTDOWN": dangerous("stops the server"),
    "SYSTEM KILL": dangerous("kills the server"),
    "SYSTEM DROP": dangerous("drops caches or the metadata of replicas"),
    "SYSTEM STOP": caution("stops background work"),
    EXCHANGE: definition,
    MOVE: definition,
    "ALTER QUOTA": privilege,
    "ALTER ROW": privilege,
  },
  cql: {
    BEGIN: caution("changes rows in a batch"),
    CAPTURE: caution("writes a file"),
    SOURCE: { risk: "unknown", why: "runs a file that is not seen here" },
    LOGIN: privilege,
  },
  tsql: {
    BULK: rows,
    DBCC: { risk: "unknown", why: "is a DBCC command that is not on the list" },
    "DBCC FREEPROCCACHE": caution("empties the plan cache"),
    "DBCC DROPCLEANBUFFERS": caution("empties the page cache"),
    "DBCC SHRINKDATABASE": caution("shrinks files and loads the server"),
    "DBCC SHRINKFILE": caution("shrinks files and loads the server"),
    EXEC: { risk: "unknown", why: "runs a procedure that is not known" },
    RECONFIGURE: settings,
    WAITFOR: caution("waits"),
    REVERT: privilege,
    SETUSER: privilege,
    ENABLE: definition,
    DISABLE: definition,
    SEND: rows,
    RECEIVE: dangerous("takes messages off a queue"),
  },
  snowflake: {
    PUT: caution("uploads files"),
    GET: caution("writes files"),
    REMOVE: removal,
    RM: removal,
    "EXECUTE TASK": caution("starts a task"),
  },
  influxql: { "DROP SERIES": removal },
  cypher: {
    CREATE: rows,
    DETACH: dangerous("deletes nodes and their relations"),
    REMOVE: dangerous("removes properties"),
    SET: rows,
    FOREACH: rows,
    TERMINATE: dangerous("ends transactions of others"),
    START: definition,
    STOP: dangerous("stops a database"),
  },
};

const list = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const transactions = "BEGIN COMMIT ROLLBACK END";

/** First words of statements that only read; their functions and every further word are still looked at. */
export const readVerbs: Partial<Record<SqlDialect, ReadonlySet<string>>> = {
  mysql: list(`SELECT WITH SHOW VALUES TABLE USE HELP CHECKSUM STATUS WARNINGS ${transactions}`),
  sqlite: list(`SELECT WITH VALUES ${transactions}`),
  duckdb: list(`SELECT WITH VALUES FROM SHOW SUMMARIZE USE TABLE ${transactions}`),
  clickhouse: list("SELECT WITH SHOW EXISTS USE"),
  cql: list("SELECT SHOW USE LIST CONSISTENCY SERIAL TRACING PAGING EXPAND HELP"),
  tsql: list("SELECT WITH USE PRINT GO"),
  snowflake: list(`SELECT WITH SHOW USE LIST LS VALUES ${transactions}`),
  bigquery: list("SELECT WITH FROM"),
  trino: list("SELECT WITH SHOW VALUES TABLE USE"),
  influxql: list("SELECT SHOW USE"),
  cypher: list("MATCH OPTIONAL RETURN WITH UNWIND SHOW PROFILE USE"),
};

/** First words of explanations: what follows is planned and not run, except behind ANALYZE. */
export const explainVerbs: ReadonlySet<string> = list("EXPLAIN DESCRIBE DESC");

/** A word that begins a change wherever it stands in a reading statement, unless it is called as a function or belongs to a name. */
export const innerChanges: ReadonlySet<string> = list(
  "INSERT UPDATE DELETE REPLACE MERGE UPSERT DROP CREATE ALTER TRUNCATE GRANT REVOKE DENY CALL EXECUTE EXEC INTO",
);

/** T-SQL needs nothing between statements, so each of these may begin one anywhere; cypher chains its clauses alike. */
export const innerChangesOf: Partial<Record<SqlDialect, ReadonlySet<string>>> = {
  tsql: list(
    "KILL SHUTDOWN BACKUP RESTORE BULK RECONFIGURE DBCC WAITFOR SET DECLARE IF WHILE BEGIN GOTO RAISERROR THROW OPEN FETCH CLOSE DEALLOCATE ENABLE DISABLE REVERT SAVE SEND RECEIVE WRITETEXT UPDATETEXT READTEXT SETUSER MOVE CONVERSATION ADD CHECKPOINT COMMIT ROLLBACK RETURN LINENO USE",
  ),
  cypher: list("DETACH SET REMOVE FOREACH LOAD START STOP TERMINATE"),
};

/** Values that may be set without more than another look at the output or an earlier end. */
export const harmlessVariables: ReadonlySet<string> = list(
  "NAMES MAX_EXECUTION_TIME MAX_STATEMENT_TIME NOCOUNT ROWCOUNT LOCK_TIMEOUT DEADLOCK_PRIORITY LOCK_WAIT_TIMEOUT INNODB_LOCK_WAIT_TIMEOUT GROUP_CONCAT_MAX_LEN TIME_ZONE STATISTICS TIMEZONE STATEMENT_TIMEOUT_IN_SECONDS QUERY_TAG DATEFORMAT SHOWPLAN_TEXT SHOWPLAN_ALL SHOWPLAN_XML",
);

/** PRAGMAs that only report, without `=`; those with an argument in parentheses are in the second list. */
export const readingPragmas: ReadonlySet<string> = list(
  "APPLICATION_ID AUTO_VACUUM AUTOMATIC_INDEX BUSY_TIMEOUT CACHE_SIZE CACHE_SPILL CELL_SIZE_CHECK COLLATION_LIST COMPILE_OPTIONS DATA_VERSION DATABASE_LIST ENCODING FOREIGN_KEYS FOREIGN_KEY_CHECK FREELIST_COUNT FULLFSYNC FUNCTION_LIST INTEGRITY_CHECK JOURNAL_MODE JOURNAL_SIZE_LIMIT LOCKING_MODE MAX_PAGE_COUNT MMAP_SIZE MODULE_LIST PAGE_COUNT PAGE_SIZE PRAGMA_LIST QUERY_ONLY QUICK_CHECK READ_UNCOMMITTED SCHEMA_VERSION SECURE_DELETE SYNCHRONOUS TABLE_LIST TEMP_STORE THREADS USER_VERSION WAL_AUTOCHECKPOINT DATABASE_SIZE SHOW_TABLES SHOW SHOW_DATABASES VERSION",
);
export const pragmasWithArgument: ReadonlySet<string> = list(
  "TABLE_INFO TABLE_XINFO TABLE_LIST INDEX_LIST INDEX_INFO INDEX_XINFO FOREIGN_KEY_LIST FOREIGN_KEY_CHECK INTEGRITY_CHECK QUICK_CHECK STORAGE_INFO",
);

/** Procedures of SQL Server that only report. */
export const readingProcedures: ReadonlySet<string> = list(
  "SP_WHO SP_WHO2 SP_WHOISACTIVE SP_HELP SP_HELPDB SP_HELPTEXT SP_HELPINDEX SP_HELPFILE SP_HELPCONSTRAINT SP_HELPSERVER SP_HELPLOGINS SP_HELPUSER SP_LOCK SP_SPACEUSED SP_COLUMNS SP_TABLES SP_DATABASES SP_READERRORLOG XP_READERRORLOG XP_FIXEDDRIVES SP_DEPENDS SP_STORED_PROCEDURES SP_SERVER_INFO SP_MONITOR SP_BLITZ SP_BLITZFIRST",
);

/** How each dialect is written. */
export const syntaxes: Readonly<Record<Exclude<SqlDialect, "postgresql">, SqlSyntax>> = {
  mysql: { nameQuotes: "`", hashComment: true, dashNeedsBlank: true, clientCommands: true },
  sqlite: { nameQuotes: "`[" },
  duckdb: { nameQuotes: "", dollarQuotes: true },
  clickhouse: { nameQuotes: "`" },
  cql: { nameQuotes: "", slashComment: true, dollarQuotes: true },
  tsql: { nameQuotes: "[", hashNames: true },
  snowflake: { nameQuotes: "", slashComment: true, dollarQuotes: true },
  bigquery: { nameQuotes: "`", hashComment: true, tripleQuotes: true },
  trino: { nameQuotes: "" },
  influxql: { nameQuotes: "" },
  cypher: { nameQuotes: "`", slashComment: true },
};
