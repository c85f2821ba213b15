import { describe, expect, it } from "vitest";
import { findAssignments } from "./assignments.ts";

const names = (text: string): readonly string[] => findAssignments(text).map(({ name }) => name);

describe("findAssignments", () => {
  it.each([
    ["NS=shop", ["NS"]],
    ["NS=shop DB=x", ["NS", "DB"]],
    ["export A=x B=y", ["A", "B"]],
    ["export CLUSTER=<cluster-name>", ["CLUSTER"]],
    ["declare -x A=1", ["A"]],
    ["local a=1; readonly B=2", ["a", "B"]],
    ["POD=$(kubectl get po -o name | head -1)", ["POD"]],
    ['POD="$(kubectl get po -o name)"', ["POD"]],
    ["PASS=$(\n  vault read x\n)", ["PASS"]],
    ["ID=`docker ps -q`", ["ID"]],
    ["hosts=(a b c)", ["hosts"]],
    ["hosts+=(d)", ["hosts"]],
    ["map[x]=1", ["map"]],
    ["mapfile -t lines < f", ["lines"]],
    ["read -r line < state", ["line"]],
    ["mapfile -t lines", ["lines"]],
    ["for n in 1 2 3; do echo $n; done", ["n"]],
    ["for ((i=0; i<3; i++)); do x=$i; done", ["i", "x"]],
    ["select host in a b; do break; done", ["host"]],
    ["read HOST", ["HOST"]],
    ["read -r A B", ["A", "B"]],
    ["read -rp 'Which host? ' HOST", ["HOST"]],
    ["kubectl get po -o name | while read -r pod; do echo $pod; done", ["pod"]],
    ["if [ -z x ]; then NS=a; else NS=b; fi", ["NS", "NS"]],
    ["cd /tmp && D=$PWD", ["D"]],
    ["printf -v STAMP '%(%F)T'", ["STAMP"]],
    ["while getopts ab: opt; do :; done", ["opt"]],
    ["set -gx NS shop", ["NS"]],
    ["set HOST=db1", ["HOST"]],
    ["$pool = Get-Item x", ["pool"]],
    ["[string]$name = 'x'; foreach ($n in $list) { $n }", ["name", "n"]],
    ["Get-Service -OutVariable svc", ["svc"]],
    ["Set-Variable -Name x -Value 1", ["x"]],
    ["read -r -d '' DOC <<EOF\nHOST=a\nEOF", ["DOC"]],
  ])("%s assigns %j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    "NS=shop kubectl get po -n $NS",
    "env NS=shop kubectl get po",
    "NS=",
    'NS=""',
    "NS=...",
    "export TOKEN='...'",
    "export NS",
    "echo NS=shop",
    "kubectl set env deploy/x A=b",
    "helm upgrade x --set a=b",
    "[ $a == b ]",
    "cat > env <<EOF\nHOST=a\nEOF",
    "curl 'http://x/?a=b;c=d'",
    "echo 'x; NS=shop'",
    "if ($a -eq $b) { }",
  ])("%s assigns nothing", (text) => {
    expect(names(text)).toEqual([]);
  });

  it("tells from where on the value is there", () => {
    expect(findAssignments("NS=$NS; ls")).toEqual([{ name: "NS", from: 6 }]);
  });
});
