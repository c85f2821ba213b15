// Methods of the mongo shell and commands of MongoDB by what they mean (mongosh 2, MongoDB 7). Data only.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Methods by the object that has them: those that read, those that change, those that destroy. */
interface Methods {
  readonly reads: ReadonlySet<string>;
  readonly changes: ReadonlySet<string>;
  readonly destroys: ReadonlySet<string>;
}

export const databaseMethods: Methods = {
  reads: words(`
serverStatus stats hello isMaster version getName getCollectionNames getCollectionInfos currentOp getProfilingStatus getReplicationInfo printReplicationInfo printSecondaryReplicationInfo
printSlaveReplicationInfo printShardingStatus hostInfo serverBuildInfo serverCmdLineOpts getLogComponents listCommands help printCollectionStats getFreeMonitoringStatus getSiblingDB getSisterDB getCollection
getMongo getDB getDBs getDBNames getRoles getRole aggregate`),
  changes: words(
    "setProfilingLevel setLogLevel createCollection createView fsyncUnlock resetError setSecondaryOk setSlaveOk auth logout enableFreeMonitoring disableFreeMonitoring",
  ),
  destroys: words(`
dropDatabase dropUser dropAllUsers dropRole dropAllRoles createUser updateUser changeUserPassword grantRolesToUser revokeRolesFromUser createRole updateRole grantPrivilegesToRole revokePrivilegesFromRole
grantRolesToRole revokeRolesFromRole shutdownServer killOp fsyncLock eval repairDatabase cloneDatabase copyDatabase removeUser addUser rotateCertificates`),
};

export const collectionMethods: Methods = {
  reads: words(`
find findOne count countDocuments estimatedDocumentCount distinct aggregate explain stats getIndexes getIndexKeys getIndices dataSize storageSize totalSize totalIndexSize latencyStats getShardDistribution
getShardVersion isCapped getPlanCache getFullName getName getDB exists help getSearchIndexes analyzeShardKey`),
  changes: words(`
insert insertOne insertMany update updateOne updateMany replaceOne findOneAndUpdate findOneAndReplace findAndModify save createIndex createIndexes ensureIndex hideIndex unhideIndex reIndex renameCollection
initializeUnorderedBulkOp initializeOrderedBulkOp validate compact configureQueryAnalyzer createSearchIndex updateSearchIndex`),
  destroys: words(
    "drop deleteOne deleteMany remove findOneAndDelete dropIndex dropIndexes convertToCapped bulkWrite mapReduce dropSearchIndex",
  ),
};

export const replicaSetMethods: Methods = {
  reads: words("status conf config printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo hello isMaster help"),
  changes: words("add addArb stepDown freeze syncFrom secondaryOk slaveOk"),
  destroys: words("remove reconfig reconfigForPSASet initiate"),
};

export const shardMethods: Methods = {
  reads: words(
    "status getBalancerState isBalancerRunning help balancerCollectionStatus isConfigShardEnabled listShards getShardedDataDistribution",
  ),
  changes: words(`
startBalancer stopBalancer setBalancerState enableBalancing disableBalancing enableAutoSplit disableAutoSplit addShard addShardTag addTagRange addShardToZone enableSharding moveChunk moveRange splitAt splitFind
updateZoneKeyRange refineCollectionShardKey abortReshardCollection commitReshardCollection`),
  destroys: words(
    "shardCollection removeShardTag removeShardFromZone removeRangeFromZone removeTagRange reshardCollection unshardCollection moveCollection removeShard",
  ),
};

/** Methods of cursors, explanations and plain results. */
export const resultReads: ReadonlySet<string> = words(`
sort limit skip pretty toArray count size itcount hint explain maxTimeMS batchSize projection project readPref comment collation allowDiskUse next hasNext tryNext objsLeftInBatch min max returnKey
showRecordId finish executionStats list listQueryShapes toString toFixed join slice find aggregate distinct getTimestamp getTime toISOString`);

/** First key of runCommand and adminCommand. */
export const readCommands: ReadonlySet<string> = words(`
ping hello isMaster ismaster serverStatus buildInfo buildinfo replSetGetStatus replSetGetConfig dbStats dbstats collStats collstats listDatabases listCollections listIndexes currentOp getParameter getCmdLineOpts
hostInfo connPoolStats connPoolSync top getLog connectionStatus count distinct find aggregate explain dataSize shardingState listShards getShardMap balancerStatus features whatsmyuri rolesInfo isdbgrid netstat
lockInfo shardConnPoolStats listCommands planCacheListFilters getShardVersion availableQueryOptions getDefaultRWConcern`);
export const destructiveCommands: ReadonlySet<string> = words(`
dropDatabase drop dropIndexes delete shutdown killOp killCursors killSessions killAllSessions killAllSessionsByPattern dropUser dropRole dropAllUsersFromDatabase dropAllRolesFromDatabase createUser updateUser
grantRolesToUser revokeRolesFromUser createRole updateRole fsync replSetReconfig replSetInitiate removeShard shardCollection convertToCapped eval $eval mapReduce`);
export const changingCommands: ReadonlySet<string> = words(`
insert update findAndModify findandmodify create createIndexes collMod compact reIndex validate profile setParameter logRotate replSetStepDown replSetFreeze replSetSyncFrom replSetMaintenance setFeatureCompatibilityVersion
balancerStart balancerStop moveChunk renameCollection enableSharding addShard planCacheClear getMore flushRouterConfig resync touch`);

/** Constructors and functions of values. */
export const valueNames: ReadonlySet<string> = words(
  "ObjectId ISODate Date NumberLong NumberInt NumberDecimal Long Int32 Double Decimal128 Timestamp UUID BinData MinKey MaxKey RegExp DBRef Math Infinity NaN",
);
/** Functions that print what they are given. */
export const printers: ReadonlySet<string> = words("print printjson tojson JSON EJSON console Object");
