// The threat catalogue's rows on clients of clusters (reference/command-safety.md 3.5: kubectl, helm, argocd, flux, istioctl, velero), trap by
// trap: plain and disguised forms reach at least the risk given, benign neighbours stay safe. Targets and inverses are compared whole.
import { describe, expect, it } from "vitest";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Inverse, Risk, Target } from "../types.ts";

interface Trap {
  readonly id: string;
  readonly dangerous?: readonly string[];
  /** At least caution. */
  readonly notSafe?: readonly string[];
  readonly safe: readonly string[];
}

const traps: readonly Trap[] = [
  {
    id: "options of the program before the verb",
    dangerous: [
      "kubectl -n payments delete pod web-0",
      "kubectl -npayments delete pod web-0",
      "kubectl -n=payments delete pod web-0",
      "kubectl --namespace payments --context eu delete pod web-0",
      "kubectl --context=get delete pod web-0",
      "kubectl -v 6 --request-timeout=5s delete pod web-0",
      "kubectl 'del''ete' pod web-0",
      "oc -n payments delete pod web-0",
      "k -n payments delete pod web-0",
    ],
    notSafe: ["kubectl --unheard-of get delete pod web-0", "kubectl --log-level get delete pod web-0"],
    safe: ["kubectl -n delete get pods", "kubectl --context delete --namespace=drain get pods", "kubectl -v=6 get pods -nkube-system"],
  },
  {
    id: "dry runs that are none",
    dangerous: [
      "kubectl delete deploy web --dry-run=none",
      "kubectl delete deploy web --dry-run=client",
      "kubectl drain n1 --dry-run=none",
    ],
    notSafe: [
      "kubectl apply -f web.yaml --dry-run=none",
      "kubectl apply -f web.yaml --dry-run=client --dry-run=none",
      'kubectl apply -f web.yaml --dry-run="$MODE"',
      "kubectl apply -f web.yaml --dry-run=false",
      "kubectl apply -f web.yaml --field-manager --dry-run=client",
      "kubectl apply -f web.yaml -- --dry-run=client",
      "kubectl apply -f web.yaml --dry-run=client $X",
      "kubectl apply -f $X --dry-run=client",
      "kubectl apply --dry-run=client --$X",
      'kubectl scale deploy web --replicas=0 --dry-run=client "$X"',
      "kubectl run web --image=web --dry-run=client $X",
      "kubectl set image deploy/web a=b --local $X",
      "kubectl label --list pod $X",
      "helm uninstall web --dry-run $X",
      "helm uninstall web --dry-run -$X",
      "helm upgrade web ./chart --dry-run=none",
      "helm uninstall web --dry-run --dry-run=false",
      "argocd app sync web --dry-run --dry-run=false",
    ],
    safe: [
      "kubectl apply -f web.yaml --dry-run=server",
      "kubectl create deploy web --image=web:1 --dry-run=client -o yaml",
      "kubectl drain n1 --dry-run=server",
      "helm upgrade web ./chart --dry-run",
      "argocd app sync web --dry-run",
    ],
  },
  {
    id: "help that is none",
    dangerous: ["kubectl delete pod web-0 --help=false", "kubectl -n --help delete pod web-0", "helm uninstall web --description --help"],
    notSafe: ["kubectl exec web-0 -- reboot --help", "helm install web ./chart --set --help"],
    safe: ["kubectl delete --help", "kubectl rollout restart -h", "helm uninstall --help", "docker run --help"],
  },
  {
    id: "secrets",
    notSafe: [
      "kubectl get secret db -o yaml",
      "kubectl get cm,secrets -A -ojson",
      "kubectl get secret/db cm/app -o jsonpath='{.data.password}'",
      "kubectl get secrets.v1. -o go-template='{{.items}}'",
      "kubectl get SECRET db --output=yaml",
      "kubectl get secret db -o custom-columns=A:.data.password",
      "kubectl get secret db -o jsonpath='{.metadata.annotations}'",
      "kubectl get secret db --template='{{.data}}'",
      "kubectl get secret db -v8",
      'kubectl get "$KIND" db -o yaml',
      "kubectl get --raw /api/v1/namespaces/prod/secrets/db",
      "kubectl config view --raw",
      "kubectl create token deployer",
      "helm secrets decrypt values.yaml",
      "oc whoami --show-token",
      "oc extract secret/db --to=-",
      "argocd admin initial-password",
      "flux export source git --all --with-credentials",
    ],
    safe: [
      "kubectl get secrets",
      "kubectl get secret db -o name",
      "kubectl describe secret db",
      "kubectl get secret -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'",
      "kubectl get secret -o custom-columns=NAME:.metadata.name,TYPE:.type",
      "kubectl get deployment secret -o yaml",
      "kubectl config view --minify",
    ],
  },
  {
    id: "paths of the API server",
    dangerous: [
      "kubectl get --raw /api/v1/namespaces/prod/pods/web-0/exec?command=sh",
      "kubectl get --raw=/api/v1/nodes/n1/proxy/run/prod/web/web",
      "kubectl create --raw /apis/apps/v1/namespaces/prod/deployments -f x.json",
      "kubectl replace --raw=/api/v1/namespaces/prod/finalize -f x.json",
    ],
    notSafe: [
      "kubectl get --raw /api/v1/namespaces/prod/services/web:80/proxy/shutdown",
      "kubectl get --raw /api/v1/../../x",
      "kubectl get --raw /api/v1/namespaces/prod/%73ecrets",
      'kubectl get --raw "$URL"',
      "kubectl get --raw '/api/v1/pods?watch=true'",
      "kubectl delete --raw /api/v1/namespaces/prod",
    ],
    safe: ["kubectl get --raw /healthz", "kubectl get --raw '/readyz?verbose'", "kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes"],
  },
  {
    id: "reads that never end",
    notSafe: [
      "kubectl get pods -w",
      "kubectl get pods -Aw",
      "kubectl logs --follow web-0",
      "kubectl logs web-0 -fc app",
      "kubectl port-forward svc/web 8080:80",
      "kubectl proxy",
      "stern web",
      "linkerd viz tap deploy/web",
      "hubble observe -f",
      "flux logs -f",
    ],
    safe: [
      "kubectl get pods --watch=false",
      "kubectl logs web-0 --tail 50",
      "stern web --no-follow",
      "hubble observe --last 20",
      "flux logs --tail 20",
    ],
  },
  {
    id: "reach",
    dangerous: [
      "kubectl scale deploy --all --replicas=0",
      "kubectl label pods --all tier-",
      "kubectl annotate pods -A --all a=b",
      "kubectl rollout restart deployment",
      "kubectl rollout restart ds -n kube-system",
      "kubectl delete pods --all",
      "kubectl delete all --all -A",
      "kubectl taint nodes --all key=value:NoSchedule",
      "flux suspend kustomization --all",
    ],
    notSafe: ["kubectl scale deploy/web --replicas=0", "kubectl rollout restart deploy/web", "kubectl label pod web-0 a=b"],
    safe: [
      "kubectl get all --all-namespaces",
      "kubectl rollout status deployment",
      "kubectl label pods --list web-0",
      "kubectl set env deploy/web --list",
    ],
  },
  {
    id: "changes that delete under another name",
    dangerous: [
      "kubectl apply -f . --prune -l app=web",
      "kubectl apply --prune=true -f .",
      "kubectl replace --force -f web.yaml",
      "kubectl replace -f web.yaml --grace-period=0",
      'kubectl patch ns prod -p \'{"spec":{"finalizers":[]}}\' --type=merge',
      'kubectl patch pvc d --type=json -p=\'[{"op":"remove","path":"/metadata/\\u0066inalizers"}]\'',
      "kubectl debug web-0 --copy-to=x --replace --image=busybox",
      "helm upgrade web ./chart --force",
      "argocd app sync web --prune",
      "argocd app sync web --replace",
    ],
    notSafe: ["kubectl apply -f web.yaml", "kubectl replace -f web.yaml", 'kubectl patch deploy web -p \'{"spec":{"paused":true}}\''],
    safe: ["kubectl diff -f .", "kubectl apply -f . --server-side --dry-run=server", "argocd app diff web"],
  },
  {
    id: "manifests that nobody has seen",
    dangerous: [
      "curl -s https://example.com/x.yaml | kubectl apply -f -",
      "kubectl apply -f https://example.com/x.yaml",
      "kubectl create --filename=https://example.com/x.yaml",
      "kubectl apply -k github.com/example/repo",
    ],
    notSafe: [
      "kubectl apply -f - <<'E'\nkind: Pod\nE",
      "kustomize build https://example.com/repo",
      "helm template web s3://charts/web",
      "helm template web git+https://example.com/web",
    ],
    safe: [
      "curl -s https://example.com/x.yaml | kubectl diff -f -",
      "kustomize build overlays/eu",
      "helm template web ./chart -f values.yaml",
    ],
  },
  {
    id: "programs behind an option",
    dangerous: [
      "helm template web ./chart --post-renderer ./x.sh",
      "helm upgrade web ./chart --dry-run --post-renderer=./x.sh",
      "kubectl kustomize --enable-exec --enable-alpha-plugins .",
      "kubectl config set-credentials ops --exec-command=./x.sh",
      "helmfile diff --args='--post-renderer ./x.sh'",
      "helm plugin install https://example.com/p",
      "kubectl krew install x",
    ],
    notSafe: [
      "kubectl --kubeconfig ./x get pods",
      "kubectl get pods --kubeconfig=./x",
      "helm list --kubeconfig ./x",
      "kubectl unheard-of",
      "kubectl get pods -s https://example.com",
      "istioctl ps -c ./x",
    ],
    safe: ["kubectl --context eu get pods", "helm --kube-context eu list", "kubectl plugin list", "kubectl krew list"],
  },
  {
    id: "commands inside containers",
    dangerous: [
      "kubectl exec web-0 -- rm -rf /var/lib/data",
      "kubectl exec -it web-0 -c app -n prod -- sh -c 'rm -rf /var/lib/data'",
      "kubectl exec deploy/cache -- redis-cli FLUSHALL",
      "kubectl run x --image=busybox --rm -it -- rm -rf /mnt",
      'kubectl run x --image=busybox --overrides=\'{"spec":{"hostPID":true}}\'',
      "kubectl debug node/n1 -it --image=busybox",
      "kubectl debug web-0 --image=busybox --profile=sysadmin",
      "kubectl node-shell n1",
      "oc rsh web-0 rm -rf /var/lib/data",
      "minikube ssh -- rm -rf /var/lib/data",
    ],
    notSafe: [
      "kubectl exec web-0 -- ls",
      "kubectl exec web-0 -- $CMD",
      "kubectl exec web-0",
      "kubectl attach web-0",
      "kubectl cp web-0:/etc/hosts hosts",
      "oc rsh web-0",
    ],
    safe: ["kubectl logs web-0", "kubectl describe pod web-0", "kubectl top pod web-0 --containers"],
  },
  {
    id: "rights",
    dangerous: [
      "kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=bob",
      "kubectl auth reconcile -f rbac.yaml",
      "kubectl certificate approve csr-1",
      "kubectl set subject rolebinding x --user=bob",
      "oc adm policy add-scc-to-user privileged bob",
      "argocd proj role add-policy p r -a get -o '*' -p allow",
      "argocd cluster add eu",
    ],
    safe: [
      "kubectl auth can-i '*' '*'",
      "kubectl auth whoami",
      "oc adm policy who-can delete pods",
      "argocd account can-i sync applications '*'",
    ],
  },
  {
    id: "what later commands reach",
    dangerous: ["kubectl config delete-context eu", "kubectl config unset users.ops", "kubectx -d eu"],
    notSafe: [
      "kubectl config use-context eu",
      "kubectl config set-context --current --namespace=prod",
      "kubectx eu",
      "kubens prod",
      "kubectl ns prod",
      "oc project prod",
      "argocd context eu",
    ],
    safe: ["kubectl config current-context", "kubectl config get-contexts -o name", "kubectx", "kubens -c", "oc project", "argocd context"],
  },
  {
    id: "writers under a reading verb",
    notSafe: [
      "kubectl cluster-info dump --output-directory=/tmp/dump",
      "kubectl get pods --profile=cpu",
      "kubectl get pods --cache-dir /tmp/x",
      "istioctl proxy-config log web-0 --level=debug",
      "istioctl pc log web-0 --reset",
      "istioctl bug-report",
      "velero backup describe nightly --details",
      "velero backup logs nightly",
      "velero backup download nightly",
      "argocd app get web --hard-refresh",
      "helm template web ./chart --output-dir out",
      "helm template web ./chart --dependency-update",
      "flux create source git x --url=https://example.com",
      "trivy k8s cluster",
      "cilium connectivity test",
    ],
    safe: [
      "kubectl cluster-info dump",
      "istioctl proxy-config log web-0",
      "velero backup describe nightly",
      "argocd app get web",
      "helm template web ./chart",
      "flux create source git x --url=https://example.com --export",
    ],
  },
  {
    id: "deletes of the other clients",
    dangerous: [
      "helm uninstall web",
      "helm del web --namespace prod",
      "helm -n prod delete web",
      "argocd app delete web --cascade=false",
      "argocd app terminate-op web",
      "flux delete kustomization web -s",
      "flux uninstall",
      "istioctl uninstall --purge -y",
      "velero backup delete nightly --confirm",
      "helmfile -l name=web destroy",
      "tkn pipelinerun delete --all",
      "argo terminate build-1",
      "kubeadm reset -f",
      "kops delete cluster eu --yes",
      "eksctl delete nodegroup --cluster eu --name a",
      "k3s etcd-snapshot delete x",
    ],
    safe: [
      "helm history web",
      "argocd app history web",
      "flux tree kustomization web",
      "velero backup get",
      "helmfile list",
      "tkn pr list",
      "kops validate cluster",
    ],
  },
  {
    id: "clients inside clients",
    dangerous: [
      "minikube kubectl -- delete pod web-0",
      "k3s kubectl -n prod delete pod web-0",
      "microk8s kubectl delete pod web-0",
      "rancher kubectl delete pod web-0",
      "microk8s helm uninstall web",
    ],
    notSafe: ["minikube kubectl -- get pods -w", "k3s kubectl scale deploy/web --replicas=0", "k3s crictl stop 3f4e"],
    safe: [
      "minikube kubectl -- get pods -A",
      "k3s kubectl -n prod get pods",
      "microk8s kubectl top nodes",
      "rancher kubectl get nodes",
      "k3s crictl ps",
    ],
  },
];

