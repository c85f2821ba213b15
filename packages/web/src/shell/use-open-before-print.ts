// Paper cannot be unfolded: every fold of the page is opened before printing and put back afterwards.
import { useEffect } from "react";

/** What was folded reads its output when it opens; the print button gives it this long. */
const READ_MS = 1_200;

const openFolds = (): readonly HTMLDetailsElement[] => {
  const folds = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
  for (const fold of folds) fold.open = true;
  return folds;
};

export const printUnfolded = (): void => {
  const opened = openFolds();
  setTimeout(() => {
    window.print();
    for (const fold of opened) fold.open = false;
  }, READ_MS);
};

/** The same for the browser's own print command; output that was never opened is then missing. */
export const useOpenBeforePrint = (): void => {
  useEffect(() => {
    let opened: readonly HTMLDetailsElement[] = [];
    const open = (): void => {
      opened = openFolds();
    };
    const restore = (): void => {
      for (const fold of opened) fold.open = false;
    };
    window.addEventListener("beforeprint", open);
    window.addEventListener("afterprint", restore);
    return () => {
      window.removeEventListener("beforeprint", open);
      window.removeEventListener("afterprint", restore);
    };
  }, []);
};
