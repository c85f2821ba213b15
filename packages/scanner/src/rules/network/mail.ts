// Mail: queues of Postfix, Exim and sendmail, mailboxes of Dovecot, spam filters. Lists of a queue read; a message's text is sensitive;
// deleting from a queue cannot be taken back, sending cannot either.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { changing, destroying, each, listing } from "../verb-rules.ts";

const sent = "mail that was sent cannot be taken back";

export const mailq = program({
  names: "mailq|exiqgrep|exiqsumm|qshape|pflogsumm|eximstats|mailstats|qmail-qstat|qmail-qread|exipick",
  source: "mailq(1), qshape(1), Postfix 3.9; exiqgrep(8), exipick(8), Exim 4.98",
  why: "lists what waits in the mail queue",
  flags: "-z -x -b -c -C -i -l -R -a -v -h -p -bp --help --detail -q --problems_first --no_no_msg_size --rej_add_from --verbose_msg_detail",
  values: "-f -r -o -y -s -d -u -t -w -W -n -G",
  operands: "read*",
  examples: { mailq: "safe", "qshape deferred": "safe", "exiqgrep -i -r bob@x.org": "safe", "exiqgrep -c": "safe" },
  nearMisses: ["mailq --frob", "exiqgrep $x"],
});

export const postqueue = program({
  names: "postqueue",
  source: "postqueue(1), Postfix 3.9",
  why: "lists the mail queue, or tries to deliver it",
  safer: "postqueue -p",
  risk: (inv) => {
    if (inv.has("-f") || inv.has("-i") || inv.has("-s")) return "caution";
    return inv.has("-p") || inv.has("-j") ? "safe" : "unknown";
  },
  flags: "-p -j -v -f",
  values: "-i -s",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "none",
  noInverse: sent,
  examples: {
    "postqueue -p": "safe",
    "postqueue -j": "safe",
    "postqueue -f": "caution",
    "postqueue -i 4A1B": "caution",
    "postqueue -p -c d": "unknown",
  },
  nearMisses: ["postqueue", "postqueue -pf"],
});

export const postsuper = program({
  names: "postsuper",
  source: "postsuper(1), Postfix 3.9",
  why: "deletes, holds or requeues mail",
  safer: "postqueue -p",
  risk: (inv) => (inv.has("-d") ? "dangerous" : "caution"),
  flags: "-v -p -S -s",
  values: "-d -h -H -r -e -f",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "data*",
  targets: (inv) => inv.all("-d").map((arg) => ({ kind: "message", name: arg.text })),
  inverse: (inv) => {
    const [held, released] = [inv.value("-h"), inv.value("-H")];
    if (inv.options.length !== 1 || inv.operands.length > 0) return undefined;
    if (held !== undefined && /^\w+$/.test(held)) return { kind: "command", command: `postsuper -H ${held}` };
    return released !== undefined && /^\w+$/.test(released) ? { kind: "command", command: `postsuper -h ${released}` } : undefined;
  },
  noInverse: "mail that was put back into the queue is delivered as usual",
  examples: {
    "postsuper -h 4A1B": "caution",
    "postsuper -r ALL": "caution",
    "postsuper -c d -s": "unknown",
    "postsuper -d 4A1B": "dangerous",
    "postsuper -d ALL deferred": "dangerous",
  },
  nearMisses: ["postsuper -dALL", "mailq | postsuper -d -", "postsuper -s"],
});

export const postcat = program({
  names: "postcat",
  source: "postcat(1), Postfix 3.9",
  why: "prints a message of the queue",
  flags: "-b -d -e -h -o -q -v",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "read*",
  sensitive: (inv) => !inv.has("-e") || inv.has("-b") || inv.has("-h"),
  safer: "postqueue -p",
  examples: { "postcat -eq 4A1B": "safe", "postcat -q 4A1B": "caution", "postcat -c d -q 4A1B": "unknown" },
  nearMisses: ["postcat -bq 4A1B", "postcat -vq 4A1B"],
});

export const postconf = program({
  names: "postconf",
  source: "postconf(1), Postfix 3.9",
  why: "prints or changes settings of Postfix",
  safer: "postconf NAME",
  risk: (inv) => {
    if (inv.has("-X") || inv.has("-#")) return "dangerous";
    return inv.has("-e") || inv.operands.some((arg) => arg.head.includes("=") && !inv.has("-o")) ? "caution" : "safe";
  },
  flags: "-a -A -d -f -F -h -H -l -m -M -n -p -P -t -v -x -C -b -T -j -o -e -X -#",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "data*",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "setting", name: arg.text })),
  inverse: (inv) => {
    const name = /^(\w+)\s*=/.exec(inv.operand(0) ?? "")?.[1];
    return name === undefined || inv.operands.length !== 1
      ? undefined
      : { kind: "capture", capture: `postconf -h ${name}`, command: `postconf -e '${name}={capture}'` };
  },
  noInverse: "postconf -n prints the settings before; keep them",
  examples: {
    "postconf -n": "safe",
    "postconf relayhost": "safe",
    "postconf -e 'relayhost=x.org'": "caution",
    "postconf -c d": "unknown",
    "postconf -X relayhost": "dangerous",
  },
  nearMisses: ["postconf relayhost=x.org", "postconf -M# smtp/inet", "postconf -ne a=b"],
});

