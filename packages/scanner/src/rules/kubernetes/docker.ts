// docker, podman and nerdctl: one table, because they share their words.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program, type RuleContext } from "../../rule.ts";
import type { Inverse, Target } from "../../types.ts";

const reads: CommandRule = { why: "reports about containers, images or the engine", operands: "data*", anyWord: true };
const listFlags = "-a|--all -q|--quiet --no-trunc -l|--latest -s|--size --digests --no-stream --services";
const listValues = "-f|--filter --format -n|--last --type --orderby";

const targets =
  (kind: string) =>
  (inv: Invocation): readonly Target[] =>
    inv.operands.map((arg) => ({ kind, name: arg.text }));

const undo =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined =>
    inv.operands.length > 0 && inv.operands.every((arg) => arg.shape === "literal" && /^[\w.-]+$/.test(arg.text))
      ? { kind: "command", command: `${inv.program} ${verb} ${inv.operands.map((arg) => arg.text).join(" ")}` }
      : undefined;

const change = (why: string, kind = "container", inverse?: (inv: Invocation) => Inverse | undefined): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: targets(kind),
  ...(inverse === undefined ? {} : { inverse }),
});
const destroy = (why: string, kind = "container"): CommandRule => ({ ...change(why, kind), risk: "dangerous" });

/** `docker exec [options] CONTAINER COMMAND`: the command runs in the container, so it is a change of machine at least. */
function inspectExec(inv: Invocation, ctx: RuleContext): void {
  ctx.report({ risk: "caution", why: "runs a command inside a container" });
  if (inv.operands.length > 1) ctx.scanArgv(inv.operands.slice(1));
}

const exec: CommandRule = {
  why: "runs a command inside a container",
  risk: "caution",
  flags: "-i|--interactive -t|--tty -d|--detach --privileged -it",
  values: "-u|--user -w|--workdir -e|--env --env-file --index",
  operands: "inner*",
  inspect: inspectExec,
};

const logs: CommandRule = {
  ...reads,
  why: "prints the output of a container",
  flags: "-t|--timestamps --details --no-color --no-log-prefix",
  values: "-n|--tail --since --until --index",
  options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end", safer: "--tail 200 without -f" } },
};

const stats: CommandRule = {
  ...reads,
  flags: "-a|--all --no-stream --no-trunc --no-reset",
  values: "--format",
  unbounded: (inv) => !inv.has("--no-stream"),
  safer: "add --no-stream",
};

const verbs: Readonly<Record<string, CommandRule>> = {
  "ps|images|version|info|history|port|top|diff|search": { ...reads, flags: `${listFlags} -H|--human`, values: `${listValues} --limit` },
  inspect: { ...reads, flags: "-s|--size -l|--latest", values: "-f|--format --type", sensitive: true },
  logs,
  stats,
  events: { ...reads, values: "-f|--filter --format --since --until", unbounded: (inv) => !inv.has("--until") },
  exec,
  wait: { ...reads, why: "waits until a container ends", unbounded: true },
  start: change("starts containers", "container", undo("stop")),
  stop: change("stops containers", "container", undo("start")),
  restart: change("restarts containers"),
  pause: change("freezes containers", "container", undo("unpause")),
  unpause: change("resumes containers", "container", undo("pause")),
  "pull|tag|build|login|logout|load|import|create|rename|update|commit|cp|save|export|push|attach": change("changes images or containers"),
  run: { ...destroy("runs a new container, which can reach whatever it is given") },
  "rm|kill|rmi|prune": destroy("ends or deletes containers or images"),
};

const listed = (names: string): CommandRule => ({ ...reads, flags: listFlags, values: listValues, why: `lists ${names}` });
const object = (noun: string, more: Readonly<Record<string, CommandRule>> = {}): CommandRule => ({
  why: `works with ${noun}s`,
  verbs: {
    "ls|list": listed(`${noun}s`),
    inspect: {
      ...reads,
      values: "-f|--format",
      flags: "-s|--size -v|--verbose --pretty",
      ...(noun === "secret" || noun === "container" ? { sensitive: true } : {}),
    },
    "rm|remove|prune": destroy(`deletes ${noun}s`, noun),
    "create|connect|disconnect|update|promote|demote|scale|rollback|use|import|export|tag|push|pull|build|load|save|deploy|set|install|enable|disable|upgrade|annotate":
      change(`changes ${noun}s`, noun),
    ...more,
  },
});

