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
    ["kubectl drain node/$NODE", ["NODE"]],
    ["<env>-<name>-backup.sh", ["env", "name"]],
    ["scp x $HOST:/tmp", ["HOST"]],
    ["service nginx {start|stop}", ["start_stop"]],
    ["service nginx [start|stop|restart]", ["start_stop_restart"]],
    ["systemctl <start | stop> x", ["start_stop"]],
    ["NAMESPACE=...", ["NAMESPACE"]],
    ['export TOKEN="..."', ["TOKEN"]],
    ["aws s3api list-object-versions --bucket ... --prefix ...", ["bucket", "prefix"]],
    ["kubectl get pods ...", ["rest_of_pods"]],
    ["curl -u admin:**** https://x/", ["rest_of_admin"]],
    ["ping _host_", ["host"]],
    ["psql -c 'select 1' _db_name_", ["db_name"]],
    ["curl https://x/items/YOUR ID HERE", ["YOUR_ID_HERE"]],
    ["echo INSERT TOKEN HERE", ["INSERT_TOKEN_HERE"]],
    ["ssh 10.0.x.x uptime", ["10.0.x.x"]],
    ["ping XXX.XXX.XX.XXX", ["XXX.XXX.XX.XXX"]],
    ["ls backup-YYYYMMDD.tar", ["YYYYMMDD"]],
    ["journalctl --since 'YYYY-MM-DD HH:MM:SS'", ["YYYY_MM_DD_HH_MM_SS"]],
    ["ls /logs/DD.MM.YYYY", ["DD.MM.YYYY"]],
    ["kubectl describe po {{ $labels.pod }} -n {{.CommonLabels.namespace}}", ["pod", "namespace"]],
    ["bundle exec rake publish:resend[content_id,locale]", ["content_id", "locale"]],
    ["rake 'email:stop[ user_email ]'", ["user_email"]],
    ["rake task[<slug>]", ["slug"]],
    ["cat <<EOF > f\nhost: $HOST\nEOF\nls $DIR", ["HOST", "DIR"]],
    ["cat <<'EOF' > f\nhost: $host\nEOF\nls $DIR", ["DIR"]],
    ["cat <<EOF\ndon't touch $HOST\nEOF", ["HOST"]],
    ['cat <<< "$TEXT"', ["TEXT"]],
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
    "bundle exec rake db:migrate[42,en]",
    "rake trainee:clean\\[trainees.csv\\]",
    "jq '.[]' f",
    "go test ./...",
    "git diff main...topic",
    "git diff main..topic",
    'echo "waiting..."',
    "ls **/*.log",
    "kubectl get po -l 'app in (a,b)' -o name",
    "for i in {1..5}; do echo hi; done",
    "{ a | b; }",
    "grep -E '[ab|cd]' f",
    "grep -E '{aa|bb}' f",
    "docker ps --format '{{.Labels.app}}'",
    "ansible all -m debug -a 'msg={{ item }}'",
    "psql -c \"select to_char(now(), 'YYYY-MM-DD')\"",
    "ls __init__.py /a/_b_/c $_ _private",
    "cat <<'EOF'\nproxy_set_header Host $host;\nEOF",
    "ping 10.0.0.1",
    "curl 'localhost:9200/_cat/indices?v'",
    "sort <in >out",
    "mail -s x <dana@example.net>",
    "curl -d '<a>1</a>' http://x/",
  ])("finds none in %s", (text) => {
    expect(names(text)).toEqual([]);
  });

  it("leaves capitals and shell marks alone in SQL", () => {
    expect(names("SELECT TABLE_NAME FROM x WHERE a LIKE '%FOO%' AND b = $tag$ AND c = <id>", "sql")).toEqual(["id"]);
  });

  it.each([
    ["Restart-WebAppPool -Name $Pool", ["Pool"]],
    ["Get-Service | Where-Object { $_.Status -eq $true }", []],
    ["$env:PATH", []],
    ["Write-Host '$Pool'", []],
  ])("reads PowerShell %s", (text, expected) => {
    expect(names(text, "powershell")).toEqual(expected);
  });

  it("takes words in capitals that the prose explains, and no other", () => {
    const known = new Set(["DOMAINNAME", "LB-1"]);
    const text = "openssl s_client -connect DOMAINNAME:443 -servername SNI LB-1 $DOMAINNAME.x";
    expect(findPlaceholders(text, "shell", known).map(({ text: spelled, style }) => [spelled, style])).toEqual([
      ["DOMAINNAME", "explained"],
      ["LB-1", "explained"],
      ["$DOMAINNAME", "shell"],
    ]);
  });

  it("gives the choices", () => {
    expect(findPlaceholders("systemctl <stop|start> x")).toEqual([
      { start: 10, end: 22, text: "<stop|start>", name: "stop_start", style: "angle", choices: ["stop", "start"] },
    ]);
  });
});
