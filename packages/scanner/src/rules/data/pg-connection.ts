// A connection string of PostgreSQL's library -> what is wrong with it. It may name a module that is loaded for a key, or options with which
// the session starts.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { RuleContext } from "../../rule.ts";

const loadsModule = /\bsslkey\s*=\s*'?[^\s&'/]*:/i;
const startsWith = /\boptions\s*=/i;

/** Reports what the operands and `-d` of a client say beside the name of a database. */
export function checkConnections(inv: Invocation, ctx: RuleContext): void {
  for (const arg of [...inv.operands, ...inv.all("-d")]) checkConnection(arg, ctx);
}

function checkConnection(arg: Arg, ctx: RuleContext): void {
  if (loadsModule.test(arg.text)) ctx.report({ risk: "unknown", why: "the connection loads a module for its key", span: arg.span });
  if (startsWith.test(arg.text)) ctx.report({ risk: "unknown", why: "the connection sets options of the session", span: arg.span });
}
