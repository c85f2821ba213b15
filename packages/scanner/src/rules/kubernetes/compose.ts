// docker compose (a sub-command of docker) and the programs docker-compose and podman-compose, which take the same words.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type Finding, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { freeRead, namedTargets, placeWords, plainOperands, switchedOn } from "./cluster-words.ts";
import { buildImage } from "./container-changes.ts";
import { containerLogs, containerStats, engineEvents } from "./container-reads.ts";
import { execContainer, runContainer } from "./container-run.ts";

const read = freeRead("reads about the services of a compose file");

/** A compose file from elsewhere is someone else's text. */
function fileFinding(file: Arg): Finding | undefined {
  return /:\/\/|^(oci|git|github\.com|ssh):?/.test(file.text)
    ? { risk: "unknown", why: "takes the compose file from elsewhere", span: file.span }
    : undefined;
}

/** `docker compose -f FILE -p NAME` or `docker-compose ...`, as it was called. */
function client(inv: Invocation): string | undefined {
  const place = placeWords(inv, ["-f", "-p"]);
  if (place === undefined || inv.all("-f").length > 1) return undefined;
  return `${inv.program.endsWith("-compose") ? inv.program : `${inv.program} compose`}${place}`;
}

const undoneBy =
  (verb: string) =>
  (inv: Invocation): Inverse | undefined => {
    const words = plainOperands(inv);
    const start = client(inv);
    return words === undefined || start === undefined ? undefined : { kind: "command", command: [start, verb, ...words].join(" ") };
  };

/** `scale web=3`: the number of containers it has now. */
function undoneScale(inv: Invocation): Inverse | undefined {
  const [first, more] = plainOperands(inv) ?? [];
  const start = client(inv);
  const name = first?.split("=", 1)[0];
  if (start === undefined || name === undefined || more !== undefined) return undefined;
  return { kind: "capture", capture: `${start} ps -q ${name} | wc -l`, command: `${start} scale ${name}={capture}` };
}

const change = (why: string, more: Partial<CommandRule>): CommandRule => ({
  risk: "caution",
  why,
  operands: "name*",
  anyOption: true,
  anyWord: true,
  targets: namedTargets("service"),
  ...more,
});

const replaced = "what ran before is replaced; docker compose ps shows it";

const down = (why: string): CommandRule => ({
  ...change(why, { safer: "docker compose ps" }),
  risk: "dangerous",
  targets: (inv) =>
    inv.operands.length > 0
      ? namedTargets("service")(inv)
      : [{ kind: "project", name: inv.arg("-p")?.text ?? inv.arg("-f")?.text ?? "compose.yaml" }],
});

const names = ["--services", "--volumes", "--images", "--profiles", "--networks", "--models", "-q", "--no-interpolate"];

const config: CommandRule = {
  why: "prints the compose file with its variables filled in",
  operands: "data*",
  flags: "--no-consistency --no-normalize --no-path-resolution --resolve-image-digests --lock-image-digests --no-env-resolution --all",
  values: "--format --hash",
  optional: "-q|--quiet --services --volumes --images --profiles --networks --models --no-interpolate --variables --environment",
  options: { "-o|--output": { kind: "write", why: "writes a file" } },
  sensitive: (inv) => !inv.has("--hash") && !names.some((name) => switchedOn(inv, name)),
  safer: "--services, --images or --no-interpolate",
};

export const compose: CommandRule = {
  why: "works with the services of a compose file",
  values: "-p|--project-name --profile --env-file --project-directory --ansi --progress --parallel --log-level --podman-args",
  flags: "--compatibility --all-resources --verbose --no-ansi --dry-run -v|--version -h|--help",
  options: {
    "-f|--file": { check: fileFinding },
    "-H|--host|-c|--context|--tlscacert|--tlscert|--tlskey": { risk: "unknown", why: "another engine" },
  },
  verbs: {
    "ps|images|ls|top|port|version|volumes": read,
    logs: containerLogs,
    stats: containerStats,
    events: engineEvents,
    "config|convert": config,
    exec: execContainer,
    run: {
      ...runContainer,
      why: "runs a command in a new container of a service",
      flags: `${runContainer.flags} --no-deps --build --service-ports --use-aliases --remove-orphans --quiet-pull --quiet-build -T`,
      targets: namedTargets("service"),
      inverse: () => undefined,
      noInverse: "what the command does is not recorded",
    },
    build: { ...buildImage, targets: namedTargets("service") },
    up: change("starts the services, and makes anew those that changed", {
      noInverse: replaced,
      options: {
        "-V|--renew-anon-volumes": { arity: "flag", risk: "dangerous", why: "throws the anonymous volumes away" },
        "--remove-orphans": { arity: "flag", risk: "dangerous", why: "deletes containers that the file no longer names" },
      },
    }),
    create: change("makes the containers of the services", { noInverse: replaced }),
    start: change("starts the services", { inverse: undoneBy("stop") }),
    stop: change("stops the services", { inverse: undoneBy("start") }),
    restart: change("restarts the services", { noInverse: "they run again; what they held in memory is gone" }),
    pause: change("freezes the services", { inverse: undoneBy("unpause") }),
    unpause: change("resumes the services", { inverse: undoneBy("pause") }),
    scale: change("changes the number of containers", { inverse: undoneScale }),
    "pull|push|publish|commit|export|cp": change("changes or publishes images or files", {
      noInverse: "what was there before is overwritten",
    }),
    "attach|wait|watch": change("stays connected to the services", { unbounded: true, noInverse: "it ends with the process" }),
    down: down("ends and deletes the containers of the services; with -v their data too"),
    "rm|kill": down("ends or deletes the containers of the services"),
  },
};

export const dockerCompose = program({
  ...compose,
  names: "docker-compose|podman-compose",
  source: "docs.docker.com/reference/cli/docker/compose, compose 2.39; docker-compose 1.29",
  style: "go",
  globals: "before",
  risk: (inv) => (inv.operands.length === 0 && (inv.has("--help") || inv.has("--version")) ? "safe" : "unknown"),
  examples: {
    "docker-compose ps": "safe",
    "docker-compose -f a.yml -f b.yml logs --tail 50 web": "safe",
    "docker-compose --version": "safe",
    "docker-compose config --services": "safe",
    "docker-compose config": "caution",
    "docker-compose config -q -o out.yml": "caution",
    "docker-compose logs -f web": "caution",
    "docker-compose up -d": "caution",
    "docker-compose up -V": "dangerous",
    "docker-compose up --remove-orphans": "dangerous",
    "docker-compose -f https://example.com/c.yml ps": "unknown",
    "docker-compose -H tcp://x ps": "unknown",
    "docker-compose stop web": "caution",
    "docker-compose down": "dangerous",
    "docker-compose exec web rm -rf /data": "dangerous",
  },
  nearMisses: [
    "docker-compose up -d",
    "docker-compose exec web sh -c 'rm x'",
    "docker-compose config --services --services=false",
    "docker-compose stats",
    "docker-compose --frob ps down",
    "docker-compose run web migrate",
  ],
});
