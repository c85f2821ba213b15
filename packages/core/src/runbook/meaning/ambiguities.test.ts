import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

/** [step, issue, question] */
const asked = (text: string): readonly (readonly [number, string, string])[] => {
  const result = parseRunbook(`# T\n\n## Steps\n\n${text}\n`);
  return result.ok
    ? result.runbook.ambiguities.map(({ step_order: order, issue, suggestion = "" }) => [order, issue, suggestion] as const)
    : [];
};

const LOGS = "Which logs, where, and what to look for?";
const WHICH = "Which one, and by which command?";
const WHO = "Which channel, team or person, and how are they reached?";
const BOARD = "Which dashboard, and which value is good?";
const FIX = "How is it fixed, and how does one see that it is?";
const WORKS = "What exactly shows that it works?";
const SCRIPT = "Which script, and where does it lie?";
const NEEDED = "What decides whether it is needed?";

describe("findAmbiguities", () => {
  it.each<[string, string, string]>([
    ["Check the logs for errors.", "Check the logs", LOGS],
    ["Revisar los logs.", "Revisar los logs", LOGS],
    ["Die Logs prüfen.", "Die Logs prüfen", LOGS],
    ["Prüfen Sie die Logs.", "Prüfen Sie die Logs", LOGS],
    ["Vérifiez les journaux.", "Vérifiez les journaux", LOGS],
    ["Verificar os logs.", "Verificar os logs", LOGS],
    ["Controllare i log.", "Controllare i log", LOGS],
    ["Controleer de logs.", "Controleer de logs", LOGS],
    ["ログを確認してください。", "ログを確認", LOGS],
    ["Check the dashboard.", "Check the dashboard", BOARD],
    ["ダッシュボードを確認する。", "ダッシュボードを確認", BOARD],
    ["Restart the affected service.", "Restart the affected service", WHICH],
    ["Drain the affected node.", "Drain the affected node", WHICH],
    ["Reiniciar el servicio.", "Reiniciar el servicio", WHICH],
    ["Den Dienst neu starten.", "Den Dienst neu starten", WHICH],
    ["Redémarrer le service.", "Redémarrer le service", WHICH],
    ["Reiniciar o serviço.", "Reiniciar o serviço", WHICH],
    ["Riavviare il servizio.", "Riavviare il servizio", WHICH],
    ["Herstart de service.", "Herstart de service", WHICH],
    ["サービスを再起動する。", "サービスを再起動", WHICH],
    ["Inform the team.", "Inform the team", WHO],
    ["Escalate to the appropriate team", "Escalate to the appropriate team", WHO],
    ["Avisar al equipo.", "Avisar al equipo", WHO],
    ["Das Team informieren.", "Das Team informieren", WHO],
    ["Prévenir l'équipe.", "Prévenir l'équipe", WHO],
    ["Avisar a equipe.", "Avisar a equipe", WHO],
    ["Informare il team.", "Informare il team", WHO],
    ["Informeer het team.", "Informeer het team", WHO],
    ["担当者に連絡してください。", "担当者に連絡", WHO],
    ["Run the cleanup script.", "Run the cleanup script", SCRIPT],
    ["Fix the problem.", "Fix the problem", FIX],
    ["Das Problem beheben.", "Das Problem beheben", FIX],
    ["Verify that everything works.", "Verify that everything works", WORKS],
    ["Prüfen, ob alles läuft.", "Prüfen, ob alles läuft", WORKS],
    ["Scale it up as needed.", "as needed.", NEEDED],
    ["Reboot it again, bei Bedarf.", "bei Bedarf.", NEEDED],
    ["Do it as described above.", "as described above", "Which step or section is meant?"],
    ["Repeat step 12.", "step 12", "Which step is meant? The runbook has 2."],
  ])("asks about %s", (step, issue, question) => {
    expect(asked(`1. Look at it: \`kubectl get pods\`\n2. ${step}`)).toEqual([[2, `Unclear: "${issue}"`, question]]);
  });

  it.each([
    "Check the logs: `journalctl -u api`",
    "Check the logs of the api in Kibana",
    "Check the [logs](https://logs.example.net/api)",
    "Revisar los logs de la api.",
    "Prüfe die Logs von api.",
    "nginxのログを確認する。",
    "Inform the team in #db-oncall.",
    "Tell the owner (dana@example.net).",
    "Contact the vendor, ext. 4711.",
    "Page the DBA on call",
    "Restart the service `nginx`",
    "Restart nginx",
    "Drain node n1",
    "Run the script in /opt/fix.sh",
    "Repeat step 1.",
    "Same as above.",
    "See [the table](#table) as described below.",
    "Fix the DNS entry of api",
  ])("does not ask about %s", (step) => {
    expect(asked(`1. Look at it: \`kubectl get pods\`\n2. ${step}`)).toEqual([]);
  });

  it("asks once about a placeholder whose name says nothing and that nobody explains", () => {
    expect(asked("1. Set it: `kubectl label pod <pod> a=<foo> b=<id>`\n2. Again: `kubectl get pods -l a=<foo>`")).toEqual([
      [1, 'Unclear: "<foo>"', "What is to be filled in for <foo>, and where is it found?"],
    ]);
    expect(asked("1. Set it: `kubectl label pod <pod> a=<foo>`, where `<foo>` is the name of the queue.")).toEqual([]);
  });
});
