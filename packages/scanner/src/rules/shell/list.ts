// Rules of the shell's own commands, of shells and interpreters, and of wrappers: programs whose job is to run other programs.
// One import and one entry per rule, in alphabetical order.
import type { ProgramRule } from "../../rule.ts";
import { find } from "./find.ts";
import { at, crontab, entr, parallel, timestamps } from "./later.ts";
import { loader, otherUser, sudo } from "./privileged.ts";
import { ionice, nice, placement, scheduling } from "./scheduling.ts";
import { screen, script, tmux } from "./terminals.ts";
import { manyMachines, ssh } from "./remote.ts";
import { alias, command, evaluate, execute, interpreter, otherShell, shell, sourceFile, trap } from "./shell-code.ts";
import { echo, hash, lookUp, nothing, printf, printDirectory, printEnvironment, shellFacts, sleep, test } from "./shell-output.ts";
import { cd, declare, exportVariable, history, limits, mapfile, read, set, shopt, unset, wait } from "./shell-state.ts";
import { buffering, env, flock, multiCall, plainWrapper, time, timeout, tracers, watch } from "./wrappers.ts";
import { xargs } from "./xargs.ts";

export const shellRules: readonly ProgramRule[] = [
  alias,
  at,
  buffering,
  cd,
  command,
  crontab,
  declare,
  echo,
  entr,
  env,
  evaluate,
  execute,
  exportVariable,
  find,
  flock,
  hash,
  history,
  interpreter,
  ionice,
  limits,
  loader,
  lookUp,
  manyMachines,
  mapfile,
  multiCall,
  nice,
  nothing,
  otherShell,
  otherUser,
  parallel,
  placement,
  plainWrapper,
  printDirectory,
  printEnvironment,
  printf,
  read,
  scheduling,
  screen,
  script,
  set,
  shell,
  shellFacts,
  shopt,
  sleep,
  sourceFile,
  ssh,
  sudo,
  test,
  time,
  timeout,
  timestamps,
  tmux,
  tracers,
  trap,
  unset,
  wait,
  watch,
  xargs,
];
