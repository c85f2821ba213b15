// Whether the second key of a command is turned, where that is not plain from its risk.
import type { KeyedCommand } from "./with-review.ts";

export const SecondKeyNote = ({ command }: { readonly command: KeyedCommand }) => {
  if (command.second_key === "pending") return <span className="text-small text-ink-normal">second key pending</span>;
  const alone = command.second_key === "missing" && command.classification.scanner.risk === "safe";
  return alone ? <span className="text-small text-ink-normal">second key missing</span> : null;
};
