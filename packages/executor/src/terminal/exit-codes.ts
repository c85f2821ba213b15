// How `dd0c run` ends, for scripts. One table: the help page prints it and the documentation is tested against it.

export const exitCodes = {
  completed: { code: 0, meaning: "every step was done or passed over by you" },
  failed: { code: 1, meaning: "the run ended with a step that failed or whose outcome is unknown" },
  usage: { code: 2, meaning: "wrong usage, or the runbook cannot be read" },
  nothing: { code: 3, meaning: "nothing to do was found in the file" },
  human: { code: 4, meaning: "a person is needed and there is no terminal; go on in one with --resume" },
  left: { code: 5, meaning: "you left before the end (go on with --resume), or ended the run" },
  record: {
    code: 6,
    meaning: "the record of the run is in use, broken or cannot be written, or the scanner failed its own check; nothing more was run",
  },
  interrupted: { code: 130, meaning: "Ctrl-C at a question; 129 and 143 after a hang-up or a request to end. Go on with --resume" },
} as const;

export type Ending = keyof typeof exitCodes;

/** The walk ends here, with a sentence for the standard error (none where everything is said already). */
export class RunEnd extends Error {
  readonly code: number;

  constructor(ending: Ending | number, message = "") {
    super(message);
    this.code = typeof ending === "number" ? ending : exitCodes[ending].code;
  }
}
