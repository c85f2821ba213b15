// The management commands of docker and podman that work with one kind of object each (`docker volume`, `docker swarm`), as data.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { freeChange, freeRead, namedTargets, plainOperands, undoneByVerb } from "./cluster-words.ts";
import { buildImage, changed, containerChanges, destroyed, undoneByRemoval } from "./container-changes.ts";
import { containerLogs, containerReads, engineEvents, engineRead, inspect, listed } from "./container-reads.ts";

const once = "the settings before are not recorded";

export const object = (noun: string, more: Readonly<Record<string, CommandRule>>): CommandRule => ({
  why: `works with ${noun}s`,
  verbs: {
    "ls|list": listed(`${noun}s`),
    inspect,
    "rm|remove|prune": destroyed(`deletes ${noun}s`, noun, `docker ${noun} ls`),
    ...more,
  },
});

const made = (noun: string): CommandRule => changed(`makes a ${noun}`, noun, { inverse: undoneByRemoval(`${noun} rm`) });

/** `network connect NET CONTAINER`, as many operands as the call has. */
const pair = (why: string, noun: string, verb: string): CommandRule => changed(why, noun, { inverse: undoneByVerb(`${noun} ${verb}`) });

/** `service scale web=3`: the number it has now. */
function undoneScale(inv: Invocation): Inverse | undefined {
  const [first, more] = plainOperands(inv) ?? [];
  const name = first?.split("=", 1)[0];
  return name === undefined || more !== undefined
    ? undefined
    : {
        kind: "capture",
        capture: `${inv.program} service inspect --format '{{.Spec.Mode.Replicated.Replicas}}' ${name}`,
        command: `${inv.program} service scale ${name}={capture}`,
      };
}

/** `service update ... NAME`: the engine keeps the specification before. */
function undoneUpdate(inv: Invocation): Inverse | undefined {
  const name = plainOperands(inv)?.at(-1);
  return name === undefined ? undefined : { kind: "command", command: `${inv.program} service rollback ${name}` };
}

const publishes = { noInverse: "what is published may have been fetched already" } as const;
const shownKeys = freeRead("prints a key of the cluster", {
  sensitive: true,
  options: { "--rotate": { arity: "flag", risk: "dangerous", why: "makes the keys in use worthless" } },
  targets: () => [{ kind: "cluster", name: "swarm" }],
  noInverse: "it changes nothing",
});
const cluster = (why: string): CommandRule =>
  freeChange(why, { risk: "dangerous", targets: (inv) => [{ kind: "cluster", name: inv.operands[0]?.text ?? "swarm" }] });

export const volume = object("volume", {
  create: made("volume"),
  update: changed("changes a volume", "volume", { noInverse: once }),
});

export const network = object("network", {
  create: changed("makes a network", "network", { inverse: undoneByRemoval("network rm", -1) }),
  connect: pair("joins a container to a network", "network", "disconnect"),
  disconnect: pair("takes a container off a network", "network", "connect"),
});

export const image = object("image", {
  "history|tree|exists|diff|search": engineRead,
  build: buildImage,
  ...only(["tag|import|load|pull|untag", "push", "save"]),
});

/** Rules of the short forms under their own names. */
function only(names: readonly string[]): Record<string, CommandRule> {
  return Object.fromEntries(Object.entries(containerChanges).filter(([name]) => names.includes(name)));
}

export const container = object("container", {
  "ps|port|diff|exists": engineRead,
  logs: containerLogs,
  ...Object.fromEntries(Object.entries(containerReads).filter(([name]) => /^(stats|top|wait)$/.test(name))),
  ...Object.fromEntries(Object.entries(containerChanges).filter(([name]) => !/^(rm|rmi|prune|build|push|save)$/.test(name))),
});

export const swarmObjects: Readonly<Record<string, CommandRule>> = {
  service: object("service", {
    logs: containerLogs,
    ps: listed("tasks"),
    create: changed("makes a service", "service", {
      inverse: (inv) =>
        inv.value("--name") === undefined ? undefined : { kind: "command", command: `${inv.program} service rm ${inv.value("--name")}` },
      values: "--name",
    }),
    scale: changed("changes the number of tasks", "service", { inverse: undoneScale }),
    update: changed("changes a service, task by task", "service", {
      inverse: undoneUpdate,
      options: { "--force": { arity: "flag", risk: "caution", why: "restarts every task" } },
    }),
    rollback: changed("goes back to the specification before", "service", { inverse: undoneUpdate }),
  }),
  stack: object("stack", {
    "ps|services|config": listed("tasks and services"),
    "deploy|up": changed("changes the services of a stack", "stack", { noInverse: "each service goes back by docker service rollback" }),
    down: destroyed("deletes a stack", "stack", "docker stack ls"),
  }),
  node: object("node", {
    ps: listed("tasks"),
    promote: pair("makes a node a manager", "node", "demote"),
    demote: pair("makes a manager a worker", "node", "promote"),
    update: changed("changes a node", "node", {
      options: { "--availability": { allow: "active", risk: "dangerous", why: "moves every task off the node" } },
      noInverse: once,
    }),
  }),
  secret: object("secret", { create: made("secret") }),
  config: object("config", { create: made("config") }),
  swarm: {
    why: "works with the cluster",
    verbs: {
      "join-token|unlock-key|ca": shownKeys,
      update: changed("changes the settings of the cluster", "cluster", { noInverse: once }),
      unlock: changed("unlocks a manager", "cluster", { noInverse: once }),
      "init|join|leave": cluster("makes this machine part of a cluster, or takes it out"),
    },
  },
};

