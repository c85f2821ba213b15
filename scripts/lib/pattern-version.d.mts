export declare const countsForVersion: (path: string) => boolean;
export declare const patternVersionOf: (
  sources: readonly (readonly [path: string, text: string])[],
  dependencies: Readonly<Record<string, string>>,
) => string;
