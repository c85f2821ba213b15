interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}
export declare const rules: Readonly<Record<string, (files: readonly RepositoryFile[]) => readonly string[]>>;
