// The scanner's reasons as a tree over the command: each part in its own words, indented under what it is part of.
import type { WireReason, WireScannerResult } from "@dd0c/protocol/http";
import { CommandText } from "../ui/command-text.tsx";
import { Prose } from "../ui/prose.tsx";
import { RiskBadge } from "../ui/risk-badge.tsx";

type Part = WireScannerResult["parts"][number];

const PartReason = ({ reason }: { readonly reason: WireReason }) => (
  <div>
    <p>
      <Prose text={reason.message} /> <span className="font-mono text-small break-all text-ink-faint">{reason.rule_id}</span>
    </p>
    {reason.safer_alternative !== null && (
      <p>
        <span className="text-ink-faint">Safer: </span>
        <Prose text={reason.safer_alternative} />
      </p>
    )}
  </div>
);

const PartItem = ({
  command,
  part,
  reasons,
}: {
  readonly command: string;
  readonly part: Part;
  readonly reasons: readonly WireReason[];
}) => (
  <li className="space-y-1" style={{ paddingInlineStart: `${Math.min(part.depth, 6)}rem` }}>
    <div className="flex flex-wrap items-center gap-2">
      <RiskBadge risk={part.risk} />
      <div className="min-w-0 grow basis-48">
        <CommandText command={command.slice(part.span.start, part.span.end)} />
      </div>
    </div>
    {part.reasons
      .flatMap((at) => reasons[at] ?? [])
      .map((reason) => (
        <PartReason key={`${reason.rule_id}-${reason.message}`} reason={reason} />
      ))}
  </li>
);

/** A part without reasons of its own is shown only where it holds several parts together. */
export const VerdictTree = ({ command, scanner }: { readonly command: string; readonly scanner: WireScannerResult }) => (
  <ul className="space-y-3">
    {scanner.parts
      .filter((part) => part.reasons.length > 0)
      .map((part) => (
        <PartItem
          key={`${part.depth}-${part.span.start}-${part.span.end}`}
          command={command}
          part={{ ...part, depth: Math.max(0, part.depth - 1) }}
          reasons={scanner.reasons}
        />
      ))}
  </ul>
);
