import { describe, expect, it } from "vitest";
import { collectVariables } from "./variables.ts";

const collect = (texts: readonly string[], prose = ""): ReturnType<typeof collectVariables> =>
  collectVariables(
    texts.map((text, index) => ({ text, language: "shell", line: index + 1 })),
    prose,
  );

describe("collectVariables", () => {
  it("asks once per name and knows every spelling", () => {
    expect(collect(["kubectl logs $POD", "kubectl describe pod ${POD} <container>"])).toEqual({
      variables: [
        { name: "POD", placeholder: "$POD", placeholders: ["$POD", "${POD}"], source: "alert", field: "pod", line: 1 },
        { name: "container", placeholder: "<container>", placeholders: ["<container>"], source: "alert", field: "container", line: 2 },
      ],
      used: [["POD"], ["POD", "container"]],
    });
  });

  it.each([
    [["NS=shop", "kubectl get po -n $NS"], []],
    [["export CLUSTER=<cluster-name>", "eksctl get cluster $CLUSTER"], ["cluster-name"]],
    [["for n in 1 2; do echo $n; done"], []],
    [["read -r HOST", "ssh $HOST"], []],
    [["ssh $HOST", "HOST=x"], ["HOST"]],
  ])("does not ask for what %j assigns before", (texts, expected) => {
    expect(collect(texts).variables.map(({ name }) => name)).toEqual(expected);
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
});