const compose: CommandRule = {
  why: "works with the services of a compose file",
  values: "-f|--file -p|--project-name --profile --env-file --project-directory --ansi --progress",
  flags: "--compatibility --all-resources",
  verbs: {
    "ps|images|ls|top|port|version": { ...reads, flags: listFlags, values: `${listValues} --status --index --protocol` },
    logs,
    events: { ...reads, flags: "--json", unbounded: true },
    config: {
      ...reads,
      flags: "-q|--quiet --services --volumes --images --profiles --no-interpolate --hash",
      values: "--format",
      options: { "-o|--output": { kind: "write", why: "writes a file" } },
      sensitive: (inv) => !inv.has("-q") && !inv.has("--services") && !inv.has("--images"),
    },
    exec,
    "up|start|restart|pause|unpause|pull|push|build|create|scale|cp|attach|wait|publish|watch": change("changes the services", "service"),
    stop: change("stops the services", "service", (inv) =>
      inv.operands.length === 0 ? { kind: "command", command: "docker compose start" } : undefined,
    ),
    run: destroy("runs a new container", "service"),
    "down|rm|kill": destroy("ends and deletes the containers of the services", "service"),
  },
};

export const docker = program({
  names: "docker|podman|nerdctl",
  source: "docker(1), docker 27; podman(1), podman 5",
  style: "go",
  why: "works with containers",
  flags: "-D|--debug --tls --tlsverify -v|--version --help",
  values: "-l|--log-level --tlscacert --tlscert --tlskey",
  options: {
    "-H|--host|-c|--context|--config|--url|--connection|-r|--remote": {
      risk: "unknown",
      why: "another engine or configuration",
      arity: "value",
    },
  },
  verbs: {
    ...verbs,
    container: { why: "works with containers", verbs: { ...verbs, "ls|list": listed("containers") } },
    image: object("image", { history: verbs["ps|images|version|info|history|port|top|diff|search"] ?? reads }),
    volume: object("volume"),
    network: object("network"),
    service: object("service", { logs, ps: listed("tasks") }),
    stack: object("stack", { ps: listed("tasks"), services: listed("services"), config: { ...reads, sensitive: true } }),
    node: object("node", { ps: listed("tasks") }),
    secret: object("secret"),
    config: object("config"),
    context: object("context", { show: reads }),
    plugin: object("plugin"),
    manifest: {
      why: "works with manifests",
      verbs: { inspect: { ...reads, flags: "-v|--verbose --insecure" }, "create|annotate|push|rm": change("changes a manifest", "image") },
    },
    pod: object("pod", { stats, "top|ps": reads, logs }),
    system: {
      why: "works with the engine",
      verbs: {
        "df|info": { ...reads, flags: "-v|--verbose", values: "--format" },
        events: { ...reads, unbounded: true },
        "prune|reset": destroy("deletes everything that is not in use", "engine"),
      },
    },
    swarm: {
      why: "works with the cluster",
      verbs: { "init|join|leave|update|unlock|ca|join-token|unlock-key": destroy("changes the cluster or shows its keys", "cluster") },
    },
    compose,
    builder: { why: "works with build caches", verbs: { prune: destroy("deletes build caches", "cache"), du: reads } },
    buildx: {
      why: "builds images",
      verbs: {
        "ls|du|inspect|version": { ...reads, flags: "--verbose" },
        "build|bake|create|rm|prune|stop|use": destroy("builds or deletes", "builder"),
      },
    },
  },
  examples: {
    "docker ps -a": "safe",
    "docker logs --tail 100 web": "safe",
    "docker stats --no-stream": "safe",
    "docker compose ps": "safe",
    "docker restart web": "caution",
    "docker exec web ls /": "caution",
    "docker logs -f web": "caution",
    "docker rm -f web": "dangerous",
    "docker system prune -af": "dangerous",
    "docker exec web rm -rf /": "dangerous",
  },
  nearMisses: [
    "docker -H tcp://x ps",
    "docker run --privileged -v /:/h x",
    "docker cp web:/etc/passwd .",
    "docker volume rm data",
    "docker stats",
    "docker frob",
    "docker compose down -v",
    "docker swarm leave --force",
  ],
});

export const dockerCompose = program({
  ...compose,
  names: "docker-compose|podman-compose",
  source: "docker-compose(1), compose 2.24",
  style: "go",
  examples: { "docker-compose ps": "safe", "docker-compose logs web": "safe", "docker-compose down": "dangerous" },
  nearMisses: ["docker-compose up -d", "docker-compose exec web sh -c 'rm x'"],
});
