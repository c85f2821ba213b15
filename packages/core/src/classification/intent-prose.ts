// What the words around a command say: that somebody wants to look, or that something is to be changed.
// A step's description, section and neighbours go in, yes or no comes out. Several languages. Part of the intent advisor.

import type { StepContext } from "./types.ts";

const LEAD =
  "^(?:\\W*(?:then|now|next|first|finally|lastly|also|please|and|to|let's|let us|we|you|should|must|can|will|need to|have to|want to|going to|use this to|run this to|in order to|step \\d+|\\d+|dann|nun|zuerst|bitte|luego|ahora|primero|ensuite|puis|d'abord|depois|agora|primeiro)\\b)*\\W*";

const CHANGING =
  "clean(?:ing|s|ed)?(?: |-)?up|clean(?:ing)? out|clean|clear(?:ing)?|delet(?:e|ing|ion)|destroy(?:ing)?|drop(?:ping)?|eras(?:e|ing)|evict(?:ing)?|fail(?:ing)?(?: |-)?(?:over|back)|failover|flush(?:ing)?|format(?:ting)?|kill(?:ing)?|nuk(?:e|ing)|overwrit(?:e|ing)|purg(?:e|ing)|reboot(?:ing)?|remov(?:e|ing|al)|reset(?:ting)?|terminat(?:e|ing)|truncat(?:e|ing)|uninstall(?:ing)?|wip(?:e|ing)|empty(?:ing)?|discard|revert|roll(?:ing)? ?back|rollback|decommission|drain(?:ing)?|shut ?down|power off|get rid of|throw away|free up|prune|evacuate|demote|promote|switch ?over" +
  "|lösch\\w*|entfern\\w*|bereinig\\w*|leer\\w*|zurücksetz\\w*|verwerf\\w*|formatier\\w*|neu ?start\\w*|stopp\\w*|elimin[ae]\\w*|borr[ae]\\w*|limpi[ae]\\w*|vac[ií][ae]\\w*|reinici\\w*|det[eé]n\\w*|supprim\\w*|effac\\w*|vide[rz]?|purge[rz]?|nettoy\\w*|redémarr\\w*|arrêt\\w*|exclu[ai]\\w*|apag[aeu]\\w*|limp[ae]\\w*|remov[ae]\\w*|esvazi\\w*|verwijder\\w*|wis|leeg\\w*|elimina\\w*|cancell[ai]\\w*|svuot\\w*|usuń\\w*|wyczyść|удал\\w*|очист\\w*|стер\\w*|sil\\b|temizle|削除|消去|初期化|再起動|停止|删除|清空|清除|重启|삭제|초기화";
const READING =
  "check(?:ing)?|compar(?:e|ing)|confirm(?:ing)?|count(?:ing)?|describ(?:e|ing)|determin(?:e|ing)|display(?:ing)?|examin(?:e|ing)|find(?:ing)? out|get(?:ting)?|identif(?:y|ying)|inspect(?:ing)?|list(?:ing)?|look(?:ing)?|observ(?:e|ing)|query(?:ing)?|read(?:ing)?|review(?:ing)?|see(?:ing)?|show(?:ing)?|verif(?:y|ying)|view(?:ing)?|watch(?:ing)?|diagnos(?:e|ing)|measure|monitor|print" +
  "|comprob\\w*|verific\\w*|consult\\w*|mostr\\w*|list\\w*|prüf\\w*|überprüf\\w*|anzeig\\w*|zeig\\w*|kontrollier\\w*|vérifi\\w*|affich\\w*|consulte[rz]|control(?:e|eer)\\w*|bekijk\\w*|確認|表示|检查|查看";

const ANNOUNCES_CHANGE = new RegExp(
  `${LEAD}(?:${CHANGING})(?![\\w-])|(?:[.:;]|\\b(?:and|then|to|und|y|et|e|en|then)\\b) *(?:then )?(?:${CHANGING})(?![\\w-])|削除|消去|初期化|再起動|停止|删除|清空|清除|重启|삭제|초기화`,
  "iu",
);
const ANNOUNCES_CHANGE_AT_ONCE = new RegExp(`${LEAD}(?:${CHANGING})(?![\\w-])|削除|消去|初期化|删除|清空|清除|삭제|초기화`, "iu");
const ANNOUNCES_LOOK = new RegExp(`${LEAD}(?:${READING})(?![\\w-])|確認|表示|检查|查看`, "iu");
const NAMES_CHANGE = new RegExp(`(?<![\\w-])(?:${CHANGING})(?![\\w-])`, "iu");
/** Words that only lead to the command, each with a blank behind it. */
const LEADING_WORDS =
  /^(?:(?:then|now|next|and) )?(?:(?:run|execute|type|enter|issue|use|do|ausführen|ejecutar?|exécuter?) )?(?:(?:this|that|it|the following|following|these|as follows) )?(?:(?:commands?|below) )?$/;
const MAX_LEADING = 200;

/** Such a description leaves its meaning to what stands before it. */
function saysNothing(description: string): boolean {
  if (description.length > MAX_LEADING) return false;
  const words = description.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return LEADING_WORDS.test(words.map((word) => `${word} `).join(""));
}

/** The description says that something is to be changed; or says nothing, and the step before or the heading does. */
export function announcesChange({ description, section, neighbours }: StepContext): boolean {
  if (ANNOUNCES_CHANGE_AT_ONCE.test(description)) return true;
  if (!saysNothing(description)) return false;
  const before = neighbours[0] ?? "";
  return /[:：]\s*$/.test(before) && ANNOUNCES_CHANGE.test(`${section ?? ""}: ${before}`);
}

/** Only the prose speaks for a look: no word of it, of the heading or of the steps beside it may speak of a change. */
export function announcesLook({ description, section, neighbours }: StepContext): boolean {
  return ANNOUNCES_LOOK.test(description) && ![description, section ?? "", ...neighbours].some((text) => NAMES_CHANGE.test(text));
}
