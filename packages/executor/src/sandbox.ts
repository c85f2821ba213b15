// The sandbox of a command that is proven to only read: bubblewrap, with the whole file system read-only.
// In: the private home and whether the command would have root's rights. Out: arguments of bwrap, to be followed by the command.
// It must never hide what a person looks for on this host: files, processes, network and /tmp are the host's own.

import { join } from "node:path";
import { SCRATCH_FOLDERS, TEMPORARY_FOLDER } from "./private-home.ts";

/** What root needs for reading: any file, any process, pings, the kernel's messages. Nothing else of root's rights is left. */
const ROOT_READS = ["CAP_DAC_READ_SEARCH", "CAP_SYS_PTRACE", "CAP_NET_RAW", "CAP_SYSLOG"];

/**
 * bwrap always sets no_new_privs. Not used on purpose: `--new-session` and `--unshare-pid` would take the command out of the process group
 * that panic stops first; `--unshare-net` would leave kubectl without a cluster; `--die-with-parent` would make a step's end depend on the agent.
 * A device node does not work under `--ro-bind`, so that /dev is bwrap's own: no disk can be written past its file system.
 */
export function sandboxArguments(home: string, isRoot: boolean, cwd: string): readonly string[] {
  return [
    ...["--ro-bind", "/", "/", "--dev", "/dev"],
    ...SCRATCH_FOLDERS.flatMap((folder) => ["--tmpfs", join(home, folder)]),
    ...["--setenv", "TMPDIR", join(home, TEMPORARY_FOLDER)],
    ...(isRoot ? ["--cap-drop", "ALL", ...ROOT_READS.flatMap((name) => ["--cap-add", name])] : []),
    ...["--chdir", cwd, "--"],
  ];
}
