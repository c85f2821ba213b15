// What can be wrong, in the words of rules, people and dashboards: one symptom per line, `~` marks what only resembles it.
// Wide on purpose: one team's "gone" is another's "absent", and a runbook about one symptom is seldom the answer to the other.
export const symptoms = `
down: down, absent, offline, unavailable, gone, dead, outage, disappeared, vanished, not running, no instance, not up, no longer, stopped, missing, lost, ~unreachable, ~not ready, ~unhealthy, ~does not answer, ~inactive
unreachable: unreachable, not reachable, cannot connect, cannot be contacted, connection refused, timed out, no route, cannot reach, not connected, disconnected, not reached, lost contact, ~down, ~offline
notready: not ready, notready, unready, ready false, ready=false, unhealthy, ~down
unhealthy: unhealthy, degraded, error state, health, red, yellow, health_err, not healthy, sick, ~failing, ~notready
failing: fail, failing, failed, failure, error, errors, exception, broken, cannot, unsuccessful, not successful, does not work, ~refused
errorrate: error rate, error ratio, errors high, too many errors, error budget, percentage of errors, high error
slow: slow, latency, duration, takes longer, high latency, p99, p95, response time, percentile, sluggish, too slow, took long, ~timeout, ~delay
timeout: timeout, timing out, timed out, time out, deadline exceeded, terminated requests
lag: lag, lagging, behind, delay, delayed, late, overdue, stale, outdated, not up to date, old, past due, ~backlog
backlog: backlog, pile up, queue length, pending, enqueued, queue grows, waiting, queue full, queue high, large queue, overdue, ~lag
full: full, near full, almost full, filling up, fills up, out of space, no space, no space left, running out, low space, exhausted, exhaustion, runs out, nearly exhausted, low disk space, near limit, at limit, close to its limit, percent used, almost exhausted, ceiling reached, at its maximum, maxed out, saturated, saturation, reached its limit, ~over limit, ~quota
saturation: saturated, saturation, exhausted, pool full, maxed out, at capacity, too many connections, high connections, max connections, ~full
forecast: predict, prediction, forecast, will be full, runs out within, will fill, filling up, fill up, within 4 hours, by tomorrow, projection, projected, current growth, at this rate, will run out
limit: limit, quota, ceiling, maximum, threshold, cap, upper bound
overcommit: overcommit, overcommitted, overbooked, oversubscribed, requests above
high: high, too high, extremely high, above, exceeds, spike, elevated, rising, increased, too many, excessive, overloaded, climbs, climbing, doubled, surge
low: low, below, less, few, fewer, not enough, insufficient, too few, shortage, drops below, shrinks, under the minimum
pressure: pressure, memory pressure, thrashing, short of memory, starved
expiring: expire, expires, expiring, expiry, expiration, expired, near expiry, runs out in days, valid for, not valid, renewal due, soon
renew: renew, renewal, rotate, rotation, reissue, renewed
restart: restart, restarting, restarts, restarted, crash, crashing, crashloop, crash looping, crashloopbackoff, flap, flapping, exits, back off, backoff, again and again, reboot loop
stuck: stuck, hang, hangs, hung, blocked, not progressing, no progress, does not finish, not finished, never finishes, stalled, waiting, pending, frozen, incomplete, never ends, without progress, does not progress
mismatch: mismatch, mismatched, differ, different, do not agree, inconsistent, disagree, out of sync, drift, deviates, not equal, unexpected
modified: modified, changed, edited, overwritten, out-of-band
dropped: drop, dropped, dropping, drops, discard, discarded, thrown away, lost, lose, loss, get lost, not delivered, vanish
rejected: reject, rejected, refuse, refused, denied, deny, not accepted, forbidden, not allowed, disallowed, blocked, invalid
readonly: read-only, readonly, read only, write protected, cannot write, no writes, refuses writes, rejects writes, not writable, cannot be written, accepts no writes
notscheduled: misscheduled, mis scheduled, wrong node, not scheduled, unschedulable
stopped: stop, stopped, stopping, halted, ceased, disabled, paused, suspended, not active, inactive
paused: pause, paused, on hold
missing: missing, absent, no, lack, without, lost, not found, none, not available, unavailable
outdated: outdated, old, deprecated, obsolete, legacy, insecure, no longer supported, unsupported, out of date
skipped: skip, skipped, missed, missing, not run, did not run, has not run
deprecated: deprecated, obsolete, legacy, removed soon, end of life, eol
throttled: throttle, throttled, throttling, rate limited, throughput exceeded, exceed the provisioned, limited
orphaned: orphan, orphaned, leftover, left behind, stale
duplicate: duplicate, collision, same, conflict, share, twice
corrupt: corrupt, corruption, checksum, damaged, inconsistent, integrity, bit rot, verification failed
leaked: leak, leaked, exposed, published, compromised, stolen, published keys
attack: attack, ddos, intrusion, brute force, abuse, suspicious, ransomware, malware
unbalanced: unbalanced, imbalance, skewed, hot spot, same node, same zone, not spread, unevenly, not evenly, all in one
unprotected: no standby, no failover, no replica, single copy, not redundant, cannot be evicted, at risk, zero disruptions
notconnected: not connected, no connection, not discovered, lost connection, cannot connect
burn: burn, error budget burn, fast burn, budget, too fast
flapping: flap, flapping, unstable, up and down, changes often, on and off
notrenewed: not renewed, cannot renew, failed to renew
overdue: overdue, past due, late, not yet, behind schedule
notsynced: not synced, not synchronised, not synchronized, out of sync, unsynchronised, no source
syncfail: failed to sync, sync failed, cannot sync, not synchronised, sync failure
zero: zero, none, nothing, nobody, no one
growth: grows, growing, growth, increases, swelling
denied: access denied, permission denied, not authorized, unauthorized, forbidden, not permitted, not allowed
outoforder: out of order, duplicate timestamp, too old
deleted: deleted, removed, wiped, erased
skewed: skew, version skew, older version, different versions
`;
