// What the parts of the walk may ask of the whole: handed down, so that words, redirections and commands need not import walk.ts.
import type { ParsedScript, Word } from "unbash";
import type { Arg } from "./arg.ts";
import type { InputKind } from "./rule.ts";
import type { Region } from "./scan-state.ts";

export interface Walker {
  /** Walks a parsed script; `stdin` is what its commands read. */
  readonly script: (script: ParsedScript, region: Region, stdin: InputKind) => void;
  /** Walks the substitutions inside a word and forgets the word. */
  readonly word: (word: Word, region: Region) => void;
  /** Parses a word as shell text of a new shell and walks it. */
  readonly text: (arg: Arg, stdin: InputKind) => void;
}
