import type { Plugin } from "esbuild";

export function withLazyRules(text: string): string;
export const lazyRules: Plugin;
