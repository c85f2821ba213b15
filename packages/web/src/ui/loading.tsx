// Says what is being loaded, but only after 400 ms; the skeleton keeps the place so that nothing jumps.

const ROWS = ["w-2/3", "w-full", "w-5/6", "w-1/2"];

export const Loading = ({ what }: { readonly what: string }) => (
  <div role="status" className="late space-y-3 py-4">
    <p className="text-ink-faint">Loading {what}…</p>
    {ROWS.map((width) => (
      <div key={width} aria-hidden="true" className={`skeleton h-5 ${width}`} />
    ))}
  </div>
);
