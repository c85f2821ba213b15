import { describe, expect, it } from "vitest";
import type { CommandLanguage } from "../types.ts";
import { numberSteps } from "./step-numbers.ts";
import { traceOrigins } from "./variable-origins.ts";
import { collectVariables } from "./variables.ts";
import { bestMs } from "../../../../../bench/best-ms.ts";

const collect = (texts: readonly string[], prose = "", language: CommandLanguage = "shell"): ReturnType<typeof collectVariables> =>
  collectVariables(
    texts.map((text, index) => ({ text, language, line: index + 1 })),
    prose,
  );

const names = (texts: readonly string[], language?: CommandLanguage): readonly string[] =>
  collect(texts, "", language).variables.map(({ name }) => name);

describe("collectVariables", () => {
  it("asks once per name and knows every spelling", () => {
    expect(collect(["kubectl logs $POD", "kubectl describe pod ${POD} <container>"])).toEqual({
      variables: [
        { name: "POD", placeholder: "$POD", placeholders: ["$POD", "${POD}"], source: "alert", field: "pod", type: "text", line: 1 },
        {
          name: "container",
          placeholder: "<container>",
          placeholders: ["<container>"],
          source: "alert",
          field: "container",
          type: "text",
          line: 2,
        },
      ],
      used: [["POD"], ["POD", "container"]],
    });
  });

  it.each<[readonly string[], readonly string[]]>([
    [["NS=shop", "kubectl get po -n $NS"], []],
    [["export CLUSTER=<cluster-name>", "eksctl get cluster $CLUSTER"], ["cluster-name"]],
    [["export NS=...", "kubectl get po -n $NS"], ["NS"]],
    [["export NS=", "kubectl get po -n $NS"], ["NS"]],
    [["NS=$NS; kubectl get po -n $NS"], ["NS"]],
    [["NS=shop kubectl get po -n $NS"], ["NS"]],
    [["for n in 1 2; do echo redis-$n.int; done"], []],
    [["hosts=(a b)", "ssh $hosts"], []],
    [["export A=x B=y", "echo $A $B"], []],
    [["read -r HOST", "ssh $HOST"], []],
    [["POD=$(kubectl get po -o name -l app=$APP)", "kubectl logs $POD"], ["APP"]],
    [["ssh $HOST", "HOST=x"], ["HOST"]],
    [["cat <<EOF > f\nhost: $HOST\nEOF"], ["HOST"]],
    [["bundle exec rake publish:resend[content_id,locale]"], ["content_id", "locale"]],
  ])("does not ask for what %j assigns before", (texts, expected) => {
    expect(names(texts)).toEqual(expected);
  });

  it("reads assignments of PowerShell", () => {
    expect(names(["$pool = 'Web'", "Restart-WebAppPool -Name $pool", "Get-Item $Path"], "powershell")).toEqual(["Path"]);
  });

  it.each<[string, string]>([
    ["<value of namespace label from alert>", "namespace"],
    ["<team label from the alert>", "team"],
    ["<affected-pod>", "pod"],
    ["{{ $labels.pod }}", "pod"],
    ["$INSTANCE", "instance"],
    ["<alertname>", "alertname"],
    ["<pagerduty-incident-id>", "incident_id"],
    ["<dedup_key>", "dedup_key"],
    ["<opsgenie-alert-id>", "alert_id"],
    ["<severity>", "severity"],
  ])("fills %s from the alert's %s", (placeholder, field) => {
    expect(collect([`x ${placeholder}`]).variables).toMatchObject([{ source: "alert", field }]);
  });

  it("tells where a value comes from, what it means, and which are secrets", () => {
    const { variables } = collect(
      ["vault kv put x password=<db-password> id=<snapshot_id> owner=<owner>"],
      "where `<owner>` is the team that called. Replace `<snapshot_id>` with the newest one.",
    );
    expect(variables.map(({ name, source, description, secret }) => [name, source, description ?? null, secret ?? false])).toEqual([
      ["db-password", "manual", null, true],
      ["snapshot_id", "runtime", "the newest one", false],
      ["owner", "manual", "the team that called", false],
    ]);
  });

  it.each<[string, boolean]>([
    ["mysql --password=<x>", true],
    ["curl -H 'Authorization: Bearer <x>' http://x/", true],
    ["curl -u admin:<x> http://x/", true],
    ["PGPASSWORD=<x> psql", true],
    ["vault login <vault-token>", true],
    ["kubectl get secret <secret-name>", false],
    ["ls <key-file> <token_count>", false],
    ["ssh -i <x> host", false],
  ])("in %s a secret is %s", (text, secret) => {
    expect(collect([text]).variables.some((variable) => variable.secret === true)).toBe(secret);
  });

  it.each<[string, string | undefined]>([
    ["x <start-date>", "date"],
    ["x YYYY-MM-DD", "date"],
    ["x <grace-period>", "duration"],
    ["x <webhook_url>", "url"],
    ["x <pod-ip>", "ip"],
    ["ping 10.0.x.x", "ip"],
    ["x <log-file>", "path"],
    ["x <volume-id>", "id"],
    ["x $instanceId", "id"],
    ["x <replicas>", "number"],
    ["x <bastion>", "host"],
    ["x <namespace>", "text"],
    ["kubectl scale deploy/x --replicas=<wanted>", "number"],
    ["kubectl logs x --since=<how-long>", "duration"],
    ["ssh -p 22 root@<target>", "host"],
    ["curl -s <what>", "url"],
    ["du -xh <where>", "path"],
    ["kill -9 <it>", "id"],
    ["frobnicate <it>", undefined],
    ["systemctl <start|stop> x", undefined],
  ])("%s wants %s", (text, type) => {
    expect(collect([text]).variables.map((variable) => variable.type)).toEqual([type]);
  });

  it.each<[string, string, string]>([
    ["<x>", "where <x> is the leader", "the leader"],
    ["<x>", "where `<x>` is the leader and `<y>` is the follower.", "the leader"],
    ["<y>", "where `<x>` is the leader and `<y>` is the follower.", "the follower"],
    ["$POD", "replacing `$POD` with the actual name.", "the actual name"],
    ["<x>", "Replace <x> by the id of the shard (see the list)", "the id of the shard (see the list"],
    ["<x>", "- `<x>`: the shard that is red", "the shard that is red"],
    ["<x>", "* <x> - the shard that is red.", "the shard that is red"],
    ["<x>", "`<x>` = the shard", "the shard"],
    ["<x>", "Then wait. `<x>` is the shard.", "the shard"],
    ["<x>", "| Variable | Meaning |\n|---|---|\n| `<x>` | the shard |", "the shard"],
    ["<x>", "| Variable | Example | Description |\n|---|---|---|\n| `<x>` | 7 | the shard |", "the shard"],
    ["<x>", "kubectl logs <x>  # <x> = the failing pod", "the failing pod"],
    ["<x>", "kubectl logs <x>  # replace <x> with the failing pod", "the failing pod"],
    ["<x>", "wobei <x> der Name des Knotens ist.", "der Name des Knotens"],
    ["<x>", "Ersetze <x> durch den Knoten.", "den Knoten"],
    ["<x>", "<x> durch den Knoten ersetzen", "den Knoten"],
    ["<x>", "donde <x> es el nodo afectado", "el nodo afectado"],
    ["<x>", "Reemplaza <x> por el nodo.", "el nodo"],
    ["<x>", "où <x> est le nœud", "le nœud"],
    ["<x>", "Remplacez <x> par le nœud", "le nœud"],
    ["<x>", "onde <x> é o nó", "o nó"],
    ["<x>", "dove <x> è il nodo", "il nodo"],
    ["<x>", "waarbij <x> is de node", "de node"],
    ["<x>", "<x>を対象ノードの名前に置き換えてください。", "対象ノードの名前"],
    ["<x>", "Run it, where\n`<x>` is the\nleader of the group.\n\nThen go.", "the leader of the group"],
    ["<x>", "- `<x>`: the shard that is red\n- and more", "the shard that is red"],
    ["DOMAINNAME", "where DOMAINNAME is the one you look for", "the one you look for"],
  ])("%s in %j is %j", (placeholder, prose, description) => {
    const { variables } = collect([`x ${placeholder}`], prose);
    expect(variables).toMatchObject([{ placeholder, description }]);
  });

  it.each(["kubectl logs <x>", "Run it on <x>.", "<x>: 7", "where x is null", "WHERE <x> = 1"])("%j explains nothing", (prose) => {
    expect(collect(["y <x>"], prose).variables[0]).not.toHaveProperty("description");
  });

  it("takes the choices that the prose gives", () => {
    expect(collect(["x <env>"], "where `<env>` is one of `prod`, `staging` or `test`.").variables).toMatchObject([
      { choices: ["prod", "staging", "test"] },
    ]);
  });

  it("reads 300 kB of prose about 300 variables in time that grows with its length", () => {
    const all = Array.from({ length: 300 }, (_, index) => `<value-${index}>`);
    const prose = all.map((one) => `Where ${one} is the thing. ${"Some words about it, `and code`. ".repeat(30)}\n`).join("");
    const command = `x ${all.join(" ")}`;
    const atMostMs =
      20 *
      Math.max(
        bestMs(() => collect([command], prose), 5),
        5,
      );
    expect(bestMs(() => collect([command], prose.repeat(2)), atMostMs)).toBeLessThan(atMostMs);
  });
});