function atLeast(risk: Risk, wanted: Risk): boolean {
  return compareRisk(risk, wanted) >= 0;
}

describe.each(traps)("$id", ({ dangerous = [], notSafe = [], safe }) => {
  it.each(dangerous)("%s is dangerous", (command) => expect(scan(command).risk).toBe("dangerous"));
  it.each(notSafe)("%s is not safe", (command) => expect(atLeast(scan(command).risk, "caution")).toBe(true));
  it.each(safe)("%s is safe", (command) =>
    expect([scan(command).risk, scan(command).risk === "safe" ? [] : scan(command).reasons]).toEqual(["safe", []]),
  );
});

const targets: Readonly<Record<string, readonly Target[]>> = {
  "kubectl delete deploy/api svc/api -n prod": [
    { kind: "deploy", name: "api", namespace: "prod" },
    { kind: "svc", name: "api", namespace: "prod" },
  ],
  "kubectl delete pod a b": [
    { kind: "pod", name: "a" },
    { kind: "pod", name: "b" },
  ],
  "kubectl delete pods -l app=web -n prod": [{ kind: "pods", name: "app=web", namespace: "prod" }],
  "kubectl delete -f web.yaml": [{ kind: "file", name: "web.yaml" }],
  "kubectl drain n1": [{ kind: "node", name: "n1" }],
  "kubectl label pods --all a=b": [{ kind: "pods", name: "pods" }],
  "helm uninstall web api -n prod": [
    { kind: "release", name: "web", namespace: "prod" },
    { kind: "release", name: "api", namespace: "prod" },
  ],
  "argocd app delete web": [{ kind: "app", name: "web" }],
  "velero backup delete nightly": [{ kind: "backup", name: "nightly" }],
};

