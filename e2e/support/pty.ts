// A program in a pseudo terminal of 80 columns, driven as a person does: wait for something on the screen, then type.
// `script` (util-linux) holds the terminal; the screen is what the program wrote, without the escapes that move the cursor.
import { type ChildProcess, spawn } from "node:child_process";
import { root } from "./product.ts";

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Cursor movements and line clearing of the line editor. */
const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

export class Pty {
  private raw = "";
  private seen = 0;
  private readonly child: ChildProcess;
  /** The program's exit code, when it has ended. */
  readonly ended: Promise<number>;

  constructor(args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }) {
    const program = [process.execPath, `${root}/packages/cli/bin/dd0c.js`, ...args].map(quote).join(" ");
    const command = `stty cols 80 rows 40; echo PID $$; exec ${program}`;
    this.child = spawn("script", ["-qfec", command, "/dev/null"], {
      cwd: options.cwd,
      env: { ...process.env, TERM: "xterm", SHELL: "/bin/sh", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on("data", (bytes: Buffer) => (this.raw += bytes.toString()));
    this.ended = new Promise((resolve) => this.child.on("close", (code) => resolve(code ?? -1)));
  }

  /** What was written, colours included. */
  get bytes(): string {
    return this.raw;
  }

  get screen(): string {
    return this.raw.replace(escapes, "").replaceAll("\r\n", "\n");
  }

  /** The pid of the program. */
  async pid(): Promise<number> {
    await this.see(/PID (\d+)/);
    return Number(/PID (\d+)/.exec(this.screen)?.[1]);
  }

  /** Waits for something that was not on the screen at the last `see`. */
  async see(pattern: RegExp | string, timeoutMs = 15_000): Promise<string> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const fresh = this.screen.slice(this.seen);
      const match = typeof pattern === "string" ? fresh.indexOf(pattern) : fresh.search(pattern);
      if (match !== -1) {
        const found = typeof pattern === "string" ? pattern : (pattern.exec(fresh)?.[0] ?? "");
        this.seen += match + found.length;
        return fresh.slice(0, match + found.length);
      }
      if (performance.now() > until) throw new Error(`${String(pattern)} did not come; the screen:\n${this.screen}`);
      await new Promise((wait) => setTimeout(wait, 20));
    }
  }

  /** Keys as they are: no Enter is added. */
  press(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** Waits for the question, answers it. */
  async answer(line: string, prompt: RegExp | string = "\n> "): Promise<void> {
    await this.see(prompt);
    await new Promise((wait) => setTimeout(wait, 60));
    this.press(`${line}\r`);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
