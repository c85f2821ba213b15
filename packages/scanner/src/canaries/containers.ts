// Canaries of container engines: removal, escape to the host, and the socket as an API.
import type { CanaryTopic } from "./canary.ts";

export const containers: CanaryTopic = {
  topic: "containers",
  dangerous: [
    "docker rm -f api",
    "docker rm -f $(docker ps -aq)",
    "docker system prune -af --volumes",
    "docker volume rm pgdata",
    "docker rmi -f postgres",
    "docker run -v /:/host alpine rm -rf /host/data",
    "docker run --privileged -it alpine sh",
    "docker exec db rm -rf /var/lib/postgresql",
    "docker -H tcp://192.0.2.1:2375 volume rm pgdata",
    "docker compose down -v",
    "podman system reset --force",
    "crictl rmp -fa",
    "docker swarm leave --force",
    "nerdctl rm -f api",
    "curl --unix-socket /var/run/docker.sock -XDELETE http://localhost/containers/api",
  ],
  notSafe: ["docker stop api", "docker kill api", "docker cp x api:/etc/passwd", "docker update --memory 1m api", "ctr containers rm api"],
};
