// Says when the browser has no connection: what is shown is old, nothing is sent and nothing is kept for later.
import { useSyncExternalStore } from "react";

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

export const OfflineBanner = () => {
  const online = useOnline();
  if (online) return null;
  return (
    <p role="status" className="border-y border-line-strong bg-surface-2 px-4 py-2 text-center text-ink-strong">
      You are offline. What you see may be old. Nothing you press is sent or kept for later.
    </p>
  );
};
