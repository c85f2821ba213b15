// Sub-commands of docker, podman and nerdctl that change containers, images and what belongs to them, as data.
import type { Invocation } from "../../invocation.ts";
import type { CommandRule } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { freeChange, namedTargets, plainOperands, undoneByVerb } from "./cluster-words.ts";
import { createContainer, execContainer, runContainer, updateContainer } from "./container-run.ts";

/** A reversible change of things of one kind. */
export const changed = (why: string, kind: string, more: Partial<CommandRule>): CommandRule =>
  freeChange(why, { targets: namedTargets(kind), ...more });

/** What cannot be taken back. */
export const destroyed = (why: string, kind: string, safer: string): CommandRule =>
  freeChange(why, { risk: "dangerous", targets: namedTargets(kind), safer });

/** `create NAME` -> `rm NAME`; the name is the last operand unless `index` says otherwise. */
export const undoneByRemoval =
  (verb: string, index = 0) =>
  (inv: Invocation): Inverse | undefined => {
    const name = plainOperands(inv)?.at(index);
    return name === undefined ? undefined : { kind: "command", command: `${inv.program} ${verb} ${name}` };
  };

/** `kill -s HUP` asks a program to read its configuration again; the other signals end it. */
function killRisk(inv: Invocation): "caution" | "dangerous" {
  return /^(SIG)?(HUP|USR1|USR2|WINCH|CONT)$/.test(inv.value("-s") ?? "") ? "caution" : "dangerous";
}

const copied = "the files that were there before are overwritten";
const tagged = "an image that had the name before loses it";

const build: CommandRule = freeChange("runs the steps of a Dockerfile and makes an image", {
  targets: (inv) => inv.all("-t").map((arg) => ({ kind: "image", name: arg.text })),
  values: "-t|--tag -f|--file --build-arg --target --platform --cache-from --cache-to --label --progress --iidfile --metadata-file",
  options: {
    "--allow": { risk: "dangerous", why: "lets the build reach the machine" },
    "--network": { allow: "default none bridge", risk: "dangerous", why: "lets the build reach the machine's network" },
    "--security-opt|--cap-add|--device|-v|--volume": { risk: "dangerous", why: "lets the build reach the machine" },
    "-o|--output": { risk: "caution", why: "writes files" },
    "--push": { arity: "flag", risk: "caution", why: "publishes the image" },
  },
  noInverse: tagged,
});

export const buildImage = build;

export const containerChanges: Readonly<Record<string, CommandRule>> = {
  exec: execContainer,
  run: runContainer,
  create: createContainer,
  update: updateContainer,
  start: changed("starts containers", "container", { inverse: undoneByVerb("stop") }),
  stop: changed("stops containers", "container", { inverse: undoneByVerb("start") }),
  restart: changed("restarts containers", "container", { noInverse: "it runs again; what it held in memory is gone" }),
  pause: changed("freezes containers", "container", { inverse: undoneByVerb("unpause") }),
  unpause: changed("resumes containers", "container", { inverse: undoneByVerb("pause") }),
  rename: changed("renames a container", "container", {
    inverse: (inv) => {
      const [from, to, more] = plainOperands(inv) ?? [];
      return from === undefined || to === undefined || more !== undefined
        ? undefined
        : { kind: "command", command: `${inv.program} rename ${to} ${from}` };
    },
  }),
  cp: changed("copies files into or out of a container", "container", { noInverse: copied }),
  attach: changed("connects to the input and output of a container", "container", {
    unbounded: true,
    noInverse: "it ends with the process",
  }),
  debug: changed("opens a shell beside a container", "container", { noInverse: "what is done in the shell is not recorded" }),
  export: changed("copies the file system of a container out", "container", { noInverse: copied }),
  save: changed("writes images to an archive", "image", { noInverse: copied }),
  commit: changed("makes an image of a container", "image", { noInverse: tagged }),
  build,
  "tag|import|load|pull|untag": changed("changes which images this machine has", "image", { noInverse: tagged }),
  push: changed("publishes an image", "image", { noInverse: "a published image may have been fetched already" }),
  "login|logout": changed("changes the stored credentials of a registry", "registry", { noInverse: "the credentials before are not read" }),
  kill: {
    ...freeChange("ends containers at once, or sends them a signal", { targets: namedTargets("container"), safer: "docker stop" }),
    risk: killRisk,
    values: "-s|--signal",
    inverse: (inv) => (killRisk(inv) === "dangerous" ? undoneByVerb("start")(inv) : undefined),
    noInverse: "a signal cannot be taken back",
  },
  rm: destroyed("deletes containers with what they wrote", "container", "docker stop"),
  rmi: destroyed("deletes images", "image", "docker images"),
  prune: destroyed("deletes whatever is not in use", "containers", "docker system df"),
};
