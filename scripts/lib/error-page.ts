// docs/errors.md from the one table of codes.
import { errorTable } from "@dd0c/core";

export const renderErrorPage = (): string => {
  const rows = Object.entries(errorTable).map(
    ([code, { httpStatus, meaning, action }]) => `| \`${code}\` | ${httpStatus} | ${meaning} | ${action} |`,
  );
  return [
    "# Errors",
    "",
    "Every error and refusal of the product. Generated from `packages/core/src/errors.ts`; a test keeps the two equal.",
    'The API answers with `{"error": {"code", "message", "details", "request_id", "timestamp"}}`; codes of the agent travel as the reason of a step that did not run.',
    "",
    "| code | HTTP | meaning | what to do |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
};
