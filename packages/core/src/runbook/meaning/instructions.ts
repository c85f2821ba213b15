// Tells an instruction ("Restart the broker", "If it fails, page the owner") from a fact ("The broker restarts").
// The plain text of a sentence or list item goes in, a yes or no comes out.

import { plainText } from "../source/plain-text.ts";
import { remember } from "../remember.ts";
import type { SectionKind } from "../types.ts";

const VERBS: ReadonlySet<string> = new Set(
  `abort access acknowledge activate add adjust allow analyse analyze announce apply approve archive ask assess assign attach attempt authenticate authorize avoid back
  backup begin block bounce build bump bring call cancel capture change check choose clean cleanup clear click clone close collect communicate compare complete configure
  confirm connect consider consult contact contain continue coordinate copy cordon correct create cross-check deactivate debug decide decommission
  decrease decrypt delete deploy describe detach determine diagnose disable disconnect discard discuss document download drain drop edit eject email enable encrypt
  engage ensure enter escalate establish evaluate evict examine execute exit expand expire export extend extract fail failover fetch file fill filter find fix flush follow force
  fork gather generate get give go grant halt hold identify ignore implement import increase inform initiate inject insert inspect install invalidate investigate
  invite isolate issue join keep kill launch leave let limit list load locate lock log login look lower maintain make manage mark measure merge migrate
  mitigate modify monitor mount move mute navigate note notify observe obtain offload open optimize order override page patch pause perform pick pin ping place plan point poll
  post prepare press preserve prevent proceed promote protect provide provision prune pull purge push put query raise re-enable re-run reach read reassign
  rebalance reboot rebuild recall recheck reclaim recommend reconcile reconfigure record recover recreate recycle redeploy redirect reduce re-deploy refer refresh regenerate register reindex
  reinstall reload remediate remember remove rename renew reopen repair repeat replace replay replicate report request requeue rerun reschedule reset resize resolve
  respond restart restore restrict resume resync retain retrieve retry return revert review revise revoke rewind roll rollback rotate route run save scale scan
  schedule scroll search secure see select send set setup share shift show shut shutdown sign silence simplify skip snapshot sort specify spin ssh start stop store submit subscribe suspend
  swap switch sync tail take talk tell terminate test throttle tighten toggle trace track transfer trigger trim troubleshoot try tune turn type unblock uncordon understand
  undo unlock unmount unpause unseal untaint update upgrade upload use validate verify view visit wait warn watch whitelist wipe work write zoom
    alter benchmark bind boot browse calculate commit compress compute convert count decode decompress define dig double-check encode format forward grep grow link mirror partition
    port-forward print profile rebase reissue rekey relaunch resubmit revisit sanity-check scp seal shrink sign smoke-test spot-check symlink distribute logout study pair refuse introduce interrupt postpone liaise cross-reference re-create redistribute relabel clarify observe curl rsync chown brief tag test tunnel unlink unpack untar unzip`
    .trim()
    .split(/\s+/),
);

const FOREIGN =
  /^(?:abrir|actualizar|aplicar|arrancar|avisar|borrar|buscar|cambiar|cerrar|comprobar|conectar|confirmar|copiar|crear|detener|ejecutar|eliminar|esperar|iniciar|instalar|parar|reiniciar|restaurar|revisar|verificar|ver|prüfe[n]?|öffne[n]?|starte[n]?|stoppe[n]?|führe[n]?|lösche[n]?|warte[n]?|kontrolliere[n]?|überprüfe[n]?|informiere[n]?|vérifie[rz]|redémarre[rz]|ouvr(?:ir|ez)|lance[rz]|exécute[rz]|arrête[rz]|attend(?:re|ez)|supprime[rz]|contacte[rz]|verifique|verificar|reinicie|reiniciar|execute|executar|abra|abrir|aguarde|pare|apague|confirme|verific(?:a|are)|controll(?:a|are)|riavvi(?:a|are)|esegui(?:re)?|apri(?:re)?|attend(?:i|ere)|avvis(?:a|are)|ferm(?:a|are)|avvi(?:a|are)|contatt(?:a|are)|elimin(?:a|are)|controleer|herstart|voer|wacht|haal|gebruik|forceer|maak|kijk|vraag|sluit|log in|neem|verwijder|informeer|meld|schakel|zet|bel|avise|avisar|ligue|ligar|conferir|esperar|entrar|testar|subir|repetir|prévenir|basculer|mesurer|regarder|rufe[n]?|melde[n]?|schalte[n]?|trenne[n]?|verbinde[n]?)\b/iu;
