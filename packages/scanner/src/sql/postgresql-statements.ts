// What each kind of PostgreSQL statement means when it runs. Node names are libpg-query's (PostgreSQL 18 grammar).
// A node that stands in neither list makes the statement unknown.
import type { Risk } from "../types.ts";

/** Nodes that a reading statement may consist of. */
export const readingNodes: ReadonlySet<string> = new Set(
  "SelectStmt ResTarget ColumnRef String Integer Float Boolean BitString A_Star A_Const A_Expr BoolExpr FuncCall TypeCast RangeVar RangeSubselect RangeFunction JoinExpr SubLink CaseExpr CaseWhen CoalesceExpr MinMaxExpr NullTest BooleanTest SortBy List CommonTableExpr A_ArrayExpr A_Indirection A_Indices RowExpr GroupingSet GroupingFunc SQLValueFunction CollateClause WindowDef NamedArgExpr TypeName VariableShowStmt ExplainStmt DefElem CopyStmt TransactionStmt VariableSetStmt RangeTableSample RangeTableFunc RangeTableFuncCol XmlExpr XmlSerialize ParamRef CTESearchClause CTECycleClause JsonFuncExpr JsonOutput JsonReturning JsonFormat JsonValueExpr JsonIsPredicate JsonScalarExpr JsonSerializeExpr JsonParseExpr JsonArrayConstructor JsonArrayQueryConstructor JsonObjectConstructor JsonAggConstructor JsonObjectAgg JsonArrayAgg JsonKeyValue JsonTable JsonTableColumn JsonTablePathSpec JsonBehavior JsonArgument".split(
    " ",
  ),
);

/** Parts of changing statements: they carry no risk of their own, their statement does. */
export const changingParts: ReadonlySet<string> = new Set(
  "ColumnDef Constraint AlterTableCmd PartitionSpec PartitionElem PartitionCmd RoleSpec ObjectWithArgs AccessPriv IndexElem OnConflictClause InferClause VacuumRelation FunctionParameter MergeWhenClause SetToDefault MultiAssignRef CurrentOfExpr LockingClause IntoClause TableLikeClause ReturningOption StatsElem PublicationObjSpec".split(
    " ",
  ),
);

export interface StatementMeaning {
  readonly risk: Risk;
  readonly why: string;
  readonly safer?: string;
}

const caution = (why: string, safer?: string): StatementMeaning =>
  safer === undefined ? { risk: "caution", why } : { risk: "caution", why, safer };
const dangerous = (why: string, safer?: string): StatementMeaning =>
  safer === undefined ? { risk: "dangerous", why } : { risk: "dangerous", why, safer };

const privilege = dangerous("changes who may do what");
const removal = dangerous("removes objects and all they hold; there is no way back");
const definition = caution("changes the definition of objects");