it.each(Object.entries(targets))("%s: what a human types", (command, wanted) => expect(scan(command).targets).toEqual(wanted));

const inverses: Readonly<Record<string, Inverse | undefined>> = {
  "kubectl cordon n1 --context=eu": { kind: "command", command: "kubectl uncordon n1 --context=eu" },
  "kubectl scale deploy/api --replicas=3 -n prod": {
    kind: "capture",
    capture: "kubectl get deploy/api -n prod -o 'jsonpath={.spec.replicas}'",
    command: "kubectl scale deploy/api -n prod --replicas={capture}",
  },
  "kubectl scale deploy/api deploy/web --replicas=3": undefined,
  "kubectl set image deploy/api web=web:2 log=log:2": {
    kind: "capture",
    capture: "kubectl get deploy/api -o 'jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}'",
    command: "kubectl rollout undo deploy/api --to-revision={capture}",
  },
  "kubectl label pod web-0 a=b": { kind: "command", command: "kubectl label pod web-0 a-" },
  "kubectl label pod web-0 a=b --overwrite": {
    kind: "capture",
    capture: "kubectl get pod web-0 -o 'jsonpath={.metadata.labels.a}'",
    command: "kubectl label pod web-0 a={capture} --overwrite",
  },
  "kubectl taint nodes n1 a=b:NoSchedule": { kind: "command", command: "kubectl taint nodes n1 a=b:NoSchedule-" },
  "kubectl config use-context eu": {
    kind: "capture",
    capture: "kubectl config current-context",
    command: "kubectl config use-context {capture}",
  },
  "kubectl edit deploy/api": {
    kind: "capture",
    capture: "kubectl get deploy/api -o json | jq -c 'del(.metadata.resourceVersion,.metadata.uid,.metadata.managedFields,.status)'",
    command: "kubectl replace -f - <<< '{capture}'",
  },
  "kubectl apply -f web.yaml -n prod": {
    kind: "capture",
    capture: "kubectl get -f web.yaml -n prod -o json",
    command: "kubectl apply --force-conflicts --server-side -f - -n prod <<< '{capture}'",
  },
  "kubectl create namespace demo": { kind: "command", command: "kubectl delete namespace demo" },
  "kubectl expose deploy/api --port=80": { kind: "command", command: "kubectl delete service api" },
  "kubectl scale deploy/$X --replicas=3": undefined,
  "helm upgrade web ./chart -n prod": {
    kind: "capture",
    capture: "helm history web -n prod --max 1 -o json | jq -r '.[0].revision'",
    command: "helm rollback web {capture} -n prod",
  },
  "helm install web ./chart": { kind: "command", command: "helm uninstall web" },
  "argocd app sync web": {
    kind: "capture",
    capture: "argocd app history web -o id | tail -1",
    command: "argocd app rollback web {capture}",
  },
  "flux suspend hr web -n prod": { kind: "command", command: "flux resume hr web -n prod" },
};

it.each(Object.entries(inverses))("%s: what undoes it", (command, wanted) => expect(scan(command).inverse).toEqual(wanted));

it("captures only by reads, and undoes by commands that it understands", () => {
  const found = Object.values(inverses).filter((inverse) => inverse !== undefined);
  const captures = found.flatMap((inverse) => (inverse.kind === "capture" ? [inverse.capture] : []));
  expect(captures.map((text) => [text, atLeast("caution", scan(text).risk) && scan(text).risk !== "unknown"])).toEqual(
    captures.map((text) => [text, true]),
  );
  expect(found.map(({ command }) => [command, scan(command.replace("{capture}", "3")).risk === "unknown"])).toEqual(
    found.map(({ command }) => [command, false]),
  );
});
