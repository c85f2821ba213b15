// Terminal multiplexers and recorders: their lists are safe, what they start or type into is judged.
import { joinArgs } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";

const shown: CommandRule = { why: "shows what the terminal multiplexer runs", anyOption: true, operands: "data*", inspect: noFormats };
const changed: CommandRule = {
  risk: "caution",
  why: "changes windows or settings",
  anyOption: true,
  operands: "data*",
  inspect: noFormats,
  noInverse: "the former arrangement is not kept",
};
const typed: CommandRule = {
  risk: "dangerous",
  why: "types into, or ends, what runs in other terminals",
  anyOption: true,
  operands: "data*",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "session", name: arg.text })),
};

/** `#(CMD)` in a format of tmux runs CMD. */
function noFormats(inv: Invocation, ctx: RuleContext): void {
  const words = [...inv.operands, ...inv.unlisted, ...inv.options.flatMap((use) => use.value ?? [])];
  if (words.some((arg) => arg.text.includes("#("))) ctx.report({ risk: "dangerous", why: "#( ) in a format runs a command" });
  if (words.some((arg) => arg.text === ";" || arg.text.endsWith(";")))
    ctx.report({ risk: "unknown", why: "a second command of tmux follows" });
}

const starts: CommandRule = {
  risk: "unknown",
  why: "runs a program in a terminal of its own",
  anyOption: true,
  operands: "inner*",
  inspect: (inv, ctx) => {
    noFormats(inv, ctx);
    const text = joinArgs(inv.operands, inv.span);
    if (inv.operands.length > 0) ctx.scanText(text);
  },
};

export const tmux = program({
  names: "tmux",
  source: "tmux(1) 3.3",
  style: "posix",
  risk: (inv) => (inv.has("-V") && inv.operands.length === 0 ? "safe" : "unknown"),
  why: "starts or joins a terminal session",
  flags: "-2 -C -D -l -N -u -v -V",
  values: "-L -S",
  options: {
    "-c": { kind: "code", risk: "unknown", why: "runs shell text" },
    "-f": { kind: "code", risk: "unknown", why: "loads a file of commands" },
  },
  verbs: {
    "ls|list-sessions|lsw|list-windows|lsp|list-panes|lsc|list-clients|lsk|list-keys|lscm|list-commands|lsb|list-buffers|has|has-session|info|server-info|show|show-options|showw|show-window-options|showmsgs|show-messages|display|display-message":
      shown,
    "capture-pane|capturep|showb|show-buffer|showenv|show-environment": {
      ...shown,
      why: "prints what stands in a terminal",
      sensitive: true,
    },
    "new|new-session|neww|new-window|splitw|split-window|respawn-pane|respawnp|respawn-window|respawnw|popup|display-popup|run|run-shell|if|if-shell|pipe-pane|pipep":
      starts,
    "rename|rename-session|renamew|rename-window|selectw|select-window|selectp|select-pane|resizep|resize-pane|set|set-option|setw|detach|detach-client|movew|move-window|swapw|swap-window":
      changed,
    "send|send-keys|kill-session|kill-server|kill-window|killw|kill-pane|killp|paste-buffer|pasteb|source|source-file|setenv|set-environment|bind|bind-key|set-hook":
      typed,
  },
  examples: {
    "tmux ls": "safe",
    "tmux list-panes -a": "safe",
    "tmux capture-pane -p": "caution",
    "tmux rename-window x": "caution",
    "tmux kill-server": "dangerous",
    "tmux send-keys -t 0 'rm x' Enter": "dangerous",
    "tmux new -d ls": "unknown",
    "tmux -f x ls": "unknown",
    "tmux -c ls": "unknown",
    "tmux display -p '#(id)'": "dangerous",
  },
  nearMisses: ["tmux new-session -d 'rm -rf x'", "tmux ls -F '#(rm x)'", "tmux run-shell 'rm x'", "tmux ls \\; kill-server", "tmux"],
});

export const screen = program({
  names: "screen|byobu|dtach|abduco|zellij",
  source: "screen(1) 4.9",
  style: "posix",
  risk: (inv) => (inv.program === "screen" && (inv.has("-ls") || inv.has("-v") || inv.has("-list")) ? "safe" : "unknown"),
  why: "lists, starts or joins a terminal session",
  flags: "-ls -list -v -d -D -r -R -x -m -dm -q -U -A -a -L -O",
  values: "-S -p -t -T -h -e",
  options: {
    "-X": { arity: "flag", risk: "dangerous", why: "sends a command into a running session" },
    "-c|-s": { kind: "code", risk: "unknown", why: "names a file or a program that is run" },
    "-wipe": { arity: "flag", risk: "caution", why: "forgets dead sessions" },
    "-Logfile": { kind: "write", why: "writes a log" },
  },
  operands: "inner*",
  inspect: (inv, ctx) => {
    if (inv.operands.length > 0 && !inv.has("-X") && !inv.has("-r") && !inv.has("-x") && !inv.has("-ls")) ctx.scanArgv(inv.operands);
  },
  targets: (inv) => [{ kind: "session", name: inv.value("-S") ?? "screen" }],
  examples: {
    "screen -ls": "safe",
    "screen -S x": "unknown",
    "screen -dmS job ls": "unknown",
    "screen -S x -X quit": "dangerous",
    "screen -wipe": "unknown",
    "screen -Logfile l ls": "unknown",
    "screen -c f": "unknown",
  },
  nearMisses: ["screen -dmS x rm y", "screen", "screen -X stuff 'rm x'"],
});

export const script = program({
  names: "script|scriptlive|asciinema|ttyrec",
  source: "script(1), util-linux 2.39",
  style: "posix",
  risk: "caution",
  why: "records a terminal into a file",
  flags: "-a|--append -e|--return -f|--flush -q|--quiet --force",
  values: "-E|--echo -m|--logging-format -o|--output-limit",
  options: {
    "-c|--command": { kind: "inner" },
    "-t|--timing|-T|--log-timing|-I|--log-in|-O|--log-out|-B|--log-io": { kind: "write", why: "writes a log" },
  },
  operands: "write?",
  noInverse: "the record is a new file; rm takes it away",
  inspect: (inv, ctx) => {
    const text = inv.arg("-c");
    if (text !== undefined) ctx.scanText(text);
    else ctx.report({ risk: "unknown", why: "opens an interactive shell" });
  },
  examples: {
    "script -q -c 'ls -l' /dev/null": "caution",
    "script -c 'rm x' out": "dangerous",
    script: "unknown",
    "script -O log -c ls": "caution",
  },
  nearMisses: ["script -c ls out", "asciinema rec x"],
});
