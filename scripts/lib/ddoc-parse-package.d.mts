export function buildDdocParsePackage(outdir?: string): Promise<string>;
