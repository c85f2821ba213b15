// Follows commands that open another shell or an interactive program: what comes after them in the section does not run here.
// Commands in reading order go in, the context of each comes out; doubt leans towards "not here", which only keeps a human in the loop.

import { isStepHeading } from "./sections.ts";
import type { CommandContext } from "../types.ts";
import { opens, runsElsewhere } from "./shell-openers.ts";

const LEAVES = /^(?:exit|logout|quit|\\q|\.exit|\.quit|quit\(\)|exit\(\)|Exit-PSSession|\^D|~\.)\s*;?\s*(?:#.*)?$/;
/** `rm x; exit`: the last word of what was typed. */
const LEAVES_LAST = /(?:^|[;\n]|&&)\s*(?:exit|logout)\s*;?\s*$/;

export interface ContextFollower {
  /** Context of the next command; what it opens applies to those after it. */
  next(text: string): CommandContext;
  /** The prose leaves the innermost session, or goes into another machine's. */
  leave(): void;
  enter(): void;
  /** A new section: nothing is open. */
  reset(): void;
}

export function followContext(): ContextFollower {
  const open: Exclude<CommandContext, "local">[] = [];
  return {
    next(text: string): CommandContext {
      const current = open.at(-1) ?? "local";
      const line = text.trim();
      const opened = opens(line);
      if (opened !== null) open.push(opened);
      else if (LEAVES.test(line) || LEAVES_LAST.test(line)) open.pop();
      return current === "local" && runsElsewhere(line) ? "remote" : current;
    },
    leave: () => void open.pop(),
    enter: () => void open.push("remote"),
    reset(): void {
      open.length = 0;
    },
  };
}

/** The part of a step that tells where its commands run. */
export interface PlacedStep {
  /** Its prose, for sentences that go somewhere without a command. */
  readonly text: string;
  readonly commands: readonly string[];
  readonly section: string | null;
}

/** The context of every command of every step. */
export function followSteps(steps: readonly PlacedStep[]): readonly (readonly CommandContext[])[] {
  const follower = followContext();
  let section: string | null = null;
  return steps.map((step, index) => {
    if (index > 0 && endsSession(section, step.section)) follower.reset();
    section = step.section;
    const leaves = step.commands.some((command) => LEAVES.test(command.trim()));
    if (isHome(step.text)) follower.reset();
    else if (!leaves && LEAVES_PROSE.test(step.text)) follower.leave();
    const contexts = step.commands.map((command) => follower.next(command));
    if (step.commands.length === 0 && entersMachine(step.text)) follower.enter();
    return contexts;
  });
}

/** A new section does, unless it is the next of a row of numbered steps. */
function endsSession(before: string | null, now: string | null): boolean {
  return before !== now && !(before !== null && now !== null && isStepHeading(before) && isStepHeading(now));
}

const OPENING = String.raw`^\W*(?:(?:now|then|next|first|finally|please|and)[, ]+)*`;
const SESSION = "(?:shell|session|pod|container|node|host|server|vm|machine|instance|database|console|repl|prompt|ssh|psql|mysql|chroot)";

const LEAVES_PROSE = new RegExp(
  String.raw`${OPENING}(?:log ?out(?: of| from)?|exit|leave|disconnect from|quit|close)\s+(?:the |that |your |this )?(?:[\w-]+ )?${SESSION}\b`,
  "i",
);
const HOME =
  /\b(?:back (?:on|at|to|in) (?:your|the) (?:own )?|(?:on|from) your (?:own )?)(?:local )?(?:laptop|workstation|machine|computer|desktop|terminal)\b|^\W*(?:\w+, )?locally\b|\b(?:zurück )?auf (?:dem|deinem|Ihrem) (?:eigenen )?(?:Laptop|Rechner|Arbeitsplatz)|\ben tu (?:propio )?(?:portátil|equipo)|\bsur (?:votre|ton) poste/i;

const isHome = (text: string): boolean => HOME.test(text.slice(0, 300));

const ENTERS = new RegExp(
  String.raw`${OPENING}(?:ssh|log ?in|log on|connect|shell|hop|remote)\s+(?:in ?to|on ?to|to|via ssh to|with ssh to)\s+(?:(?:the|a|an|each|every|any|one|that|this|of|affected|failing|broken|first|second|primary|standby|new|old|master|leader|[\w-]+['’]s|\x60[^\x60]+\x60|[\w-]+)\s+){0,4}(node|host|server|vm|machine|instance|box|container|pod|broker|primary|replica|master|standby|worker)\b`,
  "i",
);
const SSH_TO = new RegExp(String.raw`${OPENING}ssh\s+(?:in ?to|on ?to|to)\s+`, "i");
/** Places that one works from, and pages that one logs in to. */
const NO_MACHINE = /\b(?:bastion|jump ?-?(?:host|server|box)|vpn|console|dashboard|portal|web|ui|account|website|browser|https?:)\b/i;

/** "SSH to the affected node": a step that is done by hand and leaves one there. */
function entersMachine(text: string): boolean {
  const [sentence = ""] = text.split(/[.!?;\n](?:\s|$)/, 1);
  return (ENTERS.test(sentence) || SSH_TO.test(sentence)) && !NO_MACHINE.test(sentence);
}
