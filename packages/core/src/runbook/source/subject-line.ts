// The subject of a pasted e-mail: it names the runbook when nothing better does.
// The first lines of the text go in, the subject without "Re:" comes out, or null.

const SUBJECT = /^(?:Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Title|Titel|Titre|Título|Titolo|件名)\s*[:：]\s*(.+)$/imu;
const REPLY = /^(?:(?:re|aw|sv|fw|fwd|wg|tr|rv)\s*[:：]\s*)+/iu;

/** The subject line of an e-mail, without "Re:". */
export function subjectOf(text: string): string | null {
  return SUBJECT.exec(text.slice(0, 2000))?.[1]?.replace(REPLY, "").trim() ?? null;
}
