// The small control that names source lines and takes the reader there. It stands inside a linked area, which does the work.
import { describeLines, type LineRange, writeLines } from "./link-lines.ts";

export const ShowLines = ({ range, item = false }: { readonly range: LineRange; readonly item?: boolean }) => (
  <button
    type="button"
    data-show-lines
    data-lines={writeLines(range)}
    {...(item ? { "data-nav-item": true } : {})}
    className="min-h-6 text-small whitespace-nowrap text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
  >
    {describeLines(range)}
  </button>
);
