// Commands of HAProxy's runtime API, as they are sent to its socket -> what they do. Pure.
import type { Finding } from "../../rule.ts";

const reads =
  /^(help|show\s+.+|get\s+(weight|map|acl|var)\b.*|prompt|quit|echo\b.*|@1\s+show\s+.+|expert-mode|experimental-mode|mcp-debug\s+.*)$/;
const secrets = /^(@\d+\s+)?show\s+(ssl\s+(cert|jwt)|env|tls-keys\s+\S)/;
const destroys = /^(shutdown\s+.+|(clear|del)\s+.+|abort\s+.+|disable\s+agent|reload|kill\b.*|debug\s+dev\b.*)/;
const takesOut = /^disable\s+(frontend|server|health|dynamic-cookie)\b.*|^set\s+server\s+\S+\s+state\s+(maint|drain)\b/;
const changes = /^(enable|set|add|new|prepare|commit|update|trace|operator|experimental|wait|tune|dump)\b.*/;

function judgeCommand(command: string): Finding | undefined {
  const text = command.trim().toLowerCase();
  if (secrets.test(text)) return { risk: "caution", sensitive: true, why: "prints settings or certificates of HAProxy" };
  if (/^show\s+events\b.*-w/.test(text)) return { risk: "caution", unbounded: true, why: "prints events without end" };
  if (reads.test(text)) return undefined;
  if (destroys.test(text)) return { risk: "dangerous", why: "ends sessions of HAProxy, or clears what it counts or knows" };
  if (takesOut.test(text))
    return { risk: "caution", why: "takes a server or frontend of HAProxy out of service", safer: "show servers state" };
  if (changes.test(text)) return { risk: "caution", why: "changes the running HAProxy" };
  return { risk: "unknown", why: "is no known command of HAProxy" };
}

/** One finding per command that does more than ask; commands are separated by semicolons and line ends. */
export function judgeHaproxyLines(text: string): readonly Finding[] {
  const commands = text.split(/[;\n]/).filter((command) => command.trim() !== "");
  if (commands.length > 200) return [{ risk: "unknown", why: "is more than is looked at" }];
  return commands.map(judgeCommand).filter((finding) => finding !== undefined);
}
