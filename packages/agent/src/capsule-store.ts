// Capsules on this host's disk: what the server signed for runs that somebody has a code for, what was done under them, and whether the
// last word about a panic was that there is none. In: frames of the server. Out: files. Nothing here is believed that is not signed.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Capsule, isTerminal, parseCapsule } from "@dd0c/core";
import { type CapsuleFrame, readContinuationFile, type SignedDocument, writeContinuationFile } from "@dd0c/protocol/agent";
import type { Log } from "./log.ts";
import type { ReadSigned } from "./signed-documents.ts";
import { flushFolder, replaceFile } from "./replace-file.ts";

export interface SignedCapsule {
  readonly capsule: Capsule;
  readonly document: SignedDocument;
}

export interface CapsuleStore {
  /** Keeps a capsule that the server sent, in the place of an older one of the same run. */
  keep(frame: CapsuleFrame): void;
  /** The capsule for a run; undefined where there is none that is signed, whole and for this agent. */
  find(executionId: string): SignedCapsule | undefined;
  /** Of this code: what was done and not taken in yet goes here. */
  continuationFile(capsuleId: string): string;
  /** What was done under this code has been taken in: it opens nothing any more. */
  isSettled(capsuleId: string): boolean;
  /** Everything that no server has taken in yet, packed as the hello carries it. */
  continuations(): readonly Buffer[];
  settled(capsuleIds: readonly string[]): void;
  /** Kept so that silence is no permission: only the last word "no panic" leaves a file. */
  panicIs(on: boolean): void;
  /** True if the last thing that a server said about a panic was that there is none. */
  isPanicOff(): boolean;
}

export interface CapsuleStoreOptions {
  readonly folder: string;
  readonly tenantId: string;
  readonly agentId: string;
  readonly readSigned: ReadSigned;
  /** A capsule that is not signed, not whole, or for somebody else. */
  readonly onDisbelieved?: (executionId: string) => void;
  readonly log: Log;
}

/** Ids become file names. */
const plainId = /^[A-Za-z0-9_-]{1,64}$/;
/** A hello has to stay below a megabyte; what does not fit comes with the next one. */
const maxHelloBytes = 800 << 10;

export function openCapsuleStore({ folder, tenantId, agentId, readSigned, onDisbelieved, log }: CapsuleStoreOptions): CapsuleStore {
  const place = join(folder, "capsules");
  const noPanic = join(place, "no-panic");
  const fileOf = (executionId: string): string => join(place, `${executionId}.capsule`);
  const continuationFile = (capsuleId: string): string => join(place, `${capsuleId}.continuation`);
  const settledFile = (capsuleId: string): string => join(place, `${capsuleId}.settled`);

  const read = (document: SignedDocument | undefined, executionId: string): SignedCapsule | undefined => {
    const text = readSigned(document);
    const capsule = text === null ? null : parseCapsule(text);
    if (capsule === null || document === undefined || !plainId.test(capsule.id)) return undefined;
    const isOurs = capsule.tenant === tenantId && capsule.agent === agentId && capsule.execution === executionId;
    return isOurs ? { capsule, document } : undefined;
  };
  const find = (executionId: string): SignedCapsule | undefined => {
    if (!plainId.test(executionId) || !existsSync(fileOf(executionId))) return undefined;
    return read(readContinuationFile(readFileSync(fileOf(executionId), "utf8"))?.capsule, executionId);
  };
  const store = ({ executionId, capsule: document }: CapsuleFrame): void => {
    const offered = plainId.test(executionId) ? read(document, executionId) : undefined;
    if (offered === undefined) {
      log("error", "capsule_refused", { execution: executionId.slice(0, 100) });
      return onDisbelieved?.(executionId);
    }
    // Two of them can overtake each other on their way here.
    if ((find(executionId)?.capsule.state.version ?? 0) > offered.capsule.state.version) return;
    mkdirSync(place, { recursive: true, mode: 0o700 });
    if (isTerminal(offered.capsule.state)) rmSync(fileOf(executionId), { force: true });
    else replaceFile(fileOf(executionId), writeContinuationFile([offered.document]));
    log("info", "capsule_kept", { execution: executionId, version: offered.capsule.state.version });
  };
  return {
    find,
    continuationFile,
    keep(frame) {
      try {
        store(frame);
      } catch {
        log("error", "capsule_not_kept", { execution: frame.executionId });
      }
    },
    isSettled: (capsuleId) => existsSync(settledFile(capsuleId)),
    continuations() {
      if (!existsSync(place)) return [];
      let bytes = 0;
      return readdirSync(place)
        .filter((name) => name.endsWith(".continuation"))
        .map((name) => gzipSync(readFileSync(join(place, name))))
        .filter((packed) => (bytes += packed.length) <= maxHelloBytes);
    },
    settled(capsuleIds) {
      for (const id of capsuleIds.filter((each) => plainId.test(each) && existsSync(continuationFile(each)))) {
        renameSync(continuationFile(id), settledFile(id));
        log("info", "continuation_settled", { capsule: id });
      }
    },
    panicIs(on) {
      try {
        mkdirSync(place, { recursive: true, mode: 0o700 });
        // Removing works on a full disk too.
        if (on) rmSync(noPanic, { force: true });
        else if (!existsSync(noPanic)) replaceFile(noPanic, "");
        flushFolder(place);
      } catch {
        log("error", "panic_not_kept", { on });
      }
    },
    isPanicOff: () => existsSync(noPanic),
  };
}
