// The threat catalogue's row on container engines (reference/command-safety.md 3.5: docker, podman, nerdctl, crictl, ctr), trap by trap: plain and
// disguised forms reach at least the risk given, benign neighbours stay safe. Inverses are compared whole.
import { describe, expect, it } from "vitest";
import { compareRisk } from "../risk.ts";
import { scan } from "../scan.ts";
import type { Inverse } from "../types.ts";

interface Trap {
  readonly id: string;
  readonly dangerous?: readonly string[];
  /** At least caution. */
  readonly notSafe?: readonly string[];
  readonly safe: readonly string[];
}

const traps: readonly Trap[] = [
  {
    id: "another engine",
    dangerous: ["docker --context eu rm web", "docker -ceu rm web", "docker -c ps rm web"],
    notSafe: [
      "docker -H tcp://10.0.0.1:2375 ps",
      "docker -Htcp://10.0.0.1:2375 ps",
      "docker --host=ssh://ops@h ps",
      "docker --config ./x ps",
      "docker --unheard-of ps rm web",
      "podman --url unix:///tmp/x ps",
      "podman --conmon ./x ps",
      "nerdctl --address /tmp/x ps",
      "crictl -r unix:///tmp/x ps",
      "ctr -a /tmp/x containers ls",
      "docker-compose -H tcp://x ps",
    ],
    safe: [
      "docker --context eu ps",
      "docker -H unix:///var/run/docker.sock ps",
      "nerdctl -n k8s.io ps",
      "crictl -r unix:///run/crio/crio.sock ps",
      "ctr -n k8s.io c ls",
    ],
  },
  {
    id: "rights over the machine",
    dangerous: [
      "docker run --privileged web",
      "docker run --rm -it --privileged=true web",
      "docker run -v /:/host web",
      "docker run -v/:/host:ro web",
      "docker run --volume=/etc/../:/host web",
      "docker run -v /var/run/docker.sock:/s web",
      "docker run --mount type=bind,source=/,target=/host web",
      "docker run --pid host web",
      "docker run --net=host web",
      "docker run --cap-add ALL web",
      "docker run --security-opt apparmor=unconfined web",
      "docker run --device=/dev/mem web",
      "podman run --privileged web",
      "nerdctl run --privileged web",
      "docker compose run -v /:/host web",
      "docker exec --privileged web ls",
      "docker container run --userns=host web",
      "docker build --network=host .",
      "docker buildx build --allow=security.insecure .",
    ],
    notSafe: ["docker run web", "docker run -v data:/data web", "docker create web", 'docker run "$OPTIONS" web', "docker build ."],
    safe: ["docker image inspect web", "docker ps --no-trunc", "docker run --help"],
  },
  {
    id: "commands inside containers",
    dangerous: [
      "docker exec web rm -rf /data",
      "docker exec -u root -w / web rm -rf /data",
      "docker exec web sh -c 'ls; rm -rf /data'",
      "docker container exec web find / -delete",
      "docker run --rm web rm -rf /data",
      "docker run --rm --entrypoint rm web -rf /data",
      "docker compose exec -T web rm -rf /data",
      "docker-compose run --rm web rm -rf /data",
      "podman exec -l rm -rf /data",
      "podman unshare rm -rf /data",
      "nerdctl exec web rm -rf /data",
      "crictl exec 3f4e rm -rf /data",
      "ctr -n k8s.io tasks exec --exec-id 1 web rm -rf /data",
    ],
    notSafe: ["docker exec web ls -la /", "docker exec web", "docker exec -it web bash", "docker exec web $CMD", "crictl exec 3f4e ls"],
    safe: ["docker top web -eo pid,comm", "docker logs web", "docker compose top"],
  },
  {
    id: "reads that never end",
    notSafe: [
      "docker logs -f web",
      "docker logs -tf web",
      "docker logs --tail 5 --follow=true web",
      "docker stats",
      "docker stats --no-stream=false",
      "docker stats --no-stream --no-stream=false",
      "docker events --since 1h",
      "docker compose logs --follow",
      "docker wait web",
      "podman ps --watch 2",
      "podman logs -nf web",
      "crictl ps -w",
      "ctr events",
    ],
    safe: [
      "docker logs --tail 5 web",
      "docker logs -n 5 web",
      "docker stats --no-stream",
      "docker events --since 1h --until 0s",
      "docker logs --follow=false web",
    ],
  },
  {
    id: "writers beside the reads",
    notSafe: [
      "docker cp web:/etc/hosts hosts",
      "docker cp hosts web:/etc/hosts",
      "docker save -o x.tar web",
      "docker export web",
      "docker update --memory 1g web",
      "docker rename web api",
      "docker commit web web:2",
      "docker buildx inspect --bootstrap",
      "docker scout cves web --output x.json",
      "docker sbom web --output x.json",
      "docker compose config -q -o out.yaml",
      "docker context use eu",
      "docker context export eu",
      "podman generate kube web -f out.yaml",
      "docker manifest push web",
      "docker buildx imagetools create web",
      "skopeo copy docker://a docker://b",
      "syft web -o json=out.json",
    ],
    safe: [
      "docker diff web",
      "docker port web",
      "docker manifest inspect web",
      "docker buildx imagetools inspect web",
      "docker context show",
      "podman generate kube web",
      "skopeo inspect docker://a",
      "syft web -o json",
    ],
  },
  {
    id: "secrets",
    notSafe: [
      "docker inspect -f '{{.Config.Env}}' web",
      "docker inspect --format='{{range .Config.Env}}{{println .}}{{end}}' web",
      "docker compose config",
      "docker swarm join-token manager",
      "podman secret inspect --showsecret db",
      "sops -d x.yaml",
    ],
    safe: [
      "docker inspect -f '{{.State.Status}}' web",
      "docker compose config --services",
      "docker secret ls",
      "docker secret inspect db",
      "podman secret inspect db",
    ],
  },
  {
    id: "deletes",
    dangerous: [
      "docker rm -f web",
      "docker rm -f $(docker ps -aq)",
      "docker container rm web",
      "docker rmi web",
      "docker image prune -a",
      "docker system prune -af --volumes",
      "docker volume rm data",
      "docker network prune -f",
      "docker kill web",
      "docker kill -s TERM -s KILL web",
      "docker compose down",
      "docker compose -f a.yaml -p x down -v",
      "docker compose rm -sf web",
      "docker compose up --renew-anon-volumes",
      "docker stack rm web",
      "docker node update --availability drain n1",
      "docker swarm leave --force",
      "docker builder prune",
      "podman system reset",
      "podman pod rm -a",
      "podman kube play --replace x.yaml",
      "crictl rmi --prune",
      "crictl rmp -fa",
      "ctr -n k8s.io images rm web",
      "skopeo delete docker://a",
      "crane delete a",
      "docker-machine rm a",
      "buildah rm -a",
    ],
    notSafe: ["docker stop web", "docker restart web", "docker kill -s HUP web", "docker compose stop"],
    safe: ["docker system df", "docker ps -aq", "docker images -f dangling=true", "podman pod ps", "crictl images", "crane ls a"],
  },
];

