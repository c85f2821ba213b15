// What holds, field by field, and which layer said it. Shown beside every form that changes one of the layers.
import type { WireEffectivePolicy } from "@dd0c/protocol/http";
import { POLICY_FIELDS, sourceWords, valueWords } from "../text/policy-words.ts";

const Line = ({ question, value, source }: { readonly question: string; readonly value: string; readonly source: string }) => (
  <div className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-b-0">
    <dt className="text-ink-normal">{question}</dt>
    <dd>
      <span className="font-medium text-ink-strong">{value}</span> <span className="text-small text-ink-faint">{source}</span>
    </dd>
  </div>
);

export const EffectivePolicy = ({ policy, withShare }: { readonly policy: WireEffectivePolicy; readonly withShare: boolean }) => (
  <dl className="rounded-lg border border-line bg-surface-1 px-3">
    {POLICY_FIELDS.map((field) => (
      <Line
        key={field.name}
        question={field.question}
        value={valueWords(field, policy.values)}
        source={sourceWords(policy.decided_by[field.name])}
      />
    ))}
    {withShare && (
      <Line
        question="Automatic steps"
        value={`at most ${policy.values.max_auto_share_percent} %`}
        source={sourceWords(policy.decided_by.max_auto_share_percent)}
      />
    )}
  </dl>
);
