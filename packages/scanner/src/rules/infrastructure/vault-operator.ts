// `vault operator`: the server itself. Looking at peers and keys is a read; sealing, rekeying and removing peers is not taken back by a command.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import { asksHelp, change, destroy, read, switchedOn } from "./verb-kinds.ts";

/** Ceremonies of several people: with -status they only show how far they are. */
const ceremony = (why: string): CommandRule =>
  destroy(why, "server", {
    optional: "-status",
    anyWord: true,
    risk: (inv: Invocation) => (asksHelp(inv) || isStatus(inv) ? "safe" : "dangerous"),
    safer: "-status",
  });

/** -status and nothing else that this program does not know. */
function isStatus(inv: Invocation): boolean {
  return switchedOn(inv, "-status") && inv.operands.length === 0 && inv.unlisted.length === 0;
}

export const vaultOperator: Readonly<Record<string, CommandRule>> = {
  "operator members|key-status|usage|utilization, operator raft list-peers, operator raft autopilot state|get-config, operator raft snapshot inspect":
    read("prints the state of the servers"),
  "operator diagnose": change("checks a server on this machine, for which it writes to its storage", "server", "it deletes what it wrote"),
  "operator raft autopilot set-config, operator raft join": change(
    "changes how the servers work together",
    "setting",
    "get-config shows the settings before",
  ),
  "operator raft snapshot save": change("writes a copy of the whole store to a file", "file", "delete the file", { sensitive: true }),
  "operator raft snapshot restore|load": destroy("overwrites the whole store with a copy", "snapshot"),
  "operator raft remove-peer": destroy("takes a server out of the cluster", "server"),
  "operator seal": destroy("seals the store: nobody reads a secret until several people unseal it", "server"),
  "operator step-down": change(
    "makes the active server give up; another one takes over",
    "server",
    "the lead moves on by another step-down",
  ),
  "operator unseal": change("hands in a part of the key", "server", "vault operator seal, for everybody"),
  "operator rotate": change("adds a new key to encrypt with", "key", "older keys stay to decrypt; a rotation is not taken back"),
  "operator rekey|generate-root|init": ceremony("makes new keys, or a token that may do everything"),
  "operator rotate-keys": ceremony("makes new keys"),
  "operator migrate|import": destroy("copies or overwrites the whole store", "store"),
};
