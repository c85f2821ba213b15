// The places. A row on wide screens, a folded menu on a phone.
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

const PLACES = [
  { to: "/", name: "Home" },
  { to: "/runbooks", name: "Runbooks" },
  { to: "/executions", name: "Executions" },
  { to: "/alerts", name: "Alerts" },
  { to: "/agents", name: "Agents" },
  { to: "/audit", name: "Audit" },
  { to: "/settings", name: "Settings" },
] as const;

const Places = ({ look }: { readonly look: string }) =>
  PLACES.map((place) => (
    <Link
      key={place.to}
      to={place.to}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
      className={`flex min-h-11 items-center rounded-md px-3 ${look}`}
      activeProps={{ className: "bg-surface-2 font-semibold text-ink-strong", "aria-current": "page" }}
      inactiveProps={{ className: "text-ink-normal hover:bg-surface-2" }}
    >
      {place.name}
    </Link>
  ));

export const Navigation = () => {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (menu.current !== null) menu.current.open = false;
  }, [path]);
  return (
    <>
      <nav aria-label="Main" className="hidden items-center gap-1 lg:flex">
        <Places look="" />
      </nav>
      <details ref={menu} className="relative lg:hidden">
        <summary className="flex min-h-11 items-center rounded-md border border-line-strong px-3 text-ink-strong">Menu</summary>
        <nav aria-label="Main" className="absolute left-0 z-40 mt-2 w-56 rounded-lg border border-line-strong bg-surface-1 p-2">
          <Places look="w-full" />
        </nav>
      </details>
    </>
  );
};
