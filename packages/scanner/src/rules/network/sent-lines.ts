// What a program sends to a port from its standard input, line by line: HTTP requests typed by hand, mail greetings, commands of memcached,
// ZooKeeper, Redis and HAProxy. For nc, socat, telnet, openssl s_client and curl telnet://. Text that is not known is never harmless.
import { literalArg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { Finding, RuleContext } from "../../rule.ts";
import { judgeSocketLines } from "../data/socket-lines.ts";
import { judgeHaproxyLines } from "./haproxy-lines.ts";
import { judgeRequest } from "./http-request.ts";

/** Greetings and farewells of mail and other line protocols, and nothing at all. */
const smallTalk = /^\s*(quit|exit|logout|bye|ehlo( \S+)?|helo( \S+)?|noop|q|)\s*$/i;

const requestLine = /^([A-Z]+) (\S+) HTTP\/[\d.]+\s*$/;

/** A request written out: its first line decides, header lines follow. Without a host the path is judged alone. */
function judgeRequestText(text: string, inv: Invocation): readonly Finding[] | undefined {
  const [first = "", ...rest] = text.split(/\r?\n/);
  const [, method, path = "/"] = requestLine.exec(first) ?? [];
  if (method === undefined) return undefined;
  if (!rest.every((line) => line.trim() === "" || /^[\w-]+:/.test(line))) return [{ risk: "unknown", why: "sends more than one request" }];
  const address = literalArg(path.startsWith("/") ? `http://${hostOf(rest, inv)}${path}` : path, inv.span);
  return judgeRequest({ method: rest.some((line) => /^x-(http-)?method/i.test(line)) ? "DELETE" : method, address });
}

/** As the header says, else the host that is connected to. */
function hostOf(headers: readonly string[], inv: Invocation): string {
  return /^host:\s*(\S+)/im.exec(headers.join("\n"))?.[1] ?? inv.operand(0) ?? "host";
}

/** Words with which only HAProxy's commands begin; what memcached has too means no less there. */
const haproxyWord =
  /^(show|help|disable|enable|clear|prompt|abort|trace|@\d|set\s+(server|weight|maxconn|rate-limit|map|table|ssl|timeout)|get\s+(weight|map|acl|var))\b/i;

function judgeText(text: string, inv: Invocation): readonly Finding[] {
  const lines = text.split("\n").filter((line) => !smallTalk.test(line));
  if (lines.length === 0) return [];
  if (lines.length > 200) return [{ risk: "unknown", why: "sends more lines than are looked at" }];
  return (
    judgeRequestText(text, inv) ??
    lines.flatMap((line) => (haproxyWord.test(line.trim()) ? judgeHaproxyLines(line) : judgeSocketLines(line)))
  );
}

/** Reports what the standard input means to the other side; no input sends nothing. */
export function sendsLines(inv: Invocation, ctx: RuleContext): void {
  if (inv.stdin.kind === "none") return;
  if (inv.stdin.kind === "data")
    ctx.report({ risk: "dangerous", why: "sends away data that are only known when it runs", safer: "echo the line" });
  else for (const finding of judgeText(inv.stdin.text, inv)) ctx.report(finding);
}
