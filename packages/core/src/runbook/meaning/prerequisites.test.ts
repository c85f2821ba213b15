import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const found = (text: string): readonly (readonly [string, string])[] => {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.prerequisites.map(({ type, description }) => [type, description] as const) : [];
};
const steps = "\n\n## Steps\n\n1. Look: `kubectl get pods -n shop`\n2. Wait for it\n";

describe("findPrerequisites", () => {
  it.each<[string, string, readonly (readonly [string, string])[]]>([
    [
      "a section",
      "## Prerequisites\n\n- VPN\n- kubectl 1.29 or newer\n- role `shop-admin`\n- the change ticket is approved\n- a second person",
      [
        ["vpn", "VPN"],
        ["tool", "kubectl 1.29 or newer"],
        ["access", "role `shop-admin`"],
        ["approval", "the change ticket is approved"],
        ["other", "a second person"],
      ],
    ],
    [
      "a checklist",
      "## Before you start\n\n- [ ] Access to prod\n- [x] Helm installed",
      [
        ["access", "Access to prod"],
        ["tool", "Helm installed"],
      ],
    ],
    ["a label", "Needs: sudo on both nodes", [["access", "sudo on both nodes"]]],
    ["a label in the middle", "Open this in the call. Needed: deploy rights on shop.", [["access", "Needed: deploy rights on shop"]]],
    ["a sentence", "You need `varnishadm` on cache-1.", [["other", "You need `varnishadm` on cache-1"]]],
    [
      "a half-sentence",
      "Hosts are in `hosts.txt`; you need that repo checked out and ssh to them.",
      [["access", "Hosts are in `hosts.txt`; you need that repo checked out and ssh to them"]],
    ],
    ["requires", "One at a time. Requires SSH to zk-1 as `zkops`.", [["access", "Requires SSH to zk-1 as `zkops`"]]],
    ["make sure", "Make sure you are on the VPN.", [["vpn", "Make sure you are on the VPN"]]],
    ["German", "Du brauchst Zugriff auf den Host.", [["access", "Du brauchst Zugriff auf den Host"]]],
    [
      "German, a section",
      "## Voraussetzungen\n\n- VPN-Profil\n- Mitglied der Gruppe ops\n- Freigabe der Leitung",
      [
        ["vpn", "VPN-Profil"],
        ["access", "Mitglied der Gruppe ops"],
        ["approval", "Freigabe der Leitung"],
      ],
    ],
    ["Spanish", "Necesitas acceso a la consola.", [["access", "Necesitas acceso a la consola"]]],
    ["French", "Il faut les droits sur le cluster.", [["access", "Il faut les droits sur le cluster"]]],
    ["Portuguese", "Você precisa de acesso ao host.", [["access", "Você precisa de acesso ao host"]]],
    ["Italian", "Occorre accesso al nodo.", [["access", "Occorre accesso al nodo"]]],
    ["Dutch", "Je hebt toegang tot de node nodig.", [["access", "Je hebt toegang tot de node nodig"]]],
    ["Japanese", "踏み台へのアクセス権が必要です。", [["access", "踏み台へのアクセス権が必要です"]]],
    ["the same twice", "## Prerequisites\n\n- VPN access\n- vpn access.\n", [["vpn", "VPN access"]]],
  ])("reads %s", (_, text, expected) => {
    expect(found(`# T\n\n${text}${steps}`)).toEqual(expected);
  });

  it.each([
    "If you need access, ask somebody.",
    "The pod needs more memory.",
    "The alert fires when the queue grows.",
    "You need to restart it twice.",
    "It requires a restart.",
    "This group owns the service.",
  ])("none in %s", (text) => {
    expect(found(`# T\n\n${text}${steps}`)).toEqual([]);
  });

  it("does not repeat a step, nor look behind the first command", () => {
    const text = "# T\n\n## Steps\n\n1. Connect to the VPN\n2. Look: `kubectl get pods`\n3. You need the role admin for the rest.\n";
    expect(found(text)).toEqual([]);
  });
});
