// Tells a command that looks at something from one that changes it, by its verb.
// Used only to read a conversation: what was looked at and found nothing stays a step, a change that did not help does not. It clears nothing for running.

const READERS =
  /^(?:cat|less|more|head|tail|grep|egrep|zgrep|rg|ls|ll|df|du|ps|top|htop|free|uptime|w|who|date|id|hostname|uname|env|printenv|pwd|stat|file|wc|find|locate|which|dig|host|nslookup|ping|traceroute|mtr|ss|netstat|lsof|iostat|vmstat|sar|dmesg|journalctl|openssl|ldapsearch|mailq|postqueue|echo|printf|jq|yq|awk|sort|uniq|tcpdump|strace|pgrep|getent|last|nproc|lscpu|lsblk|blkid|mount|watch|curl|wget|nc|telnet|select|show|explain|describe|with|dbcc|get-\w+|test-\w+|resolve-dnsname)$/i;
const READ_VERB =
  /^(?:get|describe|logs?|ls|list|show|status|top|explain|events?|history|info|stats?|stats_\w+|version|diff|inspect|view|cat|read|query|search|tail|ps|images|is-active|is-enabled|cluster-info|auth|whoami|check|health|dashboard|monitor|tracking|sources|ping|(?:list|show|get|print|dump)_[\w-]+|\w+[-_](?:status|info|stats|health)|(?:describe|list|get|head|lookup|batch-get|scan)-[\w-]+|--(?:describe|list|show|status|version|help))$/i;
const CHANGE =
  /(?:^|\s)(?:-X\s*(?:POST|PUT|DELETE|PATCH)|--request[= ](?:POST|PUT|DELETE|PATCH)|-d\s|--data\S*\s|-delete\b|--execute\b|--delete\b|-exec\b)|\bflush\w*|\|\s*(?:sudo\s+)?(?:sh|bash|kubectl|socat|nc|psql|mysql|xargs|tee|redis-cli|postsuper)\b|(?<!\d|&)>\s*(?!\/dev\/null|&)\S/i;

/** Whether nothing in the command says that it changes something. */
export function looksOnly(command: string): boolean {
  const text = command.slice(0, 1000);
  if (CHANGE.test(text)) return false;
  const words = text
    .replace(/^(?:sudo|doas|time|nohup|ssh\s+(?:-\S+\s+)*\S+)\s+/i, "")
    .replace(/^['"]/, "")
    .split(/\s+/);
  if (READERS.test((words[0] ?? "").replace(/^.*\//, ""))) return true;
  return words.slice(1, 8).some((word) => READ_VERB.test(word));
}
