// Finds what must be in place before the first step: sections and labels first, then sentences about access, roles, VPN and tools.
// Loose text and draft steps go in; a checklist in reading order comes out, in the words of the source, nothing twice.

import { plainText } from "../source/plain-text.ts";
import { trimTail } from "../source/trim-tail.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { LooseText } from "../steps/walk.ts";
import type { Prerequisite, PrerequisiteType } from "../types.ts";
import { isInstruction } from "./instructions.ts";
import { sectionKind } from "./sections.ts";

/** In order: the first that matches decides. */
const TYPES: readonly (readonly [PrerequisiteType, RegExp])[] = [
  ["vpn", /vpn/i],
  [
    "approval",
    /(?<!\p{L})(?:approv\p{L}*|sign[- ]?off|change (?:request|ticket|window)|four[- ]eyes|the ok of|go[- ]ahead|freigabe|genehmig\p{L}*|vier[- ]augen|aprobaci[oó]n|autorizaci[oó]n|approbation|autorisation|aprovação|autorização|approvazione|goedkeuring|toestemming)(?!\p{L})|承認|許可/iu,
  ],
  [
    "access",
    /(?<!\p{L})(?:access|roles?|permissions?|admin\p{L}*|groups?|accounts?|credentials?|logged in|log ?in|authenticat\p{L}*|iam|ssh|sudo|root|rights|bastion|jump ?(?:host|server)|rdp|member\p{L}*|privileges?|passwords?|certificates?|keyring|badge|keys?|token|profile|sso|mfa|session|sysadmin|acceso|permisos?|rol|grupo|miembro|cuenta|contraseña|certificado|zugriff|zugang|rechte|rolle|gruppe|mitglied\p{L}*|anmeld\p{L}*|passwort|konto|accès|droits|rôle|groupe|membre|compte|mot de passe|acesso|permiss\p{L}+|membro|senha|accesso|permess\p{L}+|ruolo|gruppo|toegang|rechten|rol|groep|lid)(?!\p{L})|アクセス|権限|ロール|グループ|メンバー|ログイン|アカウント|鍵/iu,
  ],
  [
    "tool",
    /(?<!\p{L})(?:install\p{L}*|cli|version|binar\p{L}*|tools?|kubectl|oc|helm|terraform|docker|python|psql|jq|aws-cli|gcloud|client|checkout|checked out|clone|repo\p{L}*|or (?:newer|later|above)|werkzeug|installiert|herramienta|instalad\p{L}+|outil|ferramenta|strumento|gereedschap|geïnstalleerd)(?!\p{L})|インストール|ツール|バージョン|`[\w.-]+`\s+v?\d/iu,
  ],
];

