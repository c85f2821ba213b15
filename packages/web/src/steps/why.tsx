// Why a command has its risk: the scanner's reasons as a tree over the command, the advisors' opinions, the rule that
// merged them. What a person needs to disagree.
import type { WireClassification } from "@dd0c/protocol/http";
import { Prose } from "../ui/prose.tsx";
import { useMayAsk } from "./may-ask.ts";
import { SaferForms } from "./safer-forms.tsx";
import { VerdictTree } from "./verdict-tree.tsx";

const describeOpinion = (opinion: WireClassification["opinions"][number]): string => {
  if (opinion.risk === null) return "no opinion: this key is not turned";
  return opinion.confidence === null ? opinion.risk : `${opinion.risk}, ${Math.round(opinion.confidence * 100)} % sure`;
};

export const Why = ({ command, classification }: { readonly command: string; readonly classification: WireClassification }) => {
  const { scanner, opinions, merge_rule: mergeRule } = classification;
  const mayAsk = useMayAsk();
  return (
    <div className="space-y-4 border-l-2 border-line pl-4">
      <section className="space-y-2">
        <p className="text-small font-semibold text-ink-strong">Scanner says {scanner.risk}</p>
        {scanner.reasons.length === 0 ? (
          <p className="text-ink-faint">No rule objected.</p>
        ) : (
          <VerdictTree command={command} scanner={scanner} />
        )}
      </section>
      {scanner.not_runnable !== null && (
        <section className="space-y-1">
          <p className="text-small font-semibold text-ink-strong">You run this one yourself</p>
          <p>
            <Prose text={scanner.not_runnable.message} />
          </p>
          {scanner.not_runnable.suggestion !== null && (
            <p>
              <span className="text-ink-faint">Instead: </span>
              <Prose text={scanner.not_runnable.suggestion} />
            </p>
          )}
        </section>
      )}
      {mayAsk && (scanner.risk !== "safe" || scanner.not_runnable !== null) && <SaferForms command={command} />}
      <section>
        <p className="text-small font-semibold text-ink-strong">Second key</p>
        <ul>
          {opinions.map((opinion) => (
            <li key={opinion.advisor}>
              {opinion.advisor}: {describeOpinion(opinion)}
              {opinion.reasoning !== null && (
                <>
                  {". "}
                  <Prose text={opinion.reasoning} />
                </>
              )}
            </li>
          ))}
          {opinions.length === 0 && <li className="text-ink-faint">No advisor spoke.</li>}
        </ul>
      </section>
      <p className="text-small text-ink-faint">
        Together: {classification.risk} (merge rule {mergeRule}, patterns {scanner.pattern_version})
      </p>
    </div>
  );
};
