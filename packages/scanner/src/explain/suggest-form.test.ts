import { beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../load.ts";
import { scan } from "../scan.ts";
import { suggestForm } from "./suggest-form.ts";

beforeAll(() => loadSql());

const formOf = (text: string) => suggestForm(text, scan(text))?.command;

describe("a form that an executor can run", () => {
  it.each([
    ["for p in api web; do kubectl get pods -l app=$p; done", "kubectl get pods -l app=api; kubectl get pods -l app=web"],
    ['for h in 10.0.0.1 10.0.0.2; do ping -c 1 "${h}"; sleep 1; done', 'ping -c 1 "10.0.0.1"; ping -c 1 "10.0.0.2"'],
    ["while true; do df -h; sleep 5; done", "df -h"],
    ["if systemctl is-active nginx; then nginx -v; fi", "systemctl is-active nginx && nginx -v"],
    ["(df -h; uptime)", "df -h; uptime"],
    ["wc -l < /var/log/syslog", "cat /var/log/syslog | wc -l"],
    ["sort -n < sizes.txt | head -5", "cat sizes.txt | sort -n | head -5"],
    ['NS=payments; kubectl get pods -n "$NS"', 'kubectl get pods -n "payments"'],
    ["ls -l /srv/{app,data}", "ls -l /srv/app /srv/data"],
    ["time git status", "git status"],
    ["kubectl get pods -n $NS", "kubectl get pods -n <NS>"],
    [
      'aws ec2 describe-instances --instance-ids "$ID" --region ${REGION}',
      "aws ec2 describe-instances --instance-ids <ID> --region <REGION>",
    ],
    ["curl -s \"http://$HOST/health\" | jq '.status'", "curl -s \"http://<HOST>/health\" | jq '.status'"],
    ["for p in a b; do kubectl logs $p -n $NS; done", "kubectl logs a -n <NS>; kubectl logs b -n <NS>"],
    ["for i in {1..3}; do ss -s; sleep 1; done", "ss -s"],
    ["for p in {a..b}; do du -sh /srv/$p; done", "du -sh /srv/a; du -sh /srv/b"],
    ["for f in /etc/*.conf; do wc -l $f; done", "find /etc -maxdepth 1 -name '*.conf'"],
    ["for x in $(cat hosts); do ping -c 1 $x; done", "cat hosts"],
    ["until curl -sf http://localhost:8080/ready; do sleep 2; done", "curl -sf http://localhost:8080/ready"],
    ["if systemctl is-active --quiet nginx; then echo up; else echo down; fi", "systemctl is-active --quiet nginx"],
    ["[[ -s /var/spool/queue ]] || echo empty", "[ -s /var/spool/queue ] || echo empty"],
    ["set -euo pipefail; systemctl is-active nginx", "systemctl is-active nginx"],
    ["command ls -la /srv", "ls -la /srv"],
    ["ulimit -n", "prlimit --nofile"],
    ["echo 1 > /proc/sys/net/ipv4/ip_forward", "echo 1 | tee /proc/sys/net/ipv4/ip_forward"],
    ["ps aux >> /tmp/ps.log", "ps aux | tee -a /tmp/ps.log"],
    ["for c in a b; do docker inspect -f '{{.Id}}' \"$c\"; done", "docker inspect -f '{{.Id}}' \"a\"; docker inspect -f '{{.Id}}' \"b\""],
    ['x=-delete; echo "$x"', 'echo "-delete"'],
    ["df -h &", "df -h"],
    ["type kubectl", "which kubectl"],
    ["command -v kubectl", "which kubectl"],
    ["ls -l $(pwd)", "pwd"],
    ["diff <(sort a.env.sample) <(sort b.env.sample)", "sort a.env.sample"],
    ["tail -n 5 /var/log/nginx/*.log", "find /var/log/nginx -maxdepth 1 -name '*.log'"],
    ["for n in 1 2; do (echo $n < in.txt); done", "cat in.txt | echo 1; cat in.txt | echo 2"],
  ])("of %s", (text, form) => {
    expect(formOf(text)).toBe(form);
  });

  it("says what was done", () => {
    const text = "for p in api web; do (kubectl get pods -l app=$p); done";
    expect(suggestForm(text, scan(text))?.change).toBe("one command per value, without the group");
  });
});

describe("no form", () => {
  it.each([
    ["df -h", "runs as it is"],
    ["for x in a b; do echo '$x'; done", "the name is mentioned where it is no variable"],
    ["for x in 'a b'; do ls $x; done", "the value would split"],
    ["for x in a b; do x=$x.log; cat $x; done", "the body sets it"],
    ["case $1 in a) ls;; esac", "not known"],
    ["ls |", "no valid shell"],
  ])("of %s (%s)", (text) => {
    expect(formOf(text)).toBeUndefined();
  });
});
