// nomad: jobs on many machines. Status is a read; stopping keeps the job's definition, purging and draining do not wait for anybody.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { serverAddress } from "./addresses.ts";
import { nomadAdministration } from "./nomad-administration.ts";
import {
  asksHelp,
  bareRisk,
  change,
  destroy,
  isWrittenOut,
  named,
  placeWords,
  plainText,
  read,
  reversible,
  runs,
  switchedOn,
  undoneBy,
  unlessHelp,
  verbTable,
} from "./verb-kinds.ts";

const jobReads = read("prints the state of jobs and what they run");
const jobPlan = read("shows what running the job would change", { answers: [1] });
const logs = read("prints what a task has written", {
  options: { "-f": { arity: "optional", unbounded: true, why: "follows without end", safer: "-tail -n 100" } },
});
const files = read("prints files of a task", {
  options: { "-f": { arity: "optional", unbounded: true, why: "follows without end", safer: "-tail -n 100" } },
  sensitive: (inv) => inv.operands.some((arg) => arg.shape !== "literal" || /secrets?\b|passw|\.env|key|token|vault/i.test(arg.text)),
});

const back = "nomad job revert goes to a version that nomad job history shows";

const run: CommandRule = change("runs a job, or changes it to what the file says", "job file", back, {
  optional: "-output",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "-output") && isWrittenOut(inv)) ? "safe" : "caution"),
  safer: "nomad job plan",
});

const stop: CommandRule = change("stops a job", "job", "", {
  options: {
    "-purge": { arity: "optional", risk: "dangerous", why: "deletes the job and its history", safer: "leave it out" },
    "-global": { arity: "optional", risk: "dangerous", why: "stops the job in every region", safer: "leave it out" },
  },
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => /^--?(purge|global)\b/.test(arg.text)))
      ctx.report({ risk: "dangerous", why: "deletes the job, or stops it everywhere" });
  },
  inverse: (inv) => (switchedOn(inv, "-purge") ? undefined : undoneBy(inv, "job start")),
});

const scale: CommandRule = change("changes how many of a group run", "job", back, {
  targets: (inv) => named("job")(inv).slice(0, 1),
  inspect: (inv, ctx) => {
    if (inv.operands.at(-1)?.text === "0") ctx.report({ risk: "caution", why: "leaves none running" });
  },
});

const jobs: Readonly<Record<string, CommandRule>> = {
  "status, job status|history|inspect|deployments|allocs, inspect, job validate, validate, job tag list": jobReads,
  "job plan, plan": jobPlan,
  "job run, run": run,
  "job stop, stop": stop,
  "job start": reversible("starts a job that was stopped", "job", "job stop"),
  "job scale": scale,
  "job revert|promote|dispatch|restart|eval, job tag apply|unset": change("changes what runs, or starts another run", "job", back),
  "job periodic force, periodic force": change("starts a run of the job now", "job", "stop the run that was started"),
  "job action": change("runs an action that the job's author wrote, inside its containers", "job", "what it changes is not recorded"),
  "job init, init": change("writes an example file", "file", "delete the file"),
};

/** `alloc exec [options] ALLOC COMMAND`; with -job the allocation is chosen. */
const execute = runs("runs a command inside a task", "allocation", 1, {
  flags: "-job",
  optional: "-i -t",
  values: "-task -e -group -namespace -region",
});

const allocations: Readonly<Record<string, CommandRule>> = {
  "alloc status|checks, alloc-status": read("prints the state of an allocation"),
  "alloc logs, logs": logs,
  "alloc fs, fs": files,
  "alloc exec, exec": execute,
  "alloc stop|restart|signal|pause": change(
    "stops, restarts or signals what runs",
    "allocation",
    "the scheduler starts another one; what was in memory is gone",
  ),
};

/** -enable drains, -disable ends it, -monitor only watches. */
const drain: CommandRule = {
  risk: (inv) => {
    if (asksHelp(inv)) return "safe";
    return inv.has("-enable") || !(inv.has("-disable") || inv.has("-monitor")) ? "dangerous" : "caution";
  },
  why: "moves everything off a machine, or ends that",
  operands: "name*",
  anyOption: true,
  anyWord: true,
  optional: "-enable -disable -monitor -self -yes -force -detach -keep-ineligible -no-deadline",
  values: "-deadline -m -meta",
  targets: named("machine"),
  unbounded: (inv) => inv.has("-monitor"),
  noInverse: "what was moved does not come back by itself",
};

const eligibility: CommandRule = {
  risk: unlessHelp("caution"),
  why: "says whether a machine may be given work",
  operands: "name*",
  optional: "-enable -disable -self",
  targets: named("machine"),
  inverse: (inv: Invocation) => {
    const place = placeWords(inv);
    const words = plainText(inv.operands);
    if (place === undefined || words === undefined || (words === "" && !inv.has("-self"))) return undefined;
    const self = words === "" ? "-self" : words;
    return { kind: "command", command: `nomad node eligibility${place} ${inv.has("-disable") ? "-enable" : "-disable"} ${self}` };
  },
};

