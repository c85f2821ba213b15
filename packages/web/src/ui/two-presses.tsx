// A button for what cannot be taken back: the first press asks, the second one does it.
import { useState } from "react";
import { Button } from "./button.tsx";

interface TwoPressesProps {
  readonly label: string;
  /** Where the same label stands several times on the page. */
  readonly spoken?: string;
  /** What the second press says and does. */
  readonly confirm: string;
  readonly keep?: string;
  readonly busy: string | false;
  readonly refusal?: string | null;
  readonly onConfirm: () => void;
}

export const TwoPresses = ({ label, spoken, confirm, keep = "Keep it", busy, refusal = null, onConfirm }: TwoPressesProps) => {
  const [asking, setAsking] = useState(false);
  if (!asking || refusal !== null)
    return (
      <Button onClick={() => setAsking(true)} refusal={refusal} aria-label={spoken}>
        {label}
      </Button>
    );
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={onConfirm} busy={busy}>
        {confirm}
      </Button>
      <Button autoFocus look="plain" onClick={() => setAsking(false)}>
        {keep}
      </Button>
    </div>
  );
};
