// Lines into an archive file as the server writes it, for tests of whoever reads one.
import { writeArchiveFile } from "../src/app/archive-file.ts";

export async function writeArchiveOf(file: string, lines: readonly string[]): Promise<void> {
  await writeArchiveFile(
    file,
    (async function* () {
      yield* lines;
    })(),
  );
}
