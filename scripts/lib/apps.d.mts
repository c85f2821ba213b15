export const appNames: readonly string[];
export function buildApp(app: string, outdir?: string): Promise<void>;
