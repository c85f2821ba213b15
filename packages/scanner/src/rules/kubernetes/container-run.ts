// `docker run`, `create` and `exec`, and what they share with podman, nerdctl and compose: the command inside is classified too, and
// options that give a container rights over its machine are dangerous.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { CommandRule, Finding, OptionRule, RuleContext } from "../../rule.ts";
import { asksHelp, plainOperands, unlessHelp } from "./cluster-words.ts";

const machine = "gives the container rights over its machine";

const hostPaths =
  /^(\/|~\/?|~\/\..*|\.\.(\/.*)?|\/(bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys|usr)(\/.*)?|\/(home|var|opt|mnt|data)|\/var\/(run|lib|spool)(\/.*)?)$/;

/** A folder of the machine, or the engine's own socket, inside the container. */
function mountFinding(source: string, arg: Arg): Finding | undefined {
  const path = source.replaceAll(/\/(\.?\/)+/g, "/");
  if (!hostPaths.test(path) && !path.includes("docker.sock") && !path.includes("/..")) return undefined;
  return { risk: "dangerous", why: `shows ${source} of the machine to the container`, span: arg.span };
}

const volumeFinding = (arg: Arg): Finding | undefined => {
  const [source = "", target] = arg.head.split(":");
  return target === undefined && arg.shape === "literal" ? undefined : mountFinding(source, arg);
};

function bindFinding(arg: Arg): Finding | undefined {
  const source = /(?:^|,)(?:src|source)=([^,]*)/.exec(arg.head)?.[1];
  return source === undefined ? undefined : mountFinding(source, arg);
}

const onlyHost = (arg: Arg): Finding | undefined =>
  arg.shape === "literal" && arg.text !== "host" && !arg.text.startsWith("ns:")
    ? undefined
    : { risk: "dangerous", why: "shares the machine's own name spaces", span: arg.span };

function securityFinding(arg: Arg): Finding | undefined {
  if (arg.shape === "literal" && /^no-new-privileges(=true|:true)?$/.test(arg.text)) return undefined;
  return { risk: "dangerous", why: "loosens what holds the container in", span: arg.span };
}

export const powers: Readonly<Record<string, OptionRule>> = {
  "--privileged": { arity: "flag", risk: "dangerous", why: machine },
  "--cap-add": { allow: "NET_BIND_SERVICE CAP_NET_BIND_SERVICE", risk: "dangerous", why: machine },
  "--device|--device-cgroup-rule|--group-add": { risk: "dangerous", why: machine },
  "--security-opt": { check: securityFinding },
  "--network|--net|--pid|--ipc|--uts|--userns|--cgroupns": { check: onlyHost },
  "-v|--volume": { check: volumeFinding },
  "--mount": { check: bindFinding },
};

const flags =
  "-d|--detach -i|--interactive -t|--tty --rm --init --read-only --no-healthcheck --oom-kill-disable -P|--publish-all -q|--quiet --disable-content-trust --replace --no-hosts --tls-verify --use-api-socket";
const values =
  "--name -e|--env --env-file -p|--publish --expose -w|--workdir -u|--user --entrypoint -m|--memory --memory-swap --memory-reservation --memory-swappiness --kernel-memory --cpus --cpu-shares -c --cpuset-cpus --cpuset-mems --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-count --cpu-percent --restart -l|--label --label-file -h|--hostname --domainname --dns --dns-option --dns-opt --dns-search --add-host --link --link-local-ip --ip --ip6 --mac-address --network-alias --net-alias --log-driver --log-opt --health-cmd --health-interval --health-retries --health-start-period --health-start-interval --health-timeout --stop-signal --stop-timeout --shm-size --tmpfs --ulimit --sysctl --pids-limit --platform --pull --gpus --runtime --isolation --storage-opt --volumes-from --volume-driver --cgroup-parent --cap-drop --cidfile --detach-keys -a|--attach --blkio-weight --blkio-weight-device --device-read-bps --device-write-bps --device-read-iops --device-write-iops --oom-score-adj --annotation --pod --arch --os --variant --tz --umask --timeout --secret --authfile --creds --preserve-fds --conmon-pidfile --pidfile --systemd --infra";

