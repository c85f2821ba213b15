// Which way the run went at each condition, and who or what decided that.
import type { WireExecution } from "@dd0c/protocol/http";
import { Prose } from "../../ui/prose.tsx";

type Decision = WireExecution["decisions"][number];

const byWhom = ({ answered_by, declared }: Decision): string => {
  if (answered_by === null) return "by the runbook’s declared check on the output before it";
  return `by ${answered_by.name ?? answered_by.id}${declared ? ", because the declared check could not" : ""}`;
};

export const BranchDecisions = ({ decisions }: { readonly decisions: readonly Decision[] }) =>
  decisions.length === 0 ? null : (
    <section>
      <h2 className="mb-2 text-base">Conditions</h2>
      <ul className="space-y-1">
        {decisions.map((decision) => (
          <li key={decision.branch_id}>
            <Prose text={decision.condition} />: <strong className="text-ink-strong">{decision.answer}</strong>, answered {byWhom(decision)}
            {decision.skipped.length > 0 && `. Left out: ${decision.skipped.join(", ")}`}
            {decision.note !== null && (
              <>
                {". "}
                <Prose text={decision.note} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
