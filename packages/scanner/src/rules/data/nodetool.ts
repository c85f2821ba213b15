// nodetool: the sub-commands that only report, and those that change a node or the ring.
import { type CommandRule, program } from "../../rule.ts";
import { changing, destroying, each, reading } from "../verb-rules.ts";

const onOff = (word: string, opposite: string): CommandRule =>
  changing(`turns something of the node ${word}`, "", {
    inverse: (inv) => {
      const verb = inv.path[0] ?? "";
      const back = verb.startsWith(word) ? opposite + verb.slice(word.length) : "";
      return back === "" || inv.operands.length > 0 ? undefined : { kind: "command", command: `nodetool ${back}` };
    },
  });

export const nodetool = program({
  names: "nodetool",
  source: "cassandra.apache.org/doc/4.1, nodetool",
  style: "long",
  globals: "anywhere",
  why: "asks or runs a Cassandra node",
  flags: "-pp --print-port",
  values: "-h --host -p --port -u --username -pw --password -pwf --password-file",
  verbs: {
    ...each(
      `status info ring tpstats cfstats tablestats cfhistograms tablehistograms proxyhistograms describecluster describering netstats compactionstats compactionhistory gossipinfo version help getcompactionthreshold
       getcompactionthroughput getstreamthroughput getinterdcstreamthroughput getlogginglevels getmaxhintwindow getconcurrency getconcurrentcompactors getconcurrentviewbuilders getendpoints getseeds getsnapshotthrottle
       getsstables gettimeout gettraceprobability getauditlog getfullquerylog getdefaultrf getbatchlogreplaythrottle statusbackup statusbinary statusgossip statushandoff statusthrift
       statusautocompaction toppartitions profileload rangekeysample listsnapshots listpendinghints gcstats clientstats failuredetector datapaths viewbuildstatus `,
      reading("prints the state of the node or the ring"),
    ),
    ...each(
      `cleanup compact flush repair scrub snapshot upgradesstables rebuild  refresh reloadlocalschema reloadtriggers reloadssl reloadseeds relocatesstables garbagecollect verify import replaybatchlog
       drain stop bootstrap join invalidatekeycache invalidaterowcache invalidatecountercache setcompactionthreshold setcompactionthroughput setstreamthroughput setinterdcstreamthroughput
       setlogginglevel setmaxhintwindow setconcurrency setconcurrentcompactors settimeout settraceprobability sethintedhandoffthrottlekb setcachecapacity setsnapshotthrottle forcecompact`,
      changing("works on the node's files or settings and loads it", "the data stay the same; a drained node is started again"),
    ),
    ...each(
      "enableautocompaction enablebackup enablebinary enablegossip enablehandoff enablefullquerylog enableauditlog enableoldprotocolversions enablehintsfordc",
      onOff("enable", "disable"),
    ),
    ...each(
      "disableautocompaction disablebackup disablebinary disablegossip disablehandoff disablefullquerylog disableauditlog disableoldprotocolversions disablehintsfordc",
      onOff("disable", "enable"),
    ),
    "repair_admin|rebuild_index|recompress_sstables|resetfullquerylog": changing(
      "works on the node's files and loads it",
      "the data stay the same",
    ),
    pausehandoff: changing("holds hints back", "", { inverse: () => ({ kind: "command", command: "nodetool resumehandoff" }) }),
    resumehandoff: changing("delivers hints again", "", { inverse: () => ({ kind: "command", command: "nodetool pausehandoff" }) }),
    ...each(
      "decommission removenode assassinate clearsnapshot stopdaemon truncatehints move resetlocalschema",
      destroying("takes a node out, stops it, or deletes snapshots or hints", "node"),
    ),
  },
  examples: {
    "nodetool -h db1 status shop": "safe",
    "nodetool tablestats shop.orders": "safe",
    "nodetool compactionstats -H": "safe",
    "nodetool disablebinary": "caution",
    "nodetool drain": "caution",
    "nodetool repair -pr shop": "caution",
    "nodetool decommission": "dangerous",
    "nodetool clearsnapshot --all": "dangerous",
  },
  nearMisses: ["nodetool", "nodetool sjk ttop", "nodetool removenode 5ad", "nodetool -h db1 flush"],
});

export const sstableTools = program({
  names: "sstablemetadata|sstableutil|sstabledump|sstableexpiredblockers|sstablepartitions",
  source: "cassandra.apache.org/doc/4.1, SSTable tools",
  why: "prints what files of Cassandra hold",
  anyOption: true,
  operands: "read*",
  options: { "-c|--cleanup": { arity: "flag", risk: "caution", why: "removes left-over files" } },
  examples: { "sstablemetadata nb-1-big-Data.db": "safe", "sstableutil --cleanup shop orders": "caution" },
  nearMisses: ["sstableutil -c shop orders"],
});
