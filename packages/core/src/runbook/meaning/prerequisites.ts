// Finds what must be in place before the first step: sections and labels first, then sentences about access, roles, VPN and tools.
// Loose text and draft steps go in; a checklist in reading order comes out, in the words of the source.

import { plainText } from "../source/plain-text.ts";
import { joinText, rangeOf, type SourceLine } from "../source/source-line.ts";
import type { DraftStep } from "../steps/draft-step.ts";
import type { LooseText } from "../steps/walk.ts";
import type { Prerequisite, PrerequisiteType } from "../types.ts";
import { sectionKind } from "./sections.ts";

const TYPES: readonly (readonly [PrerequisiteType, RegExp])[] = [
  ["vpn", /\bvpn\b/i],
  ["approval", /\b(?:approv|sign[- ]?off|change (?:request|ticket)|four[- ]eyes)/i],
  [
    "access",
    /\b(?:access|role|permission|admin|group|account|credentials?|logged in|log in|login|authenticat|iam|ssh key|bastion|jump ?host|rdp|member|privileges?|acceso|permisos?|zugriff|zugang|rechte|accès|acesso)/i,
  ],
  ["tool", /\b(?:install|cli\b|version|binary|tool|kubectl|helm|terraform|docker|python|psql)/i],
];

const LABEL = /^([\p{L} '’-]{3,40})\s*[:：]\s*(.+)$/su;
const NEED =
  /\b(?:you(?:'ll| will)? (?:need|must|should) (?:to )?(?:be|have|hold|install|get|log)|you need\b|need(?:s)? (?:access|to be (?:on|in|logged|connected))|requires? (?:access|admin|the .{1,40} role|membership)|make sure (?:that )?you(?:'re| are| have)|ensure (?:that )?you(?:'re| are| have)|must be (?:logged in|connected|on the|a member)|be (?:on|connected to) (?:the )?\w* ?vpn|(?:get|go|connect|connected) (?:on|to|onto) (?:the )?(?:\w+ )?vpn|necesita[s]? (?:acceso|permisos)|du brauchst|sie benötigen|vous devez (?:être|avoir)|você precisa)\b/i;
const THING =
  /\b(?:vpn|access|roles?|permissions?|admin|credentials?|logged in|log ?in|certificate|token|profile|password|installed|bastion|jump ?host|group|ssh key|okta|sso|mfa|cli|kubeconfig|account|acceso|permisos|rol|zugriff|accès|acesso)\b/i;

export function findPrerequisites(loose: readonly LooseText[], steps: readonly DraftStep[]): readonly Prerequisite[] {
  const first = steps.find((step) => step.commands.length > 0);
  const firstCommand = first === undefined ? Number.POSITIVE_INFINITY : first.start;
  const found = [
    ...loose.filter((text) => !text.heading).flatMap((text) => inLooseText(text, firstCommand)),
    ...steps.flatMap((step) => inStep(step, firstCommand)),
  ];
  const seen = new Set<string>();
  return found
    .filter((one) => one.description.length > 2 && !seen.has(one.description) && seen.add(one.description))
    .sort((a, b) => a.line - b.line);
}

function inLooseText(text: LooseText, firstCommand: number): readonly Prerequisite[] {
  if (text.section.kind === "prerequisites") return asPrerequisites(text.lines);
  if (isLabelled(text.lines)) return labelled(text.lines);
  return rangeOf(text.lines)[0] <= firstCommand && text.section.kind !== "follow_up" ? needs(text.lines) : [];
}

function inStep(step: DraftStep, firstCommand: number): readonly Prerequisite[] {
  if (step.section.kind === "prerequisites") return asPrerequisites(step.prose);
  return step.start <= firstCommand ? needs(step.prose) : [];
}

function prerequisite(description: string, line: number): Prerequisite {
  return { type: TYPES.find(([, pattern]) => pattern.test(description))?.[0] ?? "other", description: description.slice(0, 500), line };
}

function asPrerequisites(lines: readonly SourceLine[]): readonly Prerequisite[] {
  const text = plainText(joinText(lines)).replace(/^\[[ xX]\]\s+/, "");
  if (text === "" || /[:：]$/.test(text)) return [];
  return [prerequisite(text, rangeOf(lines)[0])];
}

function isLabelled(lines: readonly SourceLine[]): boolean {
  const label = LABEL.exec(labelText(lines))?.[1];
  return label !== undefined && sectionKind(label) === "prerequisites";
}

function labelText(lines: readonly SourceLine[]): string {
  return plainText(joinText(lines)).replace(/^[^\p{L}]+/u, "");
}

function labelled(lines: readonly SourceLine[]): readonly Prerequisite[] {
  const rest = LABEL.exec(labelText(lines))?.[2] ?? "";
  return rest === "" ? [] : [prerequisite(rest, rangeOf(lines)[0])];
}

function needs(lines: readonly SourceLine[]): readonly Prerequisite[] {
  const found: Prerequisite[] = [];
  for (const sentence of plainText(joinText(lines).replace(/’/g, "'")).split(/(?<=[.!?])\s+/)) {
    if (NEED.test(sentence) && THING.test(sentence)) found.push(prerequisite(sentence.replace(/[.:]\s*$/, ""), rangeOf(lines)[0]));
  }
  return found;
}
