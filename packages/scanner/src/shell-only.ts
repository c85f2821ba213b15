/** Names that a shell handles itself and for which no program of the same effect exists: they never become a process. */
export const shellOnly: ReadonlySet<string> = new Set([
  ":", ".", "source", "alias", "unalias", "bg", "fg", "bind", "break", "builtin", "caller", "cd", "command", "compgen", "complete", "compopt", "continue", "declare", "dirs",
  "disown", "enable", "eval", "exec", "exit", "export", "fc", "getopts", "hash", "help", "history", "jobs", "let", "local", "logout", "mapfile", "popd", "pushd", "read",
  "readarray", "readonly", "return", "set", "shift", "shopt", "suspend", "times", "trap", "type", "typeset", "ulimit", "umask", "unset", "wait",
]);
