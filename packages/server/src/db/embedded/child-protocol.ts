// What the embedded database's process tells its parent over IPC. The parent's only message is the string "stop".

/** `locked`: another process holds the data folder. `failed`: it could not open, or broke later. */
export type ChildReport =
  | { kind: "ready"; socketFolder: string }
  | { kind: "locked"; pid: number; parentPid: number }
  | { kind: "failed"; message: string };
