// The person at the terminal: a question goes out, the line that was typed after it comes back. What was typed before a question stood
// on the screen is thrown away, so that no keystroke from before can approve anything. The end of the input is never an answer.
import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { RunEnd } from "./exit-codes.ts";

export interface Person {
  /** True where somebody can answer. */
  readonly isPresent: boolean;
  /** @param what - for the message where nobody is there to answer. @throws RunEnd */
  readonly answer: (prompt: string, what: string, suggested?: string) => Promise<string>;
  /** The same for what nobody else shall read: nothing of it is shown. @throws RunEnd */
  readonly secret: (prompt: string, what: string) => Promise<string>;
  readonly close: () => void;
}

export interface Keys {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  /** Ctrl-C while no question is open. */
  readonly onInterrupt: () => void;
}

/** Nobody: whatever needs a person ends the walk. */
export const nobody: Person = {
  isPresent: false,
  answer: (_prompt, what) => Promise.reject(new RunEnd("human", `${what} needs a person, and the standard input is no terminal.`)),
  secret: (_prompt, what) => Promise.reject(new RunEnd("human", `${what} needs a person, and the standard input is no terminal.`)),
  close: () => undefined,
};

const settleMs = 40;

/** Echo only while a question is open. */
const muted = (output: Keys["output"], isOpen: () => boolean): Writable => {
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (isOpen()) output.write(chunk);
      done();
    },
  });
  return Object.defineProperty(stream, "columns", { get: () => output.columns ?? 80 });
};

interface Waiting {
  readonly answer: (line: string) => void;
  readonly end: (reason: RunEnd) => void;
}

export const openKeyboard = ({ input, output, onInterrupt }: Keys): Person => {
  let waiting: Waiting | null = null;
  let isClosed = false;
  let isHidden = false;
  const reader: Interface = createInterface({
    input,
    output: muted(output, () => waiting !== null && !isHidden),
    terminal: true,
    historySize: 0,
  });
  const settle = (use: (open: Waiting) => void): void => {
    const open = waiting;
    waiting = null;
    if (open !== null) use(open);
  };
  reader.on("line", (line) => settle(({ answer }) => answer(line)));
  reader.on("SIGINT", () => {
    if (waiting === null) return onInterrupt();
    output.write("\n");
    settle(({ end }) => end(new RunEnd("interrupted", "Left where it stood.")));
  });
  reader.on("close", () => {
    isClosed = true;
    settle(({ end }) => end(new RunEnd("left", "The input ended; left where it stood.")));
  });
  // Suspending would leave the terminal without echo.
  reader.on("SIGTSTP", () => undefined);

  const answer: Person["answer"] = async (prompt, _what, suggested = "") => {
    // What is still on its way was typed before the question.
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    if (isClosed) throw new RunEnd("left", "The input ended; left where it stood.");
    clearLine(reader);
    return new Promise((resolve, reject) => {
      waiting = { answer: resolve, end: reject };
      reader.setPrompt(prompt);
      reader.prompt();
      if (suggested !== "") reader.write(suggested);
    });
  };
  const secret: Person["secret"] = async (prompt, what) => {
    output.write(prompt);
    isHidden = true;
    try {
      return await answer("", what);
    } finally {
      isHidden = false;
      output.write("\n");
    }
  };
  return { isPresent: true, answer, secret, close: () => reader.close() };
};

/** Half a line that was typed too early. */
const clearLine = (reader: Interface): void => {
  reader.write(null, { ctrl: true, name: "e" });
  reader.write(null, { ctrl: true, name: "u" });
};
