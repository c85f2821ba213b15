// A table: real from the md breakpoint on, one block per row below it. Its rows and cells look as in table-look.ts.
import type { ReactNode } from "react";
import { HEAD_CELL, TABLE_HEAD } from "./table-look.ts";

interface TableProps {
  readonly heads: readonly string[];
  /** Its name: the id of the heading that has it, or the words where no heading does. */
  readonly labelledBy?: string;
  readonly label?: string;
  /** Its rows. */
  readonly children: ReactNode;
}

export const Table = ({ heads, labelledBy, label, children }: TableProps) => (
  <table className="block w-full md:table" aria-labelledby={labelledBy} aria-label={label}>
    <thead className={TABLE_HEAD}>
      <tr>
        {heads.map((name) => (
          <th key={name} scope="col" className={HEAD_CELL}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="block space-y-2 md:table-row-group md:space-y-0">{children}</tbody>
  </table>
);
