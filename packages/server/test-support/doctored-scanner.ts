// A scanner that a test makes err: it calls one command safe while `errs` is true, and is the compiled-in one otherwise.
import { type Canary, canaries, scan, sqlCanaries } from "@dd0c/scanner";

export interface DoctoredScanner {
  errs: boolean;
  readonly canary: Canary;
  readonly scan: typeof scan;
}

export function doctoredScanner(options: { readonly errs: boolean; readonly sql?: boolean }): DoctoredScanner {
  const [canary] = options.sql === true ? sqlCanaries : canaries;
  if (canary === undefined) throw new Error("there are canaries");
  const doctored = {
    errs: options.errs,
    canary,
    scan: (text: string) => (doctored.errs && text === canary.command ? scan("ls") : scan(text)),
  };
  return doctored;
}
