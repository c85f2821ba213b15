// Copies a text as it is; says when it has, and says so plainly where the browser does not allow it.
import { useState } from "react";
import { Button } from "./button.tsx";

export const CopyButton = ({
  text,
  label,
  look = "quiet",
}: {
  readonly text: string;
  readonly label: string;
  readonly look?: "quiet" | "plain";
}) => {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = (): void => {
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    done.then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  const words = { idle: label, copied: "Copied", failed: "Select the text to copy it" }[state];
  return (
    <Button look={look} onClick={copy}>
      {words}
    </Button>
  );
};
