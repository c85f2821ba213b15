// docker and podman: names are looked up as the change would look them up; filters only where both commands mean the same by them.
import { expect, it } from "vitest";
import { twinText } from "../test/twin-of.ts";

const inspect = "container inspect --format '{{.Id}} {{.State.Status}} {{.Name}}'";
const format = "--format '{{.ID}} {{.State}} {{.Names}}'";
const stopped = "--filter=status=created --filter=status=exited --filter=status=dead";

it.each([
  ["docker rm a b", `docker ${inspect} a b`],
  ["docker rm -f a", `docker ${inspect} a`],
  ["docker container rm --force a", `docker ${inspect} a`],
  ["docker stop -t 5 web", `docker ${inspect} web`],
  ["docker stop --time=5 -s TERM web", `docker ${inspect} web`],
  ["docker kill -s HUP web", `docker ${inspect} web`],
  ["docker restart web db", `docker ${inspect} web db`],
  ["docker pause web", `docker ${inspect} web`],
  ["docker -c prod stop web", `docker -c prod ${inspect} web`],
  ["docker --context=prod stop web", `docker --context=prod ${inspect} web`],
  ["docker container prune -f", `docker ps -a --no-trunc ${stopped} ${format}`],
  ["docker container prune --force --filter label=app=x", `docker ps -a --no-trunc ${stopped} --filter=label=app=x ${format}`],
  ["podman rm -f a", `podman ${inspect} a`],
  ["podman stop --filter label=app=x", `podman ps -a --no-trunc --filter=label=app=x ${format}`],
  ["podman rm --filter=label=app", `podman ps -a --no-trunc --filter=label=app ${format}`],
  ["podman restart --filter label=a", `podman ps -a --no-trunc --filter=label=a ${format}`],
])("%s", (command, twin) => {
  expect(twinText(command)).toBe(twin);
});

it.each([
  "docker ps",
  "docker rm",
  "docker rm -v a",
  "docker rm -fv a",
  "docker rm --link a/b",
  "docker rm -l a",
  "docker rm a/b",
  "docker rm ''",
  "docker stop --filter label=x",
  "docker stop a --filter label=x",
  "docker -H tcp://x stop a",
  "DOCKER_HOST=tcp://x docker stop a",
  "docker --config /tmp/x stop a",
  "docker stop --frob a",
  "docker container prune",
  "docker container prune -f --filter until=24h",
  "docker container prune -f --filter 'label!=keep'",
  "docker container prune -f --filter label=a --filter label=b",
  "docker container prune -f --filter label=a --filter until=24h",
  "docker container prune -f a",
  "docker prune -f",
  "docker system prune -f",
  "docker image rm a",
  "docker volume rm a",
  "docker rmi a",
  "docker compose down",
  "docker exec a rm x",
  "docker stop $(docker ps -q --filter name=x)",
  "docker ps -q | xargs docker rm",
  "podman rm -a",
  "podman rm --all",
  "podman stop --latest",
  "podman rm --depend a",
  "podman rm -v a",
  "podman container prune -f",
  "podman stop --filter name=a",
  "podman stop --filter label=a --filter label=b",
  "podman stop --filter label=a b",
  "podman -c remote stop a",
  "podman --url tcp://x stop a",
  "podman pod rm a",
])("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