/** Statements that change something. UPDATE and DELETE without a WHERE are judged apart. */
export const changingStatements: Readonly<Record<string, StatementMeaning>> = {
  InsertStmt: caution("adds rows"),
  UpdateStmt: caution("changes rows", "SELECT with the same WHERE shows which"),
  DeleteStmt: dangerous("deletes rows; there is no way back", "SELECT with the same WHERE shows which"),
  MergeStmt: caution("adds, changes or deletes rows"),
  TruncateStmt: dangerous("empties tables; there is no way back", "SELECT count(*) shows how many rows there are"),
  DropStmt: removal,
  DropdbStmt: removal,
  DropOwnedStmt: removal,
  DropRoleStmt: privilege,
  DropTableSpaceStmt: removal,
  DropSubscriptionStmt: removal,
  DropUserMappingStmt: removal,
  GrantStmt: privilege,
  GrantRoleStmt: privilege,
  AlterDefaultPrivilegesStmt: privilege,
  CreateRoleStmt: privilege,
  AlterRoleStmt: privilege,
  AlterRoleSetStmt: privilege,
  ReassignOwnedStmt: privilege,
  AlterOwnerStmt: privilege,
  CreatePolicyStmt: privilege,
  AlterPolicyStmt: privilege,
  SecLabelStmt: privilege,
  CreateFunctionStmt: dangerous("defines code that runs in the server"),
  AlterFunctionStmt: dangerous("changes code that runs in the server"),
  CreateTrigStmt: dangerous("defines code that runs by itself"),
  CreateEventTrigStmt: dangerous("defines code that runs by itself"),
  RuleStmt: dangerous("defines what other statements really do"),
  CreateExtensionStmt: dangerous("loads code into the server"),
  AlterExtensionStmt: dangerous("changes code that runs in the server"),
  CreatePLangStmt: dangerous("loads code into the server"),
  LoadStmt: dangerous("loads code into the server"),
  DoStmt: dangerous("runs a block of code that is not looked at"),
  CallStmt: { risk: "unknown", why: "calls a procedure that is not known" },
  ExecuteStmt: { risk: "unknown", why: "runs a statement that was prepared elsewhere" },
  PrepareStmt: { risk: "unknown", why: "prepares a statement" },
  AlterSystemStmt: caution("changes the server's configuration", "SHOW prints the present value"),
  AlterDatabaseStmt: definition,
  AlterDatabaseSetStmt: definition,
  AlterTableStmt: definition,
  RenameStmt: definition,
  AlterObjectSchemaStmt: definition,
  AlterSeqStmt: definition,
  AlterEnumStmt: definition,
  AlterDomainStmt: definition,
  CommentStmt: definition,
  CreateStmt: definition,
  CreateTableAsStmt: definition,
  CreateSchemaStmt: definition,
  CreateSeqStmt: definition,
  CreateEnumStmt: definition,
  CreateDomainStmt: definition,
  CreatedbStmt: definition,
  CreateStatsStmt: definition,
  CreatePublicationStmt: definition,
  AlterPublicationStmt: definition,
  CreateSubscriptionStmt: definition,
  AlterSubscriptionStmt: definition,
  ViewStmt: definition,
  IndexStmt: caution("builds an index and holds a lock while it does", "CREATE INDEX CONCURRENTLY does not block writers"),
  ReindexStmt: caution("rebuilds indexes and holds locks"),
  ClusterStmt: caution("rewrites a table under an exclusive lock"),
  VacuumStmt: caution("rewrites or analyses tables; loads the server"),
  RefreshMatViewStmt: caution("rebuilds a materialised view"),
  CheckPointStmt: caution("writes everything to disk at once"),
  LockStmt: caution("locks tables"),
  ListenStmt: caution("registers for notifications"),
  UnlistenStmt: caution("changes registrations"),
  NotifyStmt: caution("sends a notification"),
  DiscardStmt: caution("resets the session"),
  DeclareCursorStmt: caution("opens a cursor"),
  FetchStmt: caution("moves a cursor"),
  ClosePortalStmt: caution("closes a cursor"),
  DeallocateStmt: caution("forgets a prepared statement"),
  ConstraintsSetStmt: caution("changes when constraints are checked"),
  AlterFdwStmt: privilege,
  AlterForeignServerStmt: privilege,
  AlterUserMappingStmt: privilege,
  AlterEventTrigStmt: definition,
  AlterTableSpaceOptionsStmt: definition,
  AlterTSConfigurationStmt: definition,
  AlterTSDictionaryStmt: definition,
  AlterOperatorStmt: definition,
  AlterOpFamilyStmt: definition,
  AlterTypeStmt: definition,
  AlterStatsStmt: definition,
  AlterCollationStmt: definition,
  AlterTableMoveAllStmt: caution("moves tables to another tablespace"),
  AlterObjectDependsStmt: definition,
  AlterDatabaseRefreshCollStmt: definition,
  AlterExtensionContentsStmt: definition,
  CompositeTypeStmt: definition,
  CreateRangeStmt: definition,
  CreateForeignTableStmt: definition,
  CreateTableSpaceStmt: definition,
  CreateConversionStmt: definition,
  CreateAmStmt: dangerous("loads code into the server"),
  CreateCastStmt: dangerous("defines what other statements really do"),
  CreateTransformStmt: dangerous("defines what other statements really do"),
  CreateOpClassStmt: dangerous("defines what other statements really do"),
  CreateOpFamilyStmt: definition,
  DefineStmt: definition,
  ImportForeignSchemaStmt: definition,
  CreateFdwStmt: privilege,
  CreateForeignServerStmt: privilege,
  CreateUserMappingStmt: privilege,
};

/** Settings of the session that a read may change: they make it shorter or print it otherwise, nothing else. */
export const harmlessSettings: ReadonlySet<string> = new Set(
  "statement_timeout lock_timeout idle_in_transaction_session_timeout transaction_timeout timezone datestyle intervalstyle application_name client_min_messages bytea_output extra_float_digits default_transaction_read_only transaction_read_only".split(
    " ",
  ),
);

/** Relations that hold password hashes or credentials. */
export const sensitiveRelations: ReadonlySet<string> = new Set(
  "pg_authid pg_shadow pg_user_mapping pg_user_mappings pg_subscription pg_hba_file_rules pg_file_settings pg_largeobject".split(" "),
);
