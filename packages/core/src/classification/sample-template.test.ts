import { scan, type Verdict } from "@dd0c/scanner";
import { describe, expect, it } from "vitest";
import { classifyStep } from "./classify-step.ts";
import { sampleTemplate } from "./sample-template.ts";

function textsOf(command: string, placeholders: readonly string[]): readonly string[] {
  return sampleTemplate(command, placeholders).map(({ text }) => text);
}

describe("sampleTemplate", () => {
  it("leaves a text without declared placeholders as it is", () => {
    expect(textsOf("sort <in >out", [])).toEqual(["sort <in >out"]);
    expect(textsOf("cat <a>/tmp/b", ["<pod>"])).toEqual(["cat <a>/tmp/b"]);
  });

  it("puts a word or a number in place of each declared placeholder, and gives one sample per choice", () => {
    expect(textsOf("kubectl logs <pod> --tail=<lines>", ["<pod>", "<lines>"])).toEqual(["kubectl logs zqv0zq --tail=701319"]);
    expect(textsOf("systemctl <stop|start> {{unit}}", ["<stop|start>", "{{unit}}"])).toEqual([
      "systemctl stop zqv1zq",
      "systemctl start zqv1zq",
    ]);
  });

  it("gives the verdict back in the words and offsets of the template", () => {
    const command = "kubectl -n <ns> delete pod <pod>";
    const [sample] = sampleTemplate(command, ["<ns>", "<pod>"]);
    const verdict: Verdict = sample!.restore(scan(sample!.text));
    expect(verdict.targets).toEqual([{ kind: "pod", name: "<pod>", namespace: "<ns>" }]);
    expect(verdict.plan?.lists[0]?.first.members[0]?.argv).toEqual(["kubectl", "-n", "<ns>", "delete", "pod", "<pod>"]);
    for (const { span } of verdict.reasons) expect(span.start >= 0 && span.start <= span.end && span.end <= command.length).toBe(true);
  });
});

describe("classifyStep on templates", () => {
  const risk = (command: string, placeholders: readonly string[]): string =>
    classifyStep(scan, { command, description: "", section: null, neighbours: [], placeholders }).classification.risk;

  it("judges a declared placeholder as a literal and an undeclared one as what a shell makes of it", () => {
    expect(risk("kubectl get pod <pod> -n shop", ["<pod>"])).toBe("safe");
    expect(risk("kubectl get pod <pod> -n shop", [])).not.toBe("safe");
    expect(risk("kubectl delete pod <pod>", ["<pod>"])).toBe("dangerous");
  });

  it("takes the strictest choice", () => {
    expect(risk("systemctl <status|stop> nginx", ["<status|stop>"])).not.toBe("safe");
  });
});
