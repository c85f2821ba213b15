// Alertmanager's text for PagerDuty and mail ("Labels:", " - alertname = X", "Annotations:") goes in, its labels and annotations come out.
// The text of the first alert alone: a group's alerts share what they are about.

export interface FiringText {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const maxText = 20_000;
const maxPairs = 200;
const PAIR = /^\s*-\s+([A-Za-z_][\w.-]{0,199})\s=\s(.*)$/;

/** Any text; lines that are no pairs continue the value above them. */
export function readFiringText(text: string): FiringText {
  const labels: [string, string][] = [];
  const annotations: [string, string][] = [];
  let part = labels;
  for (const line of text.slice(0, maxText).split("\n")) {
    if (/^\s*Labels:\s*$/.test(line) && labels.length + annotations.length > 0) break;
    if (/^\s*Annotations:\s*$/.test(line)) part = annotations;
    else if (/^\s*Source:/.test(line)) break;
    else readLine(line, part);
  }
  // fromEntries defines properties, so that a label named __proto__ is a label like any other.
  return { labels: Object.fromEntries(labels), annotations: Object.fromEntries(annotations) };
}

function readLine(line: string, pairs: [string, string][]): void {
  const pair = PAIR.exec(line);
  const last = pairs.at(-1);
  if (pair !== null && pairs.length < maxPairs) pairs.push([pair[1] ?? "", pair[2] ?? ""]);
  else if (pair === null && last !== undefined && line.trim() !== "") last[1] += `\n${line.trim()}`;
}
