// Reads what a heading says about the text under it, in several languages.
// A heading's plain text goes in, the kind of its section comes out; an unknown heading has none.

import type { SectionKind } from "../types.ts";

/** In order: the first that matches decides. */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  [
    "prerequisites",
    /^(?:pre-?\s?requisites?|prereqs?|needs?|needed|required|requires|you(?:'ll| will)? need|needed before .*|pre-?conditions?|prima di (?:cominciare|iniziare).*|wie dabei sein muss|nodig|benötigt|servono|pre-?flight(?: checks?)?|requirements?|before (?:you (?:start|begin)|starting).*|access(?: needed| required| requirements?)?|what you(?:'ll)? need|required (?:access|tools|permissions).*|have ready|who (?:can|may)(?: (?:do|run|start|use) (?:this|it))?|o que é (?:preciso|necessário)|(?:lo )?que hace falta|qué (?:necesitas|hace falta)|was (?:du|man) braucht?|ce qu['’]il faut|cosa serve|wat (?:je )?nodig (?:hebt|is)|requisitos(?: previos)?|antes de empezar|voraussetzungen|vorbedingungen|pré-?requis|pré-requisitos|antes de começar|prerequisiti|requisiti|vereisten|voorwaarden|benodigd(?:heden)?|前提(?:条件)?|事前準備|必要条件)$/,
  ],
  [
    "rollback",
    /^(?:.*\broll(?:ing)?[ -]?back\b.*|back[ -]?out(?: plan)?|revert(?:ing)?\b.*|undo(?:ing)?\b.*|if (?:it|something|anything|this|things|that) (?:goes|go|went) wrong|abort(?:ing)? the (?:change|migration)|marcha atrás|reversión|vuelta atrás|deshacer|rücksetzen|rückgängig machen|zurückrollen|zurücksetzen|retour (?:en )?arrière|annulation|reversão|reverter|desfazer|ripristino|annullamento|annullare|terugdraaien|ongedaan maken|terug(?:rollen)?|ロールバック|切り戻し|undo)$/,
  ],
  [
    "follow_up",
    /^(?:action items?|follow[ -]?ups?|what went (?:badly|well|wrong)|lessons(?: learned)?|next steps after.*|where we got lucky|prevention|long[ -]term (?:fix|solution|actions?)|nachbereitung|acciones|seguimiento)$/,
  ],
  [
    "background",
    /^(?:don'?ts?|(?:don't|do not)(?: do)?\b.*|what not to do|what we do(?:n't| not) do.*|why\b.*|pitfalls|anti-?patterns|common mistakes|gotchas|meaning|impact|overview(?: (?:for|of) .*)?|background|summary|introduction|about|description|context|purpose|owners?|contacts?|when to use.*|symptoms?|severity|related(?: .*)?|links?|references?|see also|further (?:reading|information)|additional (?:resources|information|reading)|resources|glossary|notes?|hinweise?|anmerkungen|remarques|observações|observaciones|table of contents|contents|toc|changelog|history|faq|metadata|tags|licen[cs]e|licensing|questions people ask|why|scope|audience|terminology|how (?:it|this) works|architecture|what (?:is|are|does|happens|happened)\b.*|root causes?|causes?|possible causes?|alert(?: (?:rule|name|description|details))?|example alert|objectives?|goals?|explanations?|(?:success|acceptance) criteria|(?:full )?documentation|document (?:author|owner|history)|server groups|objetivos?|objectifs?|ziele?|screenshots?|(?:relevant|important|key|useful) (?:files|paths|locations|dashboards)|full context|bedeutung|auswirkung(?:en)?|überblick|hintergrund|zusammenfassung|resumen|impacto|descripción|contexto|significado|résumé|contexte|signification|resumo|sintomas|symptome|symptômes|sintomi|symptomen|contesto|panoramica|achtergrond|overzicht|samenvatting|概要|影響|背景|意味|症状)$/,
  ],
  [
    "verification",
    /^(?:verif\w*|validat\w*|confirm\w*|post[ -]?checks?|post[ -]?flight.*|how to (?:verify|test)|testing|check (?:the )?(?:result|outcome)|überprüfung|verificación|comprobación|vérification|verificação|verifica|controle|確認)\b.*$/,
  ],
  [
    "diagnosis",
    /^(?:(?:initial |further |possible )?(?:diagnos\w*|investigat\w*|triage|troubleshoot\w*|debug\w*|checks?|analysis|assessment|detection)\b.*|diagnose|fehlersuche|untersuchung|diagnóstico|investigación|diagnostic|diagnosi|diagnose|onderzoek|分析|調査|診断)$/,
  ],
  [
    "mitigation",
    /^(?:mitigat\w*|resolv\w*|resolution|remediat\w*|fix(?:es|ing)?|repair\w*|recover\w*|solutions?|workarounds?|containment|eradication|what fixed it|how to (?:fix|resolve|mitigate)|behebung|lösung|mitigación|resolución|solución|résolution|atténuation|resolução|solução|risoluzione|soluzione|oplossing|対処|復旧|対応)\b.*$/,
  ],
  [
    "procedure",
    /^(?:.*\b(?:steps?|procedures?|instructions?|process|runbook|playbook|actions?|how[ -]?to|what to do|was tun|qué hacer|que faire|o que fazer|cosa fare|wat te doen)\b.*|pasos|procedimiento|schritte|vorgehen(?:sweise)?|ablauf|anleitung|durchführung|étapes|procédure|passos|procedimento|procedura|passaggi|stappen(?:plan)?|werkwijze|手順|作業手順)$/,
  ],
];

/** What kind of text the heading announces; null when its words say nothing known. */
export function sectionKind(heading: string): SectionKind | null {
  const title = bareTitle(heading);
  return KINDS.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}

/** Lower case, without numbering, emoji, code marks and closing punctuation. */
function bareTitle(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[`*_]/g, "")
    .replace(/’/g, "'")
    .replace(/^[^\p{L}]*(?:\d+(?:\.\d+)*[.):-]*\s+)?/u, "")
    .replace(/\s*[:：.!?-]*\s*$/, "")
    .trim();
}

const STEP_HEADING =
  /^(?:(?:step|schritt|paso|étape|etape|passo|stap|passaggio|ステップ|手順)\s*#?\d+[a-z]?\b|\d+(?:\.\d+)*[.):]\s+\S|\d+\s+[-–—]\s+\S|[a-z]\)\s+\S)/i;

/** "Step 3 - Trim", "2. Evaluate impact": the heading numbers a step. */
export function isStepHeading(heading: string): boolean {
  return STEP_HEADING.test(heading.replace(/^[*_]+/, ""));
}

/** "Step 3 - Trim": the heading calls itself a step; a mere number may only count the sections. */
export function isCalledStep(heading: string): boolean {
  return /^[*_]*(?:step|schritt|paso|étape|etape|passo|stap|passaggio|ステップ|手順)\s*#?\d/i.test(heading);
}

/** The heading without its step number. */
export function withoutStepNumber(heading: string): string {
  const rest = heading.replace(
    /^(?:(?:step|schritt|paso|étape|etape|passo|stap|passaggio|ステップ|手順)\s*#?\d+[a-z]?\b\s*[-–—.:)]*\s*|\d+(?:\.\d+)*[.):]\s+|\d+\s+[-–—]\s+|[a-z]\)\s+)/i,
    "",
  );
  return rest.trim() === "" ? heading.trim() : rest.trim();
}

const PLATFORM =
  /^(?:(?:on|for|using|with|if using)\s+)?(?:aws|amazon(?: web services| linux)?|eks|gcp|google cloud(?: platform)?|gke|azure|aks|linux|mac ?os(?: x)?|os x|windows|debian|ubuntu|fedora|rhel|red hat|centos|rocky|alma ?linux|suse|alpine|arch|docker(?: compose)?|podman|kubernetes|k8s|openshift|bare[ -]metal|on[ -]prem(?:ises)?|vm|vms|helm|systemd|npm|yarn|pnpm|pip|brew|homebrew|apt|yum|dnf|bash|zsh|powershell|mysql|postgres(?:ql)?|staging|production)(?:\s*\/\s*\w+)?:?$/i;

/** "Debian", "On AWS": the section is for one platform. */
export function isPlatform(heading: string): boolean {
  return PLATFORM.test(heading.trim());
}

/** Sections whose prose is about the system, not about what to do. */
export function isBackground(kind: SectionKind | null): boolean {
  return kind === "background" || isBeforeOrAfter(kind);
}

/** Sections about what must be there before, and what is done long after: nothing in them is a step to take now. */
export function isBeforeOrAfter(kind: SectionKind | null): boolean {
  return kind === "prerequisites" || kind === "follow_up";
}
