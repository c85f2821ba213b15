// How tables look: real tables from the md breakpoint on, one block per row below it.

export const TABLE_HEAD = "sr-only md:not-sr-only md:table-header-group";
export const HEAD_CELL = "border-b border-line px-3 py-2 text-left text-small font-semibold text-ink-faint first:pl-0";
export const TABLE_ROW =
  "block space-y-1 rounded-lg border border-line bg-surface-1 p-3 md:table-row md:rounded-none md:border-0 md:bg-transparent md:p-0";
export const CELL = "block align-top md:table-cell md:border-b md:border-line md:px-3 md:py-2 md:first:pl-0";
