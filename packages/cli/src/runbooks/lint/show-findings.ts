// Findings as editors and CI systems read them: `file:line:column: severity CODE message`, or one JSON object per file.
// Findings per file go in, text and the exit code come out. Words of the file pass `visibleLine`.
import { jsonLine, type Paint, visibleLine } from "@dd0c/executor/paint";
import type { Severity } from "./lint-rules.ts";
import type { Finding } from "./lint-runbook.ts";

export interface LintedFile {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** False where nothing to do was found. */
  readonly actionable: boolean;
}

export const countOf = (files: readonly LintedFile[], severity: Severity): number =>
  files.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;

export const showFindings = (files: readonly LintedFile[], paint: Paint): string => {
  const tone: Readonly<Record<Severity, (text: string) => string>> = { error: paint.error, warning: paint.warning, info: paint.faint };
  const lines = files.flatMap(({ file, findings }) =>
    findings.map(
      ({ line, column, severity, code, message }) =>
        `${visibleLine(file)}:${String(line)}:${String(column)}: ${tone[severity](severity)} ${code} ${visibleLine(message)}`,
    ),
  );
  return lines.map((line) => `${line}\n`).join("");
};

export const findingsAsJson = (files: readonly LintedFile[]): string =>
  files
    .map((file) =>
      jsonLine({
        file: file.file,
        errors: countOf([file], "error"),
        warnings: countOf([file], "warning"),
        findings: file.findings,
      }),
    )
    .join("");

/** One line for a person, on standard error so that it is no finding. */
export const summarise = (files: readonly LintedFile[]): string => {
  const [errors, warnings, infos] = [countOf(files, "error"), countOf(files, "warning"), countOf(files, "info")];
  return `${String(files.length)} file${files.length === 1 ? "" : "s"}: ${String(errors)} errors, ${String(warnings)} warnings, ${String(infos)} infos\n`;
};

/** 0 clean, 1 findings beyond what is allowed, 3 where no file holds anything to do. */
export const lintExitCode = (files: readonly LintedFile[], maxWarnings: number): 0 | 1 | 3 => {
  if (files.every(({ actionable }) => !actionable)) return 3;
  return countOf(files, "error") > 0 || countOf(files, "warning") > maxWarnings ? 1 : 0;
};
