// Programs that ask where the clock comes from, and steer it.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";

const chronyReads =
  /^(tracking|sources|sourcestats|activity|authdata|clients|ntpdata|serverstats|smoothing|rtcdata|selectdata|sourcename|manual list|accheck|cmdaccheck|help|\?|dns|timeout|retries|keygen)\b/;
/** Shows counters and sets them to nothing. */
const chronyResets = /^clients\b.*\s-[a-z]*r/;
const chronyDestroys = /^(shutdown|delete|reset|deny|cmddeny|allow|cmdallow|settime|trimrtc)\b/;

export const chronyc = program({
  names: "chronyc",
  source: "chronyc(1), chrony 4.5",
  style: "posix",
  why: "asks or steers the clock's daemon",
  safer: "chronyc tracking",
  risk: (inv) => {
    const commands = inv.has("-m") ? inv.operands.map((arg) => arg.text) : [inv.operands.map((arg) => arg.text).join(" ")];
    if (inv.operands.length === 0) return inv.has("-v") ? "safe" : "unknown";
    if (commands.every((command) => chronyReads.test(command) && !chronyResets.test(command))) return "safe";
    return commands.some((command) => chronyDestroys.test(command)) ? "dangerous" : "caution";
  },
  flags: "-4 -6 -n -N -c -e -d -m -a -v --version",
  values: "-h -p -f",
  operands: "data*",
  targets: () => [{ kind: "clock", name: "chronyd" }],
  noInverse: "the clock runs on from where it was set",
  examples: {
    "chronyc tracking": "safe",
    "chronyc -n sources -v": "safe",
    "chronyc -m tracking sources": "safe",
    "chronyc makestep": "caution",
    "chronyc burst 4/4": "caution",
    "chronyc shutdown": "dangerous",
    "chronyc delete 10.0.0.1": "dangerous",
  },
  nearMisses: ["chronyc", "chronyc -m tracking makestep", "chronyc $x", "chronyc reload sources", "chronyc clients -r"],
});

const ntpqReads =
  /^(peers|lpeers|opeers|associations|as|lassoc|lassociations|passociations|pass|readlist|rl|readvar|rv|sysinfo|sysstats|kerninfo|iostats|timerstats|monstats|ifstats|mrulist|clocklist|cl|clockvar|cv|apeers|version|ntpversion|host|pstats|authinfo|cooked|raw|help|readstatus|mreadlist|mreadvar)\b/;

function ntpqRisk(inv: Invocation): Risk {
  const commands = inv.all("-c").map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  // `> FILE` behind a command sends its answer there.
  if (commands.some((command) => !ntpqReads.test(command) || command.includes(">"))) return "caution";
  return commands.length > 0 || inv.has("-p") || inv.has("--version") || inv.stdin.kind === "text"
    ? inv.stdin.kind === "text"
      ? "unknown"
      : "safe"
    : "unknown";
}

export const ntpq = program({
  names: "ntpq|ntpdc|ntpmon",
  source: "ntpq(8), ntp 4.2.8, ntpsec 1.2",
  why: "asks the clock's daemon for its peers",
  safer: "ntpq -pn",
  risk: ntpqRisk,
  flags: "-4 -6 -d -i -l -n|--numeric -p|--peers -s -u -w|--wide --version",
  values: "-c|--command",
  operands: "data*",
  noInverse: "ntpq -c rv prints the state before",
  examples: { "ntpq -p": "safe", "ntpq -pn ntp1": "safe", "ntpq -c rv": "safe", "ntpq -c ':config x'": "caution" },
  nearMisses: ["ntpq", "ntpq -p -c saveconfig", "ntpq -i"],
});

const onlyAsks = (inv: Invocation): boolean => !["-S", "-s", "-a", "-j"].some((name) => inv.has(name)) && inv.unlisted.length === 0;

/** When each of them sets nothing; the others always may. */
const asks: Readonly<Record<string, (inv: Invocation) => boolean>> = {
  ntpstat: () => true,
  ntpctl: () => true,
  ntptime: (inv) => inv.options.length + inv.unlisted.length === 0,
  ntpdate: (inv) => inv.has("-q"),
  rdate: (inv) => inv.has("-p") && !inv.has("-s"),
  sntp: onlyAsks,
  ntpdig: onlyAsks,
  pmc: (inv) => /^(\d )?GET \w+$/.test(inv.operands.map((arg) => arg.text).join(" ")),
};

export const clockSetters = program({
  names: "ntpdate|sntp|ntpd|ntpstat|ntptime|ntpdig|chronyd|rdate|ptp4l|phc2sys|pmc|openntpd|ntpctl",
  source: "ntpdate(8), sntp(1), ntp 4.2.8; ntpctl(8), OpenNTPD 7; pmc(8)",
  why: "asks other clocks, or sets this one",
  safer: "ntpdate -q HOST",
  risk: (inv) => (asks[inv.program]?.(inv) === true ? "safe" : "caution"),
  flags: "-4 -6 -b -B -d -q -u -v -S -p -c -n -j -s -a",
  values: "-t -e -k -o -i -K -r",
  anyOption: true,
  operands: "data*",
  answers: [1, 2],
  noInverse: "the clock runs on from where it was set",
  examples: {
    "ntpdate -q pool.ntp.org": "safe",
    ntpstat: "safe",
    "pmc -u -b 0 'GET TIME_STATUS_NP'": "safe",
    "ntpdate pool.ntp.org": "caution",
    "sntp -S ntp1": "caution",
  },
  nearMisses: ["chronyd -q", "rdate -s ntp1", "ntptime -f 1"],
});
