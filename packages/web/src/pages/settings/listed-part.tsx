// A part of the settings that is a list for one role: who may see it, that it loads, that it failed, that it is empty, its rows, and below them
// the way to a new one.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Loading } from "../../ui/loading.tsx";

interface ListedPartProps<Item> {
  readonly title: string;
  readonly intro: ReactNode;
  /** What the list is of, in the plural, within a sentence. */
  readonly plural: string;
  readonly empty: string;
  /** Why this reader may not see it; null where they may. */
  readonly refusal: string | null;
  readonly list: UseQueryResult<{ readonly items: readonly Item[] }>;
  readonly row: (item: Item) => ReactNode;
  readonly children?: ReactNode;
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

export const List = ({ children }: { readonly children: ReactNode }) => (
  <ul className="rounded-lg border border-line bg-surface-1">{children}</ul>
);

/** One row of such a list. */
export const LIST_ROW = "flex flex-wrap items-center justify-between gap-3 border-b border-line p-3 last:border-b-0";

export const ListedPart = <Item,>({ title, intro, plural, empty, refusal, list, row, children }: ListedPartProps<Item>) => (
  <section className="space-y-4">
    <h2 className="text-title">{title}</h2>
    <p>{intro}</p>
    {refusal !== null && <p className="text-ink-faint">{refusal}</p>}
    {refusal === null && list.isPending && <Loading what={plural} />}
    {list.isError && (
      <ErrorNotice error={list.error} what={`${capital(plural)} could not be listed.`} onRetry={() => void list.refetch()} />
    )}
    {list.data?.items.length === 0 && <p className="text-ink-faint">{empty}</p>}
    {list.data !== undefined && list.data.items.length > 0 && <List>{list.data.items.map(row)}</List>}
    {refusal === null && children}
  </section>
);
