// Finds vague instructions ("check the logs", "restart the service") in steps that name neither a command nor an address.
// A draft step goes in; the first question to the author comes out, or null.

import { plainText, firstUrl } from "../source/plain-text.ts";
import { joinText } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { Ambiguity } from "../types.ts";

interface Vague {
  readonly pattern: RegExp;
  readonly suggestion: string;
}

const END = String.raw`(?=\s*(?:$|[.,;:!?)]|\b(?:for (?:any )?(?:errors?|details|issues|clues|more)|and|to (?:see|find|check)|if|again|manually|first)\b))`;
const vague = (source: string, suggestion: string): Vague => ({ pattern: new RegExp(source, "iu"), suggestion });

const LOGS = "Which logs, where, and what to look for?";
const RESTART = "Which one, and by which command?";
const WHO = "Which channel, team or person, and how are they reached?";

const PATTERNS: readonly Vague[] = [
  vague(
    String.raw`\b(?:check|review|inspect|look (?:at|in|into|through)|see|examine|read|analy[sz]e|tail|grep) (?:the |your |any )?(?:\w+ )?logs?\b${END}`,
    LOGS,
  ),
  vague(String.raw`\b(?:revisar|comprobar|mirar|ver) (?:los|las) (?:logs|registros|trazas)\b(?! (?:de|del|en))`, LOGS),
  vague(
    String.raw`\b(?:die |das |den )?(?:logs?|protokolle?) (?:prüfen|anschauen|ansehen|kontrollieren|checken)\b|\bprüfe[n]? die logs?\b`,
    LOGS,
  ),
  vague(
    String.raw`\b(?:vérifier|vérifiez|consulter|consultez) les (?:logs|journaux)\b(?! (?:de|du|des))|\bverificar os logs\b(?! (?:de|do|da))`,
    LOGS,
  ),
  vague(
    String.raw`\b(?:check|look at|review|see|consult|open|monitor) the (?:\w+ )?(?:dashboards?|metrics|graphs?|monitoring|alerts?)\b${END}`,
    "Which dashboard, and which value is good?",
  ),
  vague(
    String.raw`\b(?:restart|reboot|bounce|recycle|kill|stop|start|redeploy|reload) (?:the |this |that |any )(?:(?:affected|failing|relevant|problematic|broken) )?(?:service|services|scheduler|app|application|server|servers|pods?|process|node|instance|worker|workers|job|api|daemon|agent|database|db|container|system|machine|host|component|cluster|broker|proxy|queue|controller|operator|indexer)\b${END}`,
    RESTART,
  ),
  vague(
    String.raw`\b(?:reiniciar|redémarrer|reiniciar) (?:el|la|le|o|a) (?:servicio|service|serviço|servidor|serveur|aplicación|application)\b${END}`,
    RESTART,
  ),
  vague(
    String.raw`\b(?:post|announce|write|message|tell|notify|inform|ask|contact|alert|page|ping|escalate to|reach out to|talk to)\b(?: \w+){0,3} (?:in |to |on |with )?(?:the|your) (?:relevant |appropriate |responsible |right |correct |owning )?(?:channel|slack channel|team|teams|owner|owners|developers?|vendor|stakeholders?|people|person|customer|customers|users)\b${END}`,
    WHO,
  ),
  vague(
    String.raw`\b(?:contact|notify|inform|escalate to|page|reach out to) (?:the )?(?:relevant|appropriate|responsible|right|correct|owning) \w+`,
    WHO,
  ),
  vague(
    String.raw`\b(?:run|execute|use|start) the (?:\w+ )?script\b(?! (?:in|at|from|under|called|named))`,
    "Which script, and where does it lie?",
  ),
  vague(
    String.raw`\b(?:fix|solve|resolve|address|correct|repair) the (?:\w+ )?(?:problem|issue|error|cause|root cause|fault)s?\b${END}`,
    "How is it fixed, and how does one see that it is?",
  ),
  vague(
    String.raw`^(?:then |please )?investigate(?: (?:further|the (?:issue|problem|cause|root cause|alert)))?\s*(?:[.:!]|$)`,
    "What is to be looked at, and what does it decide?",
  ),
  vague(
    String.raw`\b(?:as (?:needed|appropriate|necessary|required)|if (?:needed|necessary|appropriate|required))\s*[.!]?$`,
    "What decides whether it is needed?",
  ),
  vague(
    String.raw`\b(?:make sure|verify|check|confirm|ensure)(?: that)? everything (?:works|is (?:ok|okay|fine|working|good|up|back))\b`,
    "What exactly shows that it works?",
  ),
];

export function findAmbiguity(step: DraftStep, order: number): Ambiguity | null {
  if (step.commands.length > 0) return null;
  const markdown = joinText(step.prose);
  if (firstUrl(markdown) !== null) return null;
  const text = plainText(markdown);
  for (const { pattern, suggestion } of PATTERNS) {
    const match = pattern.exec(text);
    if (match !== null) return { step_order: order, issue: `Unclear: "${match[0].trim()}"`, suggestion };
  }
  return null;
}