const mapInput = (inv: Invocation): Risk => (inv.has("-q") || inv.has("-s") ? "safe" : inv.has("-d") ? "dangerous" : "caution");

export const postmap = program({
  names: "postmap|postalias|newaliases",
  source: "postmap(1), newaliases(1), Postfix 3.9",
  why: "asks a lookup table, or makes it anew from its text",
  risk: mapInput,
  flags: "-b -f -F -h -i -m -N -n -o -p -r -s -S -u -U -v -w",
  values: "-q -d",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" } },
  operands: "read*",
  targets: (inv) => [{ kind: "entry", name: inv.value("-d") ?? "entry" }],
  noInverse: "change the text back and run it again",
  examples: {
    "postmap -q bob@x.org hash:/etc/postfix/virtual": "safe",
    "postmap /etc/postfix/virtual": "caution",
    newaliases: "caution",
    "postmap -d bob hash:v": "dangerous",
    "postmap -c d -q a b": "unknown",
  },
  nearMisses: ["postalias /etc/aliases", "postmap $x"],
});

export const postfix = program({
  names: "postfix|postmulti|dovecot|opendkim|opensmtpd|smtpctl",
  source: "postfix(1) 3.9; dovecot(1) 2.3; smtpctl(8)",
  style: "posix",
  why: "shows, checks or steers the mail server",
  risk: (inv) => {
    const words = inv.operands.map((arg) => arg.text).join(" ");
    if (
      /^(status|check|tls deployed-server-cert-fingerprint|show (queue|stats|status|hosts|relays|routes|hoststats)|monitor)\b/.test(words)
    )
      return "safe";
    if ((inv.program === "dovecot" && inv.has("-n")) || inv.has("-l") || inv.has("-V")) return words === "" ? "safe" : "caution";
    return /^(stop|abort|drain|remove|pause|kill)\b/.test(words) ? "dangerous" : "caution";
  },
  flags: "-v -D -n -a -l -V --version",
  options: { "-c": { kind: "code", risk: "unknown", why: "another configuration" }, "-i|-g|-e": { why: "names an instance" } },
  operands: "data*",
  targets: (inv) => [{ kind: "server", name: inv.program }],
  unbounded: (inv) => inv.operand(0) === "monitor",
  noInverse: "start or stop it again",
  examples: {
    "postfix status": "safe",
    "postfix check": "safe",
    "dovecot -n": "safe",
    "postmulti -l": "safe",
    "postmulti -i a -l": "safe",
    "postfix reload": "caution",
    "postfix -c d status": "unknown",
    "postfix stop": "dangerous",
  },
  nearMisses: ["postfix flush", "postfix start", "postmulti -e destroy", "dovecot"],
});

function eximRisk(inv: Invocation): Risk {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => (arg.shape === "literal" ? arg.text : "?"));
  const first = words.find((word) => word.startsWith("-")) ?? "";
  if (words.some((word) => /^-(Mrm|Mg)$/.test(word))) return "dangerous";
  if (words.some((word) => /^-(C|D\w*|be|bem|bf|bF|d\w*\+?.*exec|oMr?|Mvb|Mvh|Mvl|Mvc)/.test(word)))
    return /^-Mv/.test(first) ? "caution" : "unknown";
  if (/^-(bp\w*|bV|bpc|bI:.*)$/.test(first)) return "safe";
  return /^-(bt|bv|bP|bh|bhc)$/.test(first) ? "safe" : "caution";
}

export const exim = program({
  names: "exim|exim4|sendmail|sendmail.postfix",
  source: "exim(8) 4.98; sendmail(1), Postfix 3.9",
  style: "none",
  why: "lists the mail queue, or sends and removes mail",
  safer: "exim -bp",
  risk: eximRisk,
  operands: "data*",
  sensitive: (inv) =>
    inv.operands.some((arg) => /^-(Mv[bhc]|bP)$/.test(arg.text)) &&
    !(inv.operand(0) === "-bP" && inv.operands.length > 1 && !/^hide|password|secret/.test(inv.operand(1) ?? "")),
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "message", name: arg.text })),
  noInverse: sent,
  examples: {
    "exim -bp": "safe",
    "exim4 -bpc": "safe",
    "exim -bt bob@x.org": "safe",
    "sendmail -bp": "safe",
    "exim -Mvb 1a2b": "caution",
    "exim -qff": "caution",
    "sendmail bob@x.org": "caution",
    "exim -Mrm 1a2b": "dangerous",
    "exim -be '${run{ls}}'": "unknown",
  },
  nearMisses: ["exim", "exim -bp -Mrm 1a2b", "exim -C f -bp", "sendmail -q"],
});

