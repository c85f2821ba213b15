// Which changes of kubectl and oc have a twin, which objects it lists, and which have none because a list would say something else.
import { describe, expect, it } from "vitest";
import { twinOf, twinText } from "../test/twin-of.ts";

const columns = "--ignore-not-found --no-headers -o custom-columns=KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name";

const gets: readonly (readonly [command: string, get: string])[] = [
  ["kubectl delete pods -l app=x -n pay", "kubectl get pods -l app=x -n pay"],
  ["kubectl delete pod api-0 api-1", "kubectl get pod api-0 api-1"],
  ["kubectl -n pay delete pod/a deploy/b --grace-period=0 --force", "kubectl -n pay get pod/a deploy/b"],
  ["kubectl --context prod --as admin -npay delete pod a", "kubectl --context=prod --as=admin -n pay get pod a"],
  ["kubectl delete pod a --context=prod --cluster c --user=u", "kubectl get pod a --context=prod --cluster=c --user=u"],
  ["kubectl delete pods --all -n pay --wait=false", "kubectl get pods -n pay"],
  ["kubectl delete pods --all=true -n pay", "kubectl get pods -n pay"],
  ["kubectl delete pods --all -A", "kubectl get pods -A"],
  ["kubectl delete pods,svc -l 'app!=x,tier in (a,b)' --cascade=foreground", "kubectl get pods,svc -l 'app!=x,tier in (a,b)'"],
  ["kubectl delete pods --field-selector status.phase=Failed -A", "kubectl get pods --field-selector=status.phase=Failed -A"],
  ["kubectl delete all -l app=x", "kubectl get all -l app=x"],
  ["kubectl delete pod a -n x -n y", "kubectl get pod a -n x -n y"],
  ["kubectl delete secret db --now", "kubectl get secret db"],
  ["kubectl scale deploy/api --replicas=0 -n pay", "kubectl get deploy/api -n pay"],
  ["kubectl scale deployment --all --replicas 0", "kubectl get deployment"],
  ["kubectl scale --replicas=3 statefulset -l app=x", "kubectl get statefulset -l app=x"],
  ["kubectl rollout restart deployment/api deployment/web", "kubectl get deployment/api deployment/web"],
  ["kubectl rollout restart deployment -n pay", "kubectl get deployment -n pay"],
  ["kubectl rollout restart ds -l app=x", "kubectl get ds -l app=x"],
  ["kubectl label pods api-0 app.kubernetes.io/state=bad --overwrite", "kubectl get pods api-0"],
  ["kubectl label nodes --all pool-", "kubectl get nodes"],
  ["kubectl annotate deploy/api a=b c- -n pay", "kubectl get deploy/api -n pay"],
  ["kubectl annotate ns pay a=b", "kubectl get ns pay"],
  ['kubectl patch deploy api -n pay --type merge -p \'{"spec":{"paused":true}}\'', "kubectl get deploy api -n pay"],
  ["kubectl cordon n1 n2", "kubectl get nodes n1 n2"],
  ["kubectl cordon node/n1", "kubectl get node/n1"],
  ["kubectl uncordon -l pool=a", "kubectl get nodes -l pool=a"],
  ["oc adm cordon n1", "oc get nodes n1"],
  ["oc scale dc/api --replicas=2 -n pay", "oc get dc/api -n pay"],
  ["oc -n pay delete pod a", "oc -n pay get pod a"],
];

it.each(gets)("%s", (command, get) => {
  expect(twinText(command)).toBe(`${get} ${columns}`);
});

describe("a drain", () => {
  it.each([
    ["kubectl drain n1 --ignore-daemonsets --delete-emptydir-data", "kubectl get pods -A --field-selector=spec.nodeName=n1", "stay"],
    ["kubectl drain node/n1 --context prod", "kubectl get pods -A --field-selector=spec.nodeName=n1 --context=prod", "stay"],
    ["kubectl drain n1 --ignore-daemonsets --force", "kubectl get pods -A --field-selector=spec.nodeName=n1", "go"],
    ["oc adm drain n1", "oc get pods -A --field-selector=spec.nodeName=n1", "stay"],
  ])("%s", (command, get, daemonPods) => {
    const twin = twinOf(command);
    expect(twin?.command).toContain(`${get} --ignore-not-found`);
    expect(twin?.reading).toEqual({ kind: "pods", daemonPods });
  });
});

const none: readonly string[] = [
  "kubectl get pods",
  "kubectl delete -f x.yaml",
  "kubectl delete -k overlays/prod",
  "kubectl delete pod a -f x.yaml",
  "kubectl delete pods",
  "kubectl delete pod a --all",
  "kubectl delete pod a -l app=x",
  "kubectl delete pods --all -l app=x",
  "kubectl delete pod/a b",
  "kubectl delete pod a/b",
  "kubectl delete pod a -A",
  "kubectl delete pods --all -A -n pay",
  "kubectl -n pay delete pods --all -A",
  "kubectl --namespace=pay label pods --all -A a=b",
  "kubectl delete pods --all=false",
  "kubectl delete pods -l ''",
  "kubectl delete pods -l=",
  "kubectl delete pod a -n ''",
  "kubectl delete pod a -n",
  "kubectl delete pod a -n --help",
  "kubectl delete pod a --namespace --all",
  "kubectl delete pod a -- b",
  "kubectl delete pod a --dry-run=server",
  "kubectl delete pod a --dry-run=none",
  "kubectl delete --raw /api/v1/namespaces/x/pods/a",
  "kubectl delete pod a -i",
  "kubectl delete --help",
  "kubectl delete ns pay",
  "kubectl delete namespaces/pay",
  "kubectl delete pod/a Namespace/pay",
  "kubectl delete pods,ns -l app=x",
  "kubectl delete namespaces.v1. pay",
  "kubectl delete crd x.example.com",
  "kubectl delete customresourcedefinitions.apiextensions.k8s.io x.example.com",
  "kubectl delete node n1",
  "oc delete project pay",
  "kubectl delete pod a --kubeconfig=/tmp/x",
  "kubectl --kubeconfig /tmp/x delete pod a",
  "kubectl delete pod a --server=https://x",
  "kubectl delete pod a --token=abc",
  "kubectl delete pod a --insecure-skip-tls-verify",
  "KUBECONFIG=/tmp/x kubectl delete pod a",
  "kubectl delete pod a --frob",
  "kubectl -A=false delete pods --all",
  "kubectl scale deploy/api --replicas=3 --current-replicas=2",
  "kubectl scale -f x.yaml --replicas=3",
  "kubectl scale deploy --replicas=3",
  "kubectl rollout undo deploy/api",
  "kubectl rollout --context prod restart deploy/api",
  "kubectl label pods --list",
  "kubectl label pods a b=c d",
  "kubectl label pods b=c",
  "kubectl label --local -f x.yaml a=b",
  "kubectl patch deploy api --subresource=scale -p '{}'",
  "kubectl patch deploy api --patch-file x.json",
  "kubectl cordon n1 -l pool=a",
  "kubectl cordon no/n1",
  "kubectl drain n1 n2",
  "kubectl drain -l pool=a",
  "kubectl drain n1 --pod-selector=app=x",
  "kubectl drain n1,spec.x=y",
  "kubectl adm drain n1 --frob",
  "kubectl exec a -- rm x",
  "kubectl delete pod a | cat",
  "kubectl delete pod a; kubectl delete pod b",
  "kubectl delete pod a && kubectl get pods",
  "sudo kubectl delete pod a",
  "kubectl delete pod $POD",
  "kubectl delete pod a*",
];

it.each(none)("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