const machines: Readonly<Record<string, CommandRule>> = {
  "node status, node-status, node pool list|info|jobs|nodes, node meta read, server members, server-members, agent-info": read(
    "prints the state of machines and servers",
  ),
  "node config": read("prints the servers of an agent", {
    options: { "-update-servers": { arity: "optional", risk: "caution", why: "changes the servers of an agent" } },
    noInverse: "-servers shows those before",
  }),
  "node drain, node-drain": drain,
  "node eligibility": eligibility,
  "node meta apply, node pool apply|init": change(
    "changes facts about machines by which work is given",
    "machine",
    "node meta read shows those before",
  ),
  "node purge, node pool delete, server force-leave, server-force-leave": destroy("takes a machine out of the cluster", "machine"),
  "server join, server-join": change("joins a server to others", "server", "server force-leave"),
};

const work: Readonly<Record<string, CommandRule>> = {
  "eval list|status, eval-status, deployment list, service list|info, plugin status, volume status, volume snapshot list, scaling policy list|info, quota list|status|inspect, namespace list|status|inspect":
    read("prints what the scheduler does"),
  "deployment status": read("prints the state of a deployment", {
    options: { "-monitor": { arity: "optional", unbounded: true, why: "watches until the deployment ends", safer: "leave it out" } },
  }),
  "deployment pause": reversible("pauses a deployment", "deployment", "deployment resume"),
  "deployment resume": reversible("lets a deployment go on", "deployment", "deployment pause"),
  "deployment promote|unblock": change("lets a deployment replace what runs", "deployment", back),
  "deployment fail": change("ends a deployment, and may go back to the version before", "deployment", "run the job again"),
  "eval delete": destroy("deletes evaluations", "evaluation"),
  "service delete": destroy("takes a service off the list: nobody finds it any more", "service"),
  "volume init": change("writes an example file", "file", "delete the file"),
  "volume create|register, volume snapshot create": change("makes a volume or a copy of one", "volume", "nomad volume delete"),
  "volume delete|deregister|detach, volume snapshot delete": destroy("deletes or detaches a volume", "volume"),
};

export const nomad = program({
  names: "nomad",
  source: "developer.hashicorp.com/nomad/commands, 1.10",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "shows and changes what runs where",
  flags: "-no-color -force-color -tls-skip-verify",
  values: "-region -namespace -ca-cert -ca-path -client-cert -client-key -tls-server-name -t -filter -per-page -page-token -task -n -c",
  optional: "-h|-help -v|-version -json -verbose -short -stats -allocs -all-allocs -evals -stderr -stdout -tail -quiet",
  options: {
    "-address": serverAddress,
    "-token": { risk: "caution", sensitive: true, why: "names a token", safer: "set it in the environment of the agent" },
  },
  get verbs() {
    return verbTable({ ...jobs, ...allocations, ...machines, ...work, ...nomadAdministration });
  },
  examples: {
    "nomad status": "safe",
    "nomad job status -namespace=web api": "safe",
    "nomad job status -address=https://nomad.example.com api": "caution",
    "nomad job status -token=x api": "caution",
    "nomad job plan api.nomad": "safe",
    "nomad job run api.nomad": "caution",
    "nomad job run -output api.nomad": "safe",
    "nomad job stop api": "caution",
    "nomad job stop -purge api": "dangerous",
    "nomad stop -global api": "dangerous",
    "nomad job stop api -purge": "dangerous",
    "nomad job scale api web 3": "caution",
    "nomad alloc logs -tail -n 50 9f2e web": "safe",
    "nomad alloc logs -f 9f2e": "caution",
    "nomad alloc fs 9f2e web/local": "safe",
    "nomad alloc fs 9f2e web/secrets/db": "caution",
    "nomad fs -f 9f2e web/local/x.log": "caution",
    "nomad alloc exec -task web 9f2e ls /": "caution",
    "nomad alloc exec -i -t 9f2e rm -rf /data": "dangerous",
    "nomad alloc exec 9f2e": "unknown",
    "nomad node drain -enable -yes 4d": "dangerous",
    "nomad node drain -disable 4d": "caution",
    "nomad node eligibility -disable 4d": "caution",
    "nomad node config -update-servers 10.0.0.1": "caution",
    "nomad deployment status 7a": "safe",
    "nomad deployment status -monitor 7a": "caution",
    "nomad deployment promote 7a": "caution",
    "nomad server members": "safe",
    "nomad system gc": "dangerous",
    "nomad operator raft list-peers": "safe",
    "nomad var get nomad/jobs/api": "caution",
    "nomad namespace delete web": "dangerous",
    "nomad stop -help": "safe",
  },
  nearMisses: [
    "nomad",
    "nomad frob",
    "nomad -region status stop api",
    "nomad job stop -purge=false api",
    "nomad job run -output -output=false x.nomad",
    "nomad agent -dev",
  ],
});
