// Lines that are sent to a port by nc, telnet or /dev/tcp -> what the server does with them: memcached, ZooKeeper's four-letter words and
// Redis. Pure; for the rules of the programs that send them. A line that stands in no list is unknown.
import type { Finding } from "../../rule.ts";
import { judgeRedis, redisLines } from "./redis-commands.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const first = (line: string): string => line.trim().split(/\s+/, 1)[0] ?? "";

const memcachedReads = words("stats get gets version quit mn me");
const memcachedChanges = words("set add replace append prepend cas incr decr touch gat gats ms ma verbosity lru_crawler");
const memcachedDestroys = words("flush_all delete shutdown md slabs cache_memlimit");
const zookeeperReads = words("ruok stat srvr mntr conf cons envi dump isro wchs wchc wchp dirs hash gtmk");
const zookeeperChanges = words("srst crst stmk");

/** One line of memcached's text protocol. */
function judgeMemcachedLine(line: string): Finding | undefined {
  const name = first(line);
  if (/^stats\s+(reset|detail|sizes_\w+)\b/.test(line.trim()))
    return { risk: "caution", why: "resets or changes the statistics of memcached" };
  if (memcachedReads.has(name) || /^lru_crawler metadump\b/.test(line.trim())) return undefined;
  if (memcachedDestroys.has(name)) return { risk: "dangerous", why: "deletes from memcached or stops it" };
  if (memcachedChanges.has(name)) return { risk: "caution", why: "stores something in memcached or changes it" };
  return { risk: "unknown", why: "is no known command of memcached" };
}

/** One of ZooKeeper's four-letter words; `kill` stops old servers. */
function judgeZookeeperWord(word: string): Finding | undefined {
  const name = word.trim();
  if (zookeeperReads.has(name)) return undefined;
  if (zookeeperChanges.has(name)) return { risk: "caution", why: "resets statistics or sets the trace mask of ZooKeeper" };
  return name === "kill" ? { risk: "dangerous", why: "stops ZooKeeper" } : { risk: "unknown", why: "is no known word of ZooKeeper" };
}

/** The words of no two of these servers mean different things, but for `kill` and for what Redis spells without regard to case. */
function judgeLine(line: string): Finding | undefined {
  const name = line.trim();
  if (name === "kill" || zookeeperReads.has(name) || zookeeperChanges.has(name)) return judgeZookeeperWord(name);
  const command = first(line);
  const known = memcachedReads.has(command) || memcachedChanges.has(command) || memcachedDestroys.has(command);
  if (known && command !== "get") return judgeMemcachedLine(line);
  const redis = redisLines(line)?.[0];
  return redis === undefined ? { risk: "unknown", why: "is a line that no known server only answers" } : judgeRedis(redis);
}

function judgeLines(text: string, judge: (line: string) => Finding | undefined): readonly Finding[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > 200) return [{ risk: "unknown", why: "is more than is looked at" }];
  return lines.map(judge).filter((finding) => finding !== undefined);
}

/**
 * What memcached, ZooKeeper or Redis would make of `text`, line by line: `stats`, `ruok`, `INFO` only ask; `flush_all`, `kill`, `FLUSHALL` destroy.
 * Result: one finding per line that does more than ask; none when every line only asks. An empty text asks nothing.
 */
export function judgeSocketLines(text: string): readonly Finding[] {
  return judgeLines(text, judgeLine);
}

/** The same for text that surely goes to memcached. */
export function judgeMemcachedLines(text: string): readonly Finding[] {
  return judgeLines(text, judgeMemcachedLine);
}
