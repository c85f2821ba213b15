// Paper cannot be unfolded: every fold is opened before printing and put back afterwards.
import { useEffect } from "react";

export const useOpenBeforePrint = (): void => {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const open = (): void => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
      for (const fold of opened) fold.open = true;
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
