// Deep links per step: /executions/…#step-4a unfolds what hides the step and goes there, once the steps are on the page.
import { useEffect } from "react";

const reveal = (): void => {
  const { hash } = window.location;
  const target = /^#step-[\w-]+$/.test(hash) ? document.getElementById(hash.slice(1)) : null;
  if (target === null) return;
  for (let fold = target.closest("details"); fold !== null; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  target.scrollIntoView({ block: "start" });
};

export const useStepHash = (ready: boolean): void => {
  useEffect(() => {
    if (!ready) return;
    reveal();
    window.addEventListener("hashchange", reveal);
    return () => window.removeEventListener("hashchange", reveal);
  }, [ready]);
};