describe("traceOrigins", () => {
  const texts = ["List pods", "Describe them", "", ""];
  const origin = (last: string, placeholder: string, prose = ""): unknown => {
    const { variables, used } = collect([`x ${placeholder}`], prose);
    const [found] = traceOrigins(variables, [{ step: 4, names: used[0] ?? [] }], {
      numbers: numberSteps(
        [],
        texts.map((_, index) => ({ start: index, end: index })),
      ),
      textOf: (order) => (order === 4 ? last : (texts[order - 1] ?? "")),
      runsBefore: () => 2,
    });
    return [found?.source, found?.from_step];
  };

  it.each<[string, string, number]>([
    ["Use the pod name from step 1.", "<pod>", 1],
    ["Take `<x>` from the output of step 2.", "<x>", 2],
    ["Use the id printed above.", "<volume-id>", 2],
    ["with the id from the previous step", "<id>", 2],
    ["Use the pod noted in step 3.", "$POD", 3],
    ["Die ID aus Schritt 1 verwenden.", "<id>", 1],
    ["Usa el pod del paso 2", "<pod>", 2],
    ["手順1のpodを使う", "<pod>", 1],
    ["", "<pod from step 3>", 3],
  ])("%j: %s", (text, placeholder, step) => {
    expect(origin(text, placeholder)).toEqual(["runtime", step]);
  });

  it("reads the explanation as well", () => {
    expect(origin("", "<x>", "where `<x>` is the revision shown in step 2.")).toEqual(["runtime", 2]);
  });

  it.each<[string, string, string]>([
    ["Repeat step 2.", "<x>", "manual"],
    ["Use the color printed above.", "<shard>", "manual"],
    ["Use the pod from step 9.", "<pod>", "alert"],
    ["The pod above is broken.", "<pod>", "alert"],
  ])("%j says nothing about %s", (text, placeholder, source) => {
    expect(origin(text, placeholder)).toEqual([source, undefined]);
  });
});
