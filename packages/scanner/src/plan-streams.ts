// Redirections -> where the three streams of a process go, or undefined when that needs a shell or a file.
// Follows them in order as a shell does: `2>&1 >/dev/null` is not `>/dev/null 2>&1`.
import type { Redirect, Redirection, Word } from "unbash";
import { hereDocText } from "./redirects.ts";
import type { PlanCommand, Sink, Stdin } from "./types.ts";

export interface Streams {
  readonly stdin: Stdin;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

export const startStreams: Streams = { stdin: { kind: "inherit" }, stdout: "stdout", stderr: "stderr" };

type ReadWord = (word: Word) => string;

/** The streams after all redirections; undefined when one of them cannot be wired without a shell. */
export function streamsOf(redirects: readonly Redirection[], start: Streams, read: ReadWord): Streams | undefined {
  let streams: Streams | undefined = start;
  for (const redirect of redirects) {
    if (streams !== undefined) streams = step(redirect, streams, read);
  }
  // Output that goes to the place of the other stream, both ways round, has no rendering without a third descriptor.
  return streams?.stdout === "stderr" && streams.stderr === "stdout" ? undefined : streams;
}

function step(redirect: Redirection, streams: Streams, read: ReadWord): Streams | undefined {
  if (redirect.descriptor?.type === "FileDescriptorVariable") return undefined;
  const descriptor = redirect.descriptor?.value;
  if (redirect.type === "HereString") {
    if ((descriptor ?? 0) !== 0 || redirect.target === undefined) return undefined;
    return { ...streams, stdin: { kind: "text", text: `${read(redirect.target)}\n` } };
  }
  if (redirect.type === "HereDoc") return hereDocument(hereDocText(redirect), descriptor, streams);
  return redirect.target === undefined ? undefined : plainRedirect(redirect, descriptor, read(redirect.target), streams);
}

function hereDocument(text: string | undefined, descriptor: number | undefined, streams: Streams): Streams | undefined {
  if (text === undefined || (descriptor ?? 0) !== 0) return undefined;
  return { ...streams, stdin: text === "" ? { kind: "null" } : { kind: "text", text } };
}

function plainRedirect(redirect: Redirect, descriptor: number | undefined, target: string, streams: Streams): Streams | undefined {
  if (redirect.operator === ">&") return duplicated(streams, descriptor, target);
  return target === "/dev/null" ? discarded(redirect.operator, descriptor, streams) : undefined;
}

function discarded(operator: Redirect["operator"], descriptor: number | undefined, streams: Streams): Streams | undefined {
  switch (operator) {
    case "<":
      return (descriptor ?? 0) === 0 ? { ...streams, stdin: { kind: "null" } } : undefined;
    case "&>":
    case "&>>":
      return { ...streams, stdout: "null", stderr: "null" };
    case ">":
    case ">>":
    case ">|":
      return setOutput(streams, descriptor ?? 1, "null");
    default:
      return undefined;
  }
}

function duplicated(streams: Streams, descriptor: number | undefined, target: string): Streams | undefined {
  if (target === "1") return setOutput(streams, descriptor ?? 1, streams.stdout);
  if (target === "2") return setOutput(streams, descriptor ?? 1, streams.stderr);
  if (target === "/dev/null" && descriptor === undefined) return { ...streams, stdout: "null", stderr: "null" };
  return undefined;
}

function setOutput(streams: Streams, descriptor: number, sink: Sink): Streams | undefined {
  if (descriptor === 1) return { ...streams, stdout: sink };
  return descriptor === 2 ? { ...streams, stderr: sink } : undefined;
}

/** `|&`: the member's errors go where its output goes. */
export function applyPipe(command: PlanCommand): PlanCommand {
  return { ...command, stderr: command.stdout };
}