describe.each(traps)("$id", ({ dangerous = [], notSafe = [], safe }) => {
  it.each(dangerous)("%s is dangerous", (command) => expect(scan(command).risk).toBe("dangerous"));
  it.each(notSafe)("%s is not safe", (command) => expect(compareRisk(scan(command).risk, "caution")).toBeGreaterThanOrEqual(0));
  it.each(safe)("%s is safe", (command) =>
    expect([scan(command).risk, scan(command).risk === "safe" ? [] : scan(command).reasons]).toEqual(["safe", []]),
  );
});

const inverses: Readonly<Record<string, Inverse | undefined>> = {
  "docker stop web api": { kind: "command", command: "docker start web api" },
  "podman pause web": { kind: "command", command: "podman unpause web" },
  "docker rename web api": { kind: "command", command: "docker rename api web" },
  "docker update --memory 1g web": {
    kind: "capture",
    capture: "docker inspect --format '{{.HostConfig.Memory}}' web",
    command: "docker update --memory {capture} web",
  },
  "docker update --memory 1g --cpu-shares 2 web": undefined,
  "docker network connect front web": { kind: "command", command: "docker network disconnect front web" },
  "docker volume create data": { kind: "command", command: "docker volume rm data" },
  "docker service scale web=3": {
    kind: "capture",
    capture: "docker service inspect --format '{{.Spec.Mode.Replicated.Replicas}}' web",
    command: "docker service scale web={capture}",
  },
  "docker service update --image web:2 web": { kind: "command", command: "docker service rollback web" },
  "docker run -d --name web web:1": { kind: "command", command: "docker rm -f web" },
  "docker compose -p x stop web": { kind: "command", command: "docker compose -p x start web" },
  "docker-compose scale web=3": {
    kind: "capture",
    capture: "docker-compose ps -q web | wc -l",
    command: "docker-compose scale web={capture}",
  },
  "docker context use eu": { kind: "capture", capture: "docker context show", command: "docker context use {capture}" },
  "docker stop $X": undefined,
};

it.each(Object.entries(inverses))("%s: what undoes it", (command, wanted) => expect(scan(command).inverse).toEqual(wanted));

it("captures only by reads", () => {
  const captures = Object.values(inverses).flatMap((inverse) => (inverse?.kind === "capture" ? [inverse.capture] : []));
  expect(captures.map((text) => [text, scan(text).risk])).toEqual(captures.map((text) => [text, "safe"]));
});
