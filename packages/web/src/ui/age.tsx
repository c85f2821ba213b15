// How old something is: "12 s ago". Keeps counting.
import { formatAge } from "../text/format-time.ts";
import { useNow } from "./use-now.ts";

export const Age = ({ sinceMs }: { readonly sinceMs: number }) => {
  const now = useNow(1_000);
  return <span className="whitespace-nowrap">{formatAge(now - sinceMs)}</span>;
};
