// The words of blast radius: what a command would touch, and the read-only command (its twin) that lists it before it is touched.
// A Plan goes in (find-twin.ts), a Twin comes out; its output becomes a Radius (read-twin.ts). Never a guess: no number is better than a wrong one.
import type { Plan } from "../types.ts";

/** How the output of a twin is read; data, so that it can be stored beside the twin. */
export type Reading =
  /** Kind, namespace and name in columns. `pods` adds the owners and the mark of a mirror pod, both of which a drain leaves alone. */
  | { readonly kind: "objects" }
  | { readonly kind: "pods"; readonly daemonPods: "stay" | "go" }
  /** One number. */
  | { readonly kind: "rows"; readonly table: string }
  /** Type letter and path per line; where `link` turns out to be a link, nobody knows what lies behind it. */
  | { readonly kind: "paths"; readonly link: string | null }
  /** Id, state and name per line. */
  | { readonly kind: "containers"; readonly only: "all" | "running" }
  /** Blocks of NAME=VALUE. */
  | { readonly kind: "units"; readonly only: "loaded" | "running" };

/** A read-only command that lists what another command would touch; proven safe by the scanner, or it does not exist. */
export interface Twin {
  readonly plan: Plan;
  /** `plan` as text. */
  readonly command: string;
  readonly reading: Reading;
}

/** What a twin brought back. `truncated`: something of it was cut off. */
export interface TwinOutput {
  readonly stdout: string;
  /** Of every process of the plan that ran; null for one that a signal ended. */
  readonly exitCodes: readonly (number | null)[];
  readonly truncated: boolean;
}

/** What would be touched, in numbers and by name. */
export interface Radius {
  /** In the plural: "pods", "rows of orders", "paths". */
  readonly what: string;
  readonly count: number;
  /** Sorted, without repeats: kinds of objects, the table, types of files. */
  readonly kinds: readonly string[];
  /** Sorted, without repeats; empty where there are none. */
  readonly namespaces: readonly string[];
  /** The first few names, as listed. Text from elsewhere: show it as text. */
  readonly sample: readonly string[];
}

/** A twin before it is proven: the processes to run one after the other. */
export interface Draft {
  readonly commands: readonly (readonly string[])[];
  readonly reading: Reading;
}