const LABEL = /^([\p{L} '’-]{2,40})\s*[:：]\s*(.+)$/su;
/** What somebody must have or be: verbs with their subject, in the words of each language. */
const NEED =
  /(?<!\p{L})(?:you(?:'ll| will)? (?:need|must|should) (?:to )?(?:be|have|hold|install|get|log)|you(?:'ll| will)? need|need(?:s)? (?:access|to be (?:on|in|logged|connected))|requires? (?:access|admin|the .{1,40} role|membership)|make sure (?:that )?you(?:'re| are| have)|ensure (?:that )?you(?:'re| are| have)|must be (?:logged in|connected|on the|a member)|be (?:on|connected to) (?:the )?\w* ?vpn|(?:get|go|connect|connected) (?:on|to|onto) (?:the )?(?:\w+ )?vpn|necesita[sr]?(?: tener| estar)?|se (?:necesita|requiere)|hace falta|deb(?:es|e) (?:tener|estar)|du (?:brauchst|benötigst)|(?:sie|man) (?:brauchen|benötigen|braucht|benötigt)|vous (?:devez (?:être|avoir)|avez besoin)|il (?:vous )?faut|você precisa|precisa(?:-se)? (?:de|ter)|é (?:necessário|preciso)|serv(?:e|ono)|è necessario|occorr(?:e|ono)|hai bisogno|je hebt .{1,60} nodig|u hebt .{1,60} nodig|je moet .{1,40} (?:hebben|zijn))(?!\p{L})|が必要|を持っていること|していること/iu;
const THING =
  /(?<!\p{L})(?:vpn|access|roles?|permissions?|rights|admin\p{L}*|sysadmin|credentials?|tickets?|cuenta|compte|konto|conta|logged in|log ?in|certificate|token|profile|password|installed|bastion|jump ?(?:host|server)|groups?|ssh|sudo|root|okta|sso|mfa|cli|kubectl|kubeconfig|accounts?|acceso|permisos?|rol|grupo|zugriff|zugang|rechte|rolle|gruppe|accès|droits|rôle|groupe|acesso|permiss\p{L}+|accesso|permessi|ruolo|gruppo|toegang|rechten|groep)(?!\p{L})|アクセス|権限|ロール|グループ|ログイン/iu;
/** "You need `x` on cache-1", "Requires SSH to ...", "Needed: ...": says so by itself, above the first step. */
const NEEDS_THING =
  /^(?:you(?:'ll| will)? need (?!to\s|the next|more |\d)|requires (?!to\s|no\s|a (?:restart|reboot))|(?:needed|required|requirements?|prereq\w*|need|needs|benötigt|voraussetzung(?:en)?|requisitos?|necesario|requis|prérequis|nécessite|requer|necessário|richiede|richiesto|vereist|nodig|必要なもの|前提)\s*[:：]\s*)\s*\S/iu;
const CONDITIONAL = /^(?:if|when|unless|in case|should|falls|wenn|si|se|als|indien|quando|cuando)(?!\p{L})/iu;
const MAKES_SURE = /^(?:make sure|ensure|be |connect|get |go |log|vous|il faut|hai)|必要|いること/i;

export function findPrerequisites(loose: readonly LooseText[], steps: readonly DraftStep[]): readonly Prerequisite[] {
  const first = steps.find((step) => step.commands.length > 0);
  const firstStep = steps[0]?.start ?? Number.POSITIVE_INFINITY;
  const firstCommand = first === undefined ? Number.POSITIVE_INFINITY : first.start;
  const found = [
    ...loose.filter((text) => !text.heading).flatMap((text) => inLooseText(text, firstCommand, firstStep)),
    ...steps.flatMap((step) => inStep(step, firstCommand)),
  ];
  return withoutRepeats(found, steps).sort((a, b) => a.line - b.line);
}

/** What a manual step says anyway is no item of the checklist, nor is part of a longer one. */
function withoutRepeats(found: readonly Prerequisite[], steps: readonly DraftStep[]): Prerequisite[] {
  const seen = new Set(
    steps
      .filter(({ commands, section }) => commands.length === 0 && section.kind !== "prerequisites")
      .map(({ description }) => bare(description)),
  );
  const kept = found.filter(({ description }) => {
    const key = bare(description);
    if (key.length < 2 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const byLine = new Map<number, Prerequisite[]>();
  for (const one of kept) byLine.set(one.line, []);
  for (const one of kept) byLine.get(one.line)?.push(one);
  return kept.filter((one) => !isPartOfAnother(one, byLine.get(one.line)?.slice(0, MAX_ON_A_LINE) ?? []));
}

/** More on one line than anybody writes are not compared with each other. */
const MAX_ON_A_LINE = 50;

function isPartOfAnother(one: Prerequisite, onLine: readonly Prerequisite[]): boolean {
  return onLine.length > 1 && onLine.some((other) => other !== one && bare(other.description).includes(bare(one.description)));
}

const bare = (text: string): string =>
  trimTail(
    text
      .toLowerCase()
      .replace(/[`*_]/g, "")
      .replace(/\s+/g, " ")
      .replace(/^[^\p{L}\p{N}]+/u, ""),
    /[\s.:;,。]/,
  );

function inLooseText(text: LooseText, firstCommand: number, firstStep: number): readonly Prerequisite[] {
  if (text.section.kind === "prerequisites") return asPrerequisites(text.lines);
  const labelled = labelledIn(text.lines);
  if (labelled.length > 0) return labelled;
  const [line] = rangeOf(text.lines);
  return line <= firstCommand && text.section.kind !== "follow_up" ? needs(text.lines, line < firstStep) : [];
}

function inStep(step: DraftStep, firstCommand: number): readonly Prerequisite[] {
  if (step.section.kind === "prerequisites") return asPrerequisites(step.prose);
  return step.start <= firstCommand ? needs(step.prose, false) : [];
}

function prerequisite(description: string, line: number): Prerequisite {
  return { type: TYPES.find(([, pattern]) => pattern.test(description))?.[0] ?? "other", description: description.slice(0, 500), line };
}

const withoutBox = (text: string): string => text.replace(/^\s*\[[ xX]\]\s+/, "");

function asPrerequisites(lines: readonly SourceLine[]): readonly Prerequisite[] {
  const text = withoutBox(plainText(joinText(lines)));
  if (text === "" || /[:：]$/.test(text)) return [];
  return [prerequisite(text, rangeOf(lines)[0])];
}

/** "Needed: x", also among other fields ("For: ..." above it); what stands below a field up to the next one belongs to it. */
function labelledIn(lines: readonly SourceLine[]): readonly Prerequisite[] {
  return inFields(lines).flatMap((field) => {
    const [, label = "", rest = ""] = LABEL.exec(labelText(field)) ?? [];
    return rest !== "" && (sectionKind(label) === "prerequisites" || /^before$/i.test(label))
      ? [prerequisite(rest, rangeOf(field)[0])]
      : [];
  });
}

/** A line that begins with a label begins a field. */
function inFields(lines: readonly SourceLine[]): readonly (readonly SourceLine[])[] {
  const fields: SourceLine[][] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if (last === undefined || LABEL.test(labelText([line]))) fields.push([line]);
    else last.push(line);
  }
  return fields;
}

function labelText(lines: readonly SourceLine[]): string {
  return plainText(joinText(lines)).replace(/^[^\p{L}]+/u, "");
}

/** @param introduces - the text stands above every step, where a bare "you need x" is about the whole */
function needs(lines: readonly SourceLine[], introduces: boolean): readonly Prerequisite[] {
  const found: Prerequisite[] = [];
  for (const sentence of withoutBox(plainText(joinText(lines).replace(/’/g, "'"))).split(/(?<=[.!?])\s+|(?<=。)/)) {
    if (CONDITIONAL.test(sentence) || (isInstruction(sentence) && !MAKES_SURE.test(sentence))) continue;
    const isNeed =
      (NEED.test(sentence) && THING.test(sentence)) || (introduces && sentence.split(/;\s+/).some((clause) => NEEDS_THING.test(clause)));
    if (isNeed) found.push(prerequisite(sentence.replace(/[.:。]\s*$/, ""), rangeOf(lines)[0]));
  }
  return found;
}