/** The words that start in the container: what `--entrypoint` names, then those behind the image. Lone options go to the image's own program. */
function innerWords(inv: Invocation): readonly Arg[] {
  const rest = inv.operands.slice(1);
  const entry = inv.arg("--entrypoint");
  if (entry !== undefined) return entry.text === "" ? rest : [entry, ...rest];
  return rest[0]?.text.startsWith("-") === true ? [] : rest;
}

const containerName = (inv: Invocation): Arg | undefined => inv.arg("--name") ?? inv.operands[0];

export const runContainer: CommandRule = {
  risk: unlessHelp("caution"),
  why: "starts a new container",
  firstEnds: true,
  operands: "name? inner*",
  flags,
  values,
  optional: "--sig-proxy",
  options: powers,
  inspect: (inv, ctx) => ctx.scanArgv(innerWords(inv)),
  targets: (inv) => {
    const name = containerName(inv);
    return name === undefined ? [] : [{ kind: inv.has("--name") ? "container" : "image", name: name.text }];
  },
  inverse: (inv) => {
    const name = inv.value("--name");
    return name === undefined || !/^[\w.-]+$/.test(name) || inv.has("--rm")
      ? undefined
      : { kind: "command", command: `${inv.program} rm -f ${name}` };
  },
  noInverse: "with --rm the container is gone when it ends; without a name there is nothing to address",
  safer: "docker image inspect shows what the image would run",
};

export const createContainer: CommandRule = { ...runContainer, why: "makes a new container without starting it" };

const execFlags = "-i|--interactive -t|--tty -d|--detach -l|--latest -T|--no-TTY --no-session";
const execValues = "-u|--user -w|--workdir -e|--env --env-file --index --detach-keys --preserve-fds --preserve-fd --cidfile";

function inspectExec(inv: Invocation, ctx: RuleContext): void {
  if (!asksHelp(inv)) ctx.scanArgv(inv.operands.slice(inv.has("-l") || inv.has("--cidfile") ? 0 : 1));
}

export const execContainer: CommandRule = {
  risk: "caution",
  why: "runs a command inside a container",
  firstEnds: true,
  flags: execFlags,
  values: execValues,
  options: { "--privileged": { arity: "flag", risk: "dangerous", why: machine } },
  operands: "name? inner*",
  anyWord: true,
  inspect: inspectExec,
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "container", name: arg.text })),
  noInverse: "what the command changes inside the container is not known to the engine",
};

const updated: Readonly<Record<string, string>> = {
  "--memory": "Memory",
  "--memory-swap": "MemorySwap",
  "--memory-reservation": "MemoryReservation",
  "--cpu-shares": "CpuShares",
  "--cpuset-cpus": "CpusetCpus",
  "--pids-limit": "PidsLimit",
  "--restart": "RestartPolicy.Name",
};

/** `docker update --memory 1g web`: the limit that it has now. */
export const updateContainer: CommandRule = {
  risk: unlessHelp("caution"),
  why: "changes the limits of containers",
  operands: "name*",
  values:
    "-m|--memory --memory-swap --memory-reservation --kernel-memory --cpus -c|--cpu-shares --cpuset-cpus --cpuset-mems --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --pids-limit --restart --blkio-weight -l",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "container", name: arg.text })),
  inverse: (inv) => {
    const [name, more] = plainOperands(inv) ?? [];
    const [option, other] = Object.keys(updated).filter((each) => inv.has(each));
    if (name === undefined || more !== undefined || option === undefined || other !== undefined || inv.options.length !== 1)
      return undefined;
    return {
      kind: "capture",
      capture: `${inv.program} inspect --format '{{.HostConfig.${updated[option]}}}' ${name}`,
      command: `${inv.program} update ${option} {capture} ${name}`,
    };
  },
};