export const clientObjects: Readonly<Record<string, CommandRule>> = {
  context: {
    why: "works with contexts",
    verbs: {
      "ls|list|show|inspect": listed("contexts"),
      use: changed("changes which engine later commands reach", "context", {
        inverse: (inv) => ({ kind: "capture", capture: `${inv.program} context show`, command: `${inv.program} context use {capture}` }),
      }),
      create: changed("adds a context", "context", { inverse: undoneByRemoval("context rm") }),
      "update|import": changed("changes a context", "context", { noInverse: once }),
      export: changed("writes a context with its keys to a file", "context", { noInverse: once, sensitive: true }),
      "rm|remove": destroyed("deletes a context with its keys", "context", "docker context ls"),
    },
  },
  plugin: object("plugin", {
    install: freeChange("installs a program with the rights that it asks for", { risk: "dangerous", targets: namedTargets("plugin") }),
    enable: pair("switches a plugin on", "plugin", "disable"),
    disable: pair("switches a plugin off", "plugin", "enable"),
    "create|push|set|upgrade": changed("changes a plugin", "plugin", { noInverse: once }),
  }),
  manifest: {
    why: "works with manifests",
    verbs: {
      "inspect|exists": inspect,
      "create|annotate|add|push": changed("changes or publishes a manifest", "image", publishes),
      "rm|remove": destroyed("deletes a manifest", "image", "docker manifest inspect"),
    },
  },
  trust: {
    why: "works with signatures",
    verbs: {
      "inspect|view|show": engineRead,
      "sign|set": changed("signs an image", "image", publishes),
      "key generate|load": changed("changes the signing keys", "key", { noInverse: once }),
      "signer add": changed("lets somebody sign", "signer", { noInverse: once }),
      revoke: destroyed("takes signatures away", "image", "docker trust inspect"),
      "signer remove": destroyed("takes a signer away", "signer", "docker trust inspect"),
    },
  },
  checkpoint: object("checkpoint", { create: changed("makes a checkpoint", "container", { noInverse: once }) }),
  system: {
    why: "works with the engine",
    verbs: {
      "df|info|version": engineRead,
      events: engineEvents,
      "prune|reset|renumber": destroyed("deletes everything that is not in use", "engine", "docker system df"),
      "migrate|service": changed("changes the engine", "engine", { noInverse: once }),
      "connection ls|list": listed("connections"),
      "connection add|default|rename": changed("changes which engine later commands reach", "connection", { noInverse: once }),
      "connection rm|remove": destroyed("deletes a connection", "connection", "podman system connection ls"),
    },
  },
  builder: {
    why: "works with build caches",
    verbs: { du: engineRead, build: buildImage, "prune|rm": destroyed("deletes build caches", "cache", "docker builder du") },
  },
  buildx: {
    why: "builds images",
    verbs: {
      "ls|du|version": engineRead,
      "history ls|inspect|logs": engineRead,
      inspect: {
        ...inspect,
        options: { "--bootstrap": { arity: "flag", risk: "caution", why: "starts the builder" } },
        noInverse: once,
        operands: "data*",
      },
      "imagetools inspect": inspect,
      "imagetools create": changed("publishes an image index", "image", publishes),
      build: buildImage,
      bake: {
        ...buildImage,
        risk: "caution",
        options: { ...buildImage.options, "--print|--list": { arity: "optional" } },
      },
      "create|use|stop": changed("changes the builders", "builder", { noInverse: once }),
      "history rm": destroyed("deletes records of builds", "builder", "docker buildx history ls"),
      "rm|prune": destroyed("deletes builders or their caches", "builder", "docker buildx ls"),
    },
  },
  scout: {
    why: "looks for weaknesses in images",
    verbs: {
      "cves|quickview|qv|recommendations|compare|diff|sbom|version|policy": freeRead("reports about an image", {
        options: { "-o|--output": { kind: "write", why: "writes a file" } },
      }),
      "enroll|push|watch|attestation|enable|disable|cache": changed("changes what the service keeps", "image", publishes),
    },
  },
  sbom: freeRead("lists what an image is made of", { options: { "-o|--output": { kind: "write", why: "writes a file" } } }),
};
