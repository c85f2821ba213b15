// docker and nerdctl: the sub-commands of the container-*.ts and docker-objects.ts files and the programs' own options.
import type { Arg } from "../../arg.ts";
import { type Finding, type OptionRule, program } from "../../rule.ts";
import { asksHelp } from "./cluster-words.ts";
import { compose } from "./compose.ts";
import { containerChanges } from "./container-changes.ts";
import { containerReads, engineRead } from "./container-reads.ts";
import { clientObjects, container, image, network, object, swarmObjects, volume } from "./docker-objects.ts";

const engine: Finding = { risk: "unknown", why: "another engine, which answers and is told what it likes" };

/** The engine of this machine under its usual addresses. */
function hostFinding(host: Arg): Finding | undefined {
  const local = /^(unix:\/\/\/(var\/)?run\/docker\.sock|tcp:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)$/;
  return host.shape === "literal" && local.test(host.text) ? undefined : engine;
}

const elsewhere: Readonly<Record<string, OptionRule>> = {
  "-H|--host": { check: hostFinding },
  "--config": { risk: "unknown", why: "a configuration may name programs that are run", safer: "leave --config out" },
};

export const docker = program({
  names: "docker",
  source: "docs.docker.com/reference/cli/docker, docker 28",
  style: "go",
  globals: "before",
  why: "works with containers",
  risk: (inv) => (asksHelp(inv) || (inv.has("-v") && inv.operands.length === 0) ? "safe" : "unknown"),
  flags: "-D|--debug --tls --tlsverify -v|--version",
  values: "-l|--log-level --tlscacert --tlscert --tlskey -c|--context",
  optional: "--help",
  options: elsewhere,
  verbs: { help: engineRead, ...helped(), container, image, volume, network, ...swarmObjects, ...clientObjects, compose },
  examples: {
    "docker ps -a": "safe",
    "docker --context prod ps": "safe",
    "docker -H unix:///var/run/docker.sock ps": "safe",
    "docker logs --tail 100 web": "safe",
    "docker inspect web": "safe",
    "docker inspect -f '{{.Config.Env}}' web": "caution",
    "docker top web -eo pid,comm": "safe",
    "docker stats --no-stream": "safe",
    "docker events --since 1h --until 0s": "safe",
    "docker compose ps": "safe",
    "docker buildx inspect --bootstrap": "caution",
    "docker buildx imagetools inspect web": "safe",
    "docker scout cves web -o x.json": "caution",
    "docker sbom web -o x.json": "caution",
    "docker restart web": "caution",
    "docker update --memory 1g web": "caution",
    "docker exec web ls -la /": "caution",
    "docker exec --privileged web ls": "dangerous",
    "docker exec web sh -c 'rm -rf /data'": "dangerous",
    "docker logs -f web": "caution",
    "docker run --rm alpine ls /": "caution",
    "docker run --rm alpine rm -rf /data": "dangerous",
    "docker run --privileged alpine": "dangerous",
    "docker run --cap-add=SYS_ADMIN alpine": "dangerous",
    "docker run --device /dev/sda alpine": "dangerous",
    "docker run --security-opt seccomp=unconfined alpine": "dangerous",
    "docker run --net=host alpine": "dangerous",
    "docker run -v/:/h alpine": "dangerous",
    "docker run --mount type=bind,src=/var/run/docker.sock,dst=/s alpine": "dangerous",
    "docker run --help": "safe",
    "docker build --allow security.insecure .": "dangerous",
    "docker build --network host .": "dangerous",
    "docker build --security-opt x .": "dangerous",
    "docker build -o out .": "caution",
    "docker build --push .": "caution",
    "docker service update --force web": "caution",
    "docker node update --availability drain n1": "dangerous",
    "docker swarm join-token worker": "caution",
    "docker swarm join-token --rotate worker": "dangerous",
    "docker rm -f web": "dangerous",
    "docker kill -s HUP web": "caution",
    "docker kill web": "dangerous",
    "docker system prune -af": "dangerous",
    "docker --config /tmp/x ps": "unknown",
  },
  nearMisses: [
    "docker -H tcp://x ps",
    "docker -H ssh://x ps",
    "docker run alpine --help",
    "docker run --help=false alpine",
    "docker cp web:/etc/passwd .",
    "docker volume rm data",
    "docker stats",
    "docker stats --no-stream --no-stream=false",
    "docker frob",
    "docker compose down -v",
    "docker swarm leave --force",
    "docker --frob ps rm web",
  ],
});

/** The short forms, each with `--help`, which docker takes at every sub-command but only behind it. */
function helped(): typeof containerReads {
  const rules = Object.entries({ ...containerReads, ...containerChanges }).map(([name, rule]) => [
    name,
    rule.anyOption === true ? rule : { ...rule, optional: `${rule.optional ?? ""} --help` },
  ]);
  return Object.fromEntries(rules) as typeof containerReads;
}

export const nerdctl = program({
  names: "nerdctl",
  source: "github.com/containerd/nerdctl, docs/command-reference.md of 2.1",
  style: "go",
  globals: "before",
  why: "works with containers of containerd",
  risk: (inv) => (asksHelp(inv) || (inv.has("-v") && inv.operands.length === 0) ? "safe" : "unknown"),
  flags: "--debug --debug-full --insecure-registry --experimental -v|--version",
  values: "-n|--namespace --snapshotter --storage-driver --cgroup-manager --data-root --hosts-dir --bridge-ip --cni-netconfpath",
  optional: "--help",
  options: {
    "-a|--address|-H|--host": { allow: "/run/containerd/containerd.sock /run/k3s/containerd/containerd.sock", why: "another engine" },
    "--cni-path": { risk: "unknown", why: "names programs that are run" },
  },
  verbs: {
    help: engineRead,
    ...helped(),
    container,
    image,
    volume,
    network,
    namespace: object("namespace", {}),
    system: clientObjects["system"] ?? engineRead,
    builder: clientObjects["builder"] ?? engineRead,
    compose,
  },
  examples: {
    "nerdctl -n k8s.io ps": "safe",
    "nerdctl --address /run/k3s/containerd/containerd.sock ps": "safe",
    "nerdctl --namespace k8s.io images": "safe",
    "nerdctl stop web": "caution",
    "nerdctl -n k8s.io rmi web": "dangerous",
    "nerdctl --cni-path /tmp/x ps": "unknown",
  },
  nearMisses: ["nerdctl -a /tmp/x ps", "nerdctl run alpine", "nerdctl system prune"],
});