export const mailClients = program({
  names: "mail|mailx|s-nail|mutt|neomutt|swaks|msmtp|ssmtp|sendemail|mpack|mbsync|fetchmail|getmail|alpine",
  source: "mailx(1), mutt(1), swaks(1), msmtp(1)",
  why: "sends mail, or reads the mailbox",
  risk: (inv) => ((inv.has("--version") || inv.has("--help")) && inv.operands.length + inv.unlisted.length === 0 ? "safe" : "caution"),
  flags: "--version --help",
  anyOption: true,
  operands: "data*",
  inspect: (inv, ctx) => {
    const words = [...inv.operands, ...inv.unlisted].map((arg) => arg.text);
    if (inv.program !== "swaks" && words.some((word) => /^-(e|S|a|A|attach|F|r)/.test(word)))
      ctx.report({ risk: "unknown", why: "sends files, or takes commands and settings" });
  },
  noInverse: sent,
  examples: {
    "swaks --to bob@x.org --server mail1": "caution",
    "mail -s hello bob@x.org": "caution",
    "mutt -a f -- bob@x.org": "unknown",
    "swaks --version": "safe",
  },
  nearMisses: ["mail", "echo a | mailx bob@x.org", "swaks --version --to a"],
});

export const doveadm = program({
  names: "doveadm",
  source: "doveadm(1), Dovecot 2.3",
  style: "posix",
  why: "shows or changes mailboxes",
  risk: "unknown",
  flags: "-D -v",
  values: "-f",
  options: { "-o|-c": { kind: "code", risk: "unknown", why: "other settings" } },
  verbs: {
    ...each(
      "who log_errors log_find service_status stats_dump quota_get mailbox_list mailbox_status director_status replicator_status user penalty config instance_list process_status proxy_list help",
      listing("prints users, mailboxes or the state", {
        flags: "-1 -a -A -t -n -x",
        values: "-u -s -p -f",
        sensitive: (inv) => inv.path[0] === "config",
      }),
    ),
    ...each(
      "fetch search auth dump pw",
      listing("prints mail, or checks a password", { sensitive: true, flags: "-A", values: "-u -f -s -p" }),
    ),
    ...each(
      "kick reload quota_recalc mailbox_subscribe mailbox_unsubscribe mailbox_create force-resync index copy import flags replicator_add replicator_replicate backup sync purge fts_rescan fts_optimize",
      changing("changes mailboxes or ends sessions", "doveadm mailbox status prints the state before"),
    ),
    ...each(
      "expunge mailbox_delete stop altmove move deduplicate director_remove director_flush replicator_remove acl_delete acl_set mailbox_rename",
      destroying("deletes mail or mailboxes, or stops the server", "mailbox"),
    ),
  },
  examples: {
    "doveadm who": "safe",
    "doveadm quota get -u bob": "safe",
    "doveadm fetch text -u bob": "caution",
    "doveadm kick bob": "caution",
    "doveadm expunge -u bob mailbox INBOX": "dangerous",
    "doveadm -o a=b who": "unknown",
  },
  nearMisses: ["doveadm", "doveadm config", "doveadm mailbox delete -u bob x", "doveadm exec x"],
});

export const spamFilters = program({
  names: "rspamc|rspamadm|spamc|sa-learn|amavisd-new|amavisd|clamdtop|freshclam|opendkim-testkey|opendmarc-check",
  source: "rspamc(1) 3.9; opendkim-testkey(8)",
  why: "asks the filter, or teaches it",
  risk: (inv) => {
    const verb = inv.operand(0) ?? "";
    if (/^opend/.test(inv.program)) return "safe";
    if (inv.program === "rspamc" && /^(stat|uptime|counters|ping)$/.test(verb)) return "safe";
    if (inv.program === "rspamadm") return /^(configtest|confighelp|help|dnstool|grep|clickhouse --help)$/.test(verb) ? "safe" : "caution";
    return /^(stat_reset|fuzzy_del|fuzzy_delhash)$/.test(verb) ? "dangerous" : "caution";
  },
  flags: "-v -vv -vvv --json -j",
  values: "-h -P -d -s -k",
  operands: "data*",
  targets: (inv) => [{ kind: "filter", name: inv.program }],
  noInverse: "teach it the opposite",
  examples: {
    "rspamc stat": "safe",
    "rspamadm configtest": "safe",
    "opendkim-testkey -d x.org -s mail -vvv": "safe",
    "rspamc learn_spam f": "caution",
    "rspamc stat_reset": "dangerous",
  },
  nearMisses: ["sa-learn --clear", "rspamc symbols $x", "rspamadm configdump"],
});