const FOREIGN_ENDING =
  /\s(?:prüfen|neu starten|starten|stoppen|öffnen|ausführen|löschen|warten|informieren|melden|anlegen|durchführen|ansehen|anrufen|wiederholen|schreiben|abschalten|einschalten|setzen)[.!]?$/iu;
/** An infinitive at the start, in a sentence whose small words say which language it is. */
const ROMANCE: readonly (readonly [verb: RegExp, words: RegExp])[] = [
  [/^\p{L}{2,}(?:er|ir|re)\b/u, /(?:^|\s)(?:le|la|les|des|du|une?|au|aux|sur|par|ceux|tout)\s|[ld]['’]/iu],
  [
    /^\p{L}{2,}(?:ar|er|ir)(?:l[oae]s?)?\b/u,
    /(?:^|\s)(?:el|los|las|una|del|al|por|os|da|dos|das|até|para|ao|nos|nas|pelo|pela|en|em)(?:\s|$)/iu,
  ],
  [/^\p{L}{2,}(?:are|ere|ire)\b/u, /(?:^|\s)(?:il|gli|della?|dello|delle|nella?|dalla?|sul|sulla)(?:\s|$)/iu],
];
const JAPANESE = /(?:してください|する|します|確認|実行|再起動|待つ)[。.]?$/u;

/** "Page `disk-full`", "Go 1.22", "Note": the first word could be a verb, and is none here. */
const NO_VERB = /^(?:page `|go \d|note\b)/i;
/** "Access is", "Change of": behind these the first word is a noun. */
const AFTER_NOUN = /^(?:is|are|was|were|has|have|can|could|will|would|may|might|should|must|of)$/;
/** "Contact: ops". */
const FIELD = /^[\p{L}-]+:\s*\S+$/u;

const OPENING =
  /^(?:(?:please|now|then|next|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|also|again|either|subsequently|additionally|optionally|alternatively|otherwise|else|immediately|manually|carefully|closely|regularly|periodically|temporarily|gracefully|quickly|always|once more|dann|danach|zuerst|luego|después|primero|ensuite|puis|d'abord|depois|to do so|and|or|just|simply|you (?:should|must|need to|can|may|will need to|have to|could)|we (?:should|must|need to|have to)|(?:\d+|[a-z])[.)])[,:]?\s+)+/i;
/** Opens with a word that says when, or what for, something is to be done. */
export const CONDITIONAL =
  /^(?:if|when|whenever|once|in case|unless|after|before|in the event|should the|should you|depending on|for each|for every|to|falls|wenn|sobald|si|en caso de|cuando|lorsque|dès que|se|caso|quando)\b/iu;
/** "Using the console, go to Storage", "In order for it to connect, you must configure": says where or how, then what is to be done. */
const CIRCUMSTANCE =
  /^(?:in|on|from|for|as|at|with|within|using|via|under|by)\s(?!(?:it|that|this|them|top),)[^,.;:]{1,80},\s+(?:you (?:must|should|will need to|need to|have to)\s+)?([\p{L}-]+)/iu;
const CONSEQUENT =
  /[,:;…–—]\s*(?:then\s+|please\s+|you (?:should|must|can|need to|may|will need to)\s+|and\s+|try\s+(?:to\s+)?|simply\s+)?([a-zäöüß-]+)/giu;

/** Marks and signs in front of the first letter of any script. */
const NO_WORDS = /^[^\p{L}\p{N}]+/u;

/** Whether the text tells somebody to do something. */
export const isInstruction: (markdown: string) => boolean = remember(tellsToAct);

function tellsToAct(markdown: string): boolean {
  if (/^\s*`/.test(markdown)) return false;
  const text = plainText(markdown).slice(0, 600).replace(NO_WORDS, "").replace(OPENING, "");
  if (startsWithVerb(text) || JAPANESE.test(text)) return true;
  return (CONDITIONAL.test(text) && hasConsequent(text)) || tellsUnderCircumstance(text);
}

function tellsUnderCircumstance(text: string): boolean {
  const [opening = "", verb = ""] = CIRCUMSTANCE.exec(text) ?? [];
  return verb !== "" && startsWithEnglishVerb(text.slice(opening.length - verb.length));
}

/** Whether what stands below the text hangs on it; "before", "after" and "to" tell only an order or an aim. */
export function makesConditional(text: string): boolean {
  return CONDITIONAL.test(text) && !/^(?:before|after|to)\b/i.test(text);
}

function startsWithVerb(text: string): boolean {
  return isForeignOrder(text) || startsWithEnglishVerb(text);
}

function isForeignOrder(text: string): boolean {
  const closesWithVerb = FOREIGN_ENDING.test(text) && text.split(/\s+/, 12).length <= 10;
  return FOREIGN.test(text) || closesWithVerb || ROMANCE.some(([verb, words]) => verb.test(text) && words.test(text));
}

function startsWithEnglishVerb(text: string): boolean {
  const first = /^[\p{L}-]+/u.exec(text)?.[0].toLowerCase() ?? "";
  if (!VERBS.has(first) || NO_VERB.test(text)) return false;
  const second = /^[\p{L}-]+\s+(\S+)/u.exec(text)?.[1]?.toLowerCase() ?? "";
  return !AFTER_NOUN.test(second) && !FIELD.test(text);
}

function hasConsequent(text: string): boolean {
  for (const match of text.matchAll(CONSEQUENT)) {
    if (startsWithVerb(text.slice((match.index ?? 0) + match[0].length - (match[1] ?? "").length))) return true;
  }
  return /\b(?:go to|continue|proceed|stop|restart|escalate|contact|skip|repeat|you (?:should|must|can|need to))\b/i.test(text);
}

const FACT =
  /^(?:[\p{L}\d`'’().,/_-]+ ){1,6}(?:is|are|was|were|has|have|had|will|would|can|could|may|might|does|did|[a-z]{2,}(?:[^aeious]s|es|ts)|[a-z]{3,}ed)\b/u;

/** A sentence with a subject and its verb; says nothing about text in other languages than English. */
export function isFact(markdown: string): boolean {
  const text = plainText(markdown).slice(0, 300).replace(NO_WORDS, "");
  if (isInstruction(text) || OBLIGATION.test(text)) return false;
  return FACT.test(text) || /^(?:`[^`]+`|\S+ - )/.test(plainText(markdown)) || /^[\p{L}\d][\p{L}\d_ ./-]{1,40}:\s+\p{Lu}\w+s\s/u.test(text);
}

const OBLIGATION =
  /\b(?:you (?:should|must|need to|can|have to)|it is (?:essential|important|necessary|advisable) (?:that you|to)|(?:should|must|needs? to) be (?:restarted|checked|replaced|contacted|increased|added|removed))\b/i;

/** Whether any sentence of a longer text is an instruction; for documents that have no clearer steps. */
export function holdsInstruction(markdown: string): boolean {
  return markdown
    .slice(0, 4000)
    .split(/(?<=[.!?])\s+|\n/)
    .some((sentence) => isInstruction(sentence) || OBLIGATION.test(sentence));
}

/** In a section about acting, and with no clearer step in the document, a sentence of some length is something to consider. */
export function isAdvice(markdown: string, kind: SectionKind | null): boolean {
  if (holdsInstruction(markdown)) return true;
  const isActing = kind === "diagnosis" || kind === "mitigation" || kind === "procedure" || kind === "verification";
  return isActing && plainText(markdown).split(/\s+/).length >= 4;
}
