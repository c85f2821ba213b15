// kubectl and the programs that take its words unchanged: the sub-commands of the other kubectl-*.ts files and the program's own options.
// The short name `k` is not a program but what people type; it counts as kubectl, and runs only where somebody installed it.
import type { OptionRule } from "../../rule.ts";
import { program } from "../../rule.ts";
import { asksHelp, switchedOn } from "./cluster-words.ts";
import { kubectlChanges } from "./kubectl-changes.ts";
import { kubectlConfig } from "./kubectl-config.ts";
import { kubectlCreate } from "./kubectl-create.ts";
import { kubectlPlugins } from "./kubectl-plugins.ts";
import { kubectlReads } from "./kubectl-reads.ts";

export const kubectlVerbs = { ...kubectlReads, ...kubectlChanges, ...kubectlConfig, ...kubectlCreate };

export const kubectlFlags =
  "--match-server-version --warnings-as-errors --disable-compression --logtostderr --alsologtostderr --skip-headers --skip-log-headers --add-dir-header --one-output";
export const kubectlValues =
  "-n|--namespace --context --cluster --user --request-timeout -v|--v --as --as-group --as-uid --as-user-extra --tls-server-name --log-flush-frequency --vmodule --stderrthreshold --log-backtrace-at --log-file-max-size";

export const kubectlOptions: Readonly<Record<string, OptionRule>> = {
  "--kubeconfig|--kuberc": {
    kind: "read",
    risk: "unknown",
    why: "a configuration file may name a program that is run to log in",
    safer: "--context",
  },
  "-s|--server": { risk: "unknown", why: "sends credentials to another server", safer: "--context" },
  "--insecure-skip-tls-verify": { arity: "flag", risk: "caution", why: "does not check who answers" },
  "--token|--username|--password|--client-key|--client-certificate|--certificate-authority": {
    risk: "caution",
    sensitive: true,
    why: "names credentials",
  },
  "--profile": { allow: "none", risk: "caution", why: "writes a profile to a file" },
  "--profile-output|--cache-dir|--log-file|--log-dir": { kind: "write", why: "writes files" },
};

export const kubectl = program({
  names: "kubectl|k|kubecolor|microk8s.kubectl",
  source: "kubectl reference 1.34; reference/command-safety.md 3.5",
  style: "go",
  why: "talks to a Kubernetes cluster",
  risk: (inv) => (asksHelp(inv) || switchedOn(inv, "--version") ? "safe" : "unknown"),
  flags: kubectlFlags,
  values: kubectlValues,
  optional: "-h|--help --version",
  options: kubectlOptions,
  verbs: { ...kubectlVerbs, ...kubectlPlugins },
  examples: {
    "kubectl get pods -A": "safe",
    "kubectl -n prod get deploy/api -o yaml": "safe",
    'kubectl get pods -n "$NS"': "safe",
    "kubectl get pods -n $NS": "unknown",
    "kubectl get secret -A -o name": "safe",
    "kubectl get secret -o jsonpath='{.items[*].metadata.name}'": "safe",
    "kubectl get secret db -o yaml": "caution",
    "kubectl get pods,secrets -o json": "caution",
    "kubectl get secret db -v=9": "caution",
    "kubectl get pods -w": "caution",
    "kubectl get --raw /readyz?verbose": "safe",
    "kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes": "safe",
    "kubectl get --raw /api/v1/namespaces/prod/secrets": "caution",
    "kubectl get --raw /api/v1/nodes/n1/proxy/stats/summary": "safe",
    "kubectl get --raw /api/v1/nodes/n1/proxy/run/prod/api/web": "dangerous",
    "kubectl logs deploy/api --tail=100 -n prod": "safe",
    "kubectl logs -f api-0": "caution",
    "kubectl top pods -n prod --sort-by=cpu": "safe",
    "kubectl events --for pod/api-0": "safe",
    "kubectl rollout status deploy/api": "safe",
    "kubectl auth can-i --list": "safe",
    "kubectl config current-context": "safe",
    "kubectl config view --raw": "caution",
    "kubectl cluster-info dump": "safe",
    "kubectl kustomize overlays/prod": "safe",
    "kubectl kustomize --enable-helm overlays/prod": "dangerous",
    "kubectl scale deploy/api --replicas=3": "caution",
    "kubectl scale deploy/api --replicas=3 --dry-run=server": "safe",
    "kubectl scale deploy --all --replicas=0": "dangerous",
    "kubectl rollout restart deployment/payment-svc -n payments": "caution",
    "kubectl rollout restart deployment -n payments": "dangerous",
    "kubectl set image deploy/api web=repo/web:2": "caution",
    "kubectl set env deploy/api --list": "safe",
    "kubectl apply -f x.yaml": "caution",
    "kubectl apply -f https://example.com/x.yaml": "dangerous",
    "kubectl apply --prune -f x.yaml -l app=x": "dangerous",
    'kubectl patch pvc data -p \'{"metadata":{"finalizers":null}}\'': "dangerous",
    "kubectl edit deploy api": "caution",
    "kubectl delete pod api-0": "dangerous",
    "kubectl delete --help": "safe",
    "kubectl drain node-1": "dangerous",
    "kubectl taint nodes n1 a=b:NoExecute": "dangerous",
    "kubectl exec api-0 -- ls /": "caution",
    "kubectl exec api-0 -c web -- rm -rf /data": "dangerous",
    "kubectl run tmp --image=busybox --rm -it -- nslookup api": "caution",
    "kubectl debug node/n1 -it --image=busybox": "dangerous",
    "kubectl port-forward svc/api 8080:80": "caution",
    "kubectl port-forward --address 0.0.0.0 svc/api 8080:80": "dangerous",
    "kubectl create clusterrolebinding a --clusterrole=cluster-admin --user=b": "dangerous",
    "kubectl create deployment a --image=b --dry-run=client -o yaml": "safe",
    "kubectl config use-context prod": "caution",
    "kubectl config delete-context prod": "dangerous",
    "kubectl --version": "safe",
  },
  nearMisses: [
    "kubectl get pods --kubeconfig=/tmp/x",
    "kubectl scale deploy/api --replicas=3 --dry-run=none",
    "kubectl scale deploy/api --replicas=3 --dry-run=client --dry-run=none",
    "kubectl scale deploy/api --replicas=3 --dry-run=$MODE",
    "kubectl -nprod delete pod x",
    "kubectl -n x delete pod y",
    "kubectl foo",
    "kubectl -s http://x get pods",
    "kubectl cluster-info dump --output-directory=/tmp/x",
    "kubectl replace --force -f x",
    "kubectl get pods,secrets -o yaml",
    "kubectl delete pod x --dry-run=none",
    "kubectl delete --help --help=false pod x",
    "kubectl get secret -o jsonpath='{.items[*]}'",
    "kubectl get pods --profile=cpu",
    "kubectl debug pod/x --image=y --profile=sysadmin",
    "kubectl proxy --disable-filter",
    "kubectl --frob get delete pod x",
  ],
});
