import { describe, expect, it } from "vitest";
import { findPlaceholders } from "./placeholders.ts";

const names = (text: string, language?: Parameters<typeof findPlaceholders>[1]): readonly string[] =>
  findPlaceholders(text, language).map(({ name }) => name);

describe("findPlaceholders", () => {
  it.each([
    ["kubectl logs <pod> -n <ns>", ["pod", "ns"]],
    ["kubectl get po -n <value of namespace label from alert>", ["value_of_namespace_label_from_alert"]],
    ["systemctl <stop|start|restart> x", ["stop_start_restart"]],
    ["ssh $HOST_A ls ${DIR}", ["HOST_A", "DIR"]],
    ["aws s3 ls s3://acme/{{env}}/{{ region }}", ["env", "region"]],
    ["curl http://x/{service}/health", ["service"]],
    ["kubectl logs [pod]", ["pod"]],
    ["Restart-WebAppPool -Name %POOL%", ["POOL"]],
    ["kubectl logs POD_NAME -n YOUR_NAMESPACE", ["POD_NAME", "YOUR_NAMESPACE"]],
    ["ssh your-bastion ls my-dir", ["your-bastion", "my-dir"]],
    ["aws ec2 stop-instances --instance-ids i-xxxxxxx", ["i-xxxxxxx"]],
    ["grep YYYY-MM-DD log", ["YYYY-MM-DD"]],
    ['pg_dump -f "/tmp/<table>.sql"', ["table"]],
  ])("finds those of %s", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    "sort < in > out",
    "diff <(a) <(b)",
    "cat <<EOF\nx\nEOF",
    "kubectl get po | grep '<none>'",
    "kubectl get po -o jsonpath='{.spec.x}'",
    "awk '{print $1}' f",
    "cp f.{a,b} /tmp",
    "docker ps --format '{{.Names}}'",
    "find . -exec ls {} +",
    "jq '.items[]' f",
    "[ -f /etc/x ] && ls",
    "echo $1 $_ $@ $? $$ $(date) $HOME $PATH",
    "perl -ne 'print $x'",
    "curl -w '%{http_code}' http://x/",
    "git stash drop stash@{0}",
    "date +%Y%m%d",
    'curl -d \'{"status":"ok"}\' http://x/',
    "export AWS_REGION=eu-west-1",
    "echo \\$POD",
  ])("finds none in %s", (text) => {
    expect(names(text)).toEqual([]);
  });

  it("leaves capitals and shell marks alone in SQL", () => {
    expect(names("SELECT TABLE_NAME FROM x WHERE a LIKE '%FOO%' AND b = $tag$ AND c = <id>", "sql")).toEqual(["id"]);
  });

  it("gives the choices", () => {
    expect(findPlaceholders("systemctl <stop|start> x")).toEqual([
      { start: 10, end: 22, text: "<stop|start>", name: "stop_start", style: "angle", choices: ["stop", "start"] },
    ]);
  });
});
