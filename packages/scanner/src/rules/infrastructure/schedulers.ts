// Batch schedulers: Slurm, PBS, LSF, Grid Engine. Queues are free to read; cancelling ends somebody's work.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import { asksHelp, bareRisk, change, destroy, named, read, reversible, verbTable } from "./verb-kinds.ts";

/** `sdiag -r` starts its counters anew. */
const resetsCounters = (inv: Invocation): boolean =>
  inv.program === "sdiag" && (inv.has("-r") || inv.unlisted.some((arg) => /^(--r|-[a-z]*r)/.test(arg.text)));

export const queueReports = program({
  names:
    "squeue|sinfo|sacct|sprio|sshare|sstat|sdiag|sreport|smap|sjstat|seff|qstat|qhost|qquota|pbsnodes|bjobs|bhosts|bqueues|bhist|bacct|lsload|lsid|lshosts|bmgroup|busers|bparams|showq|showres|checkjob|condor_q|condor_status|condor_history",
  source: "squeue(1), sinfo(1), sacct(1), Slurm 25.05; qstat(1) OpenPBS 23; bjobs(1) LSF 10.1; condor_q(1) 24",
  risk: (inv) =>
    resetsCounters(inv)
      ? "caution"
      : inv.program === "pbsnodes" && ["-o", "-c", "-r", "-C"].some((name) => inv.has(name))
        ? "caution"
        : inv.program === "sreport" && inv.operands.length === 0
          ? "unknown"
          : "safe",
  why: "prints queues, jobs and machines",
  anyOption: true,
  operands: "data*",
  flags: "-c -r",
  values: "-C",
  options: {
    "-i|--iterate": { arity: "optional", unbounded: true, why: "repeats until it is stopped" },
    "-o": { arity: "optional", risk: "safe" },
  },
  targets: named("machine"),
  noInverse: "pbsnodes -r brings a machine back",
  examples: {
    "squeue -u bob -o '%i %j %T'": "safe",
    "sinfo -N -l": "safe",
    "sacct -j 12 --format=JobID,State,ExitCode": "safe",
    "squeue -i 5": "caution",
    "qstat -f 12": "safe",
    "pbsnodes -o web-1": "caution",
    "bjobs -u all": "safe",
  },
  nearMisses: ["squeue --iterate=5", "squeue $X", "sreport"],
});

const asBefore = "scontrol show prints the state before";

export const scontrol = program({
  names: "scontrol",
  source: "scontrol(1), Slurm 25.05",
  risk: bareRisk,
  why: "shows or changes jobs and machines",
  globals: "anywhere",
  flags: "-a|--all -d|--details -o|--oneliner -Q|--quiet -v|--verbose -F|--future --hide --json --yaml",
  values: "-M|--clusters|--cluster",
  optional: "-h|--help -V|--version",
  options: { "-u|--uid": { risk: "caution", why: "works as somebody else" } },
  get verbs() {
    return verbTable({
      "show, ping, listpids, getaddrs, version, getent, listjobs, liststeps": read("prints jobs and machines"),
      hold: reversible("holds a job back", "job", "release"),
      release: reversible("lets a job start", "job", "hold"),
      suspend: reversible("suspends a job", "job", "resume"),
      resume: reversible("lets a job go on", "job", "suspend"),
      "create, update, uhold, requeue, requeuehold, top, notify, wait_job, write, reconfigure, token, fsdampeningfactor, schedloglevel, setdebug, setdebugflags":
        change("changes a job, a machine or the scheduler", "object", asBefore, {
          inspect: (inv, ctx) => {
            if (inv.operands.some((arg) => /^state=(down|fail|power_down|powering_down)/i.test(arg.text)))
              ctx.report({ risk: "dangerous", why: "takes machines out of work and ends what runs there" });
          },
        }),
      "delete, shutdown, takeover, cancel_reboot, reboot, abort, checkpoint": destroy(
        "ends or restarts machines or the scheduler",
        "object",
      ),
    });
  },
  examples: {
    "scontrol show job 12": "safe",
    "scontrol -o show nodes": "safe",
    "scontrol hold 12": "caution",
    "scontrol update NodeName=web-1 State=DRAIN Reason=disk": "caution",
    "scontrol update NodeName=web-1 State=DOWN Reason=disk": "dangerous",
    "scontrol update JobId=12 TimeLimit=2:00:00": "caution",
    "scontrol reboot web-1": "dangerous",
    "scontrol -u root show job 12": "caution",
  },
  nearMisses: ["scontrol", "scontrol reconfigure", "scontrol frob"],
});

export const sacctmgr = program({
  names: "sacctmgr",
  source: "sacctmgr(1), Slurm 25.05",
  risk: bareRisk,
  why: "shows or changes who may use how much",
  globals: "anywhere",
  flags: "-n|--noheader -p|--parsable -P|--parsable2 -s|--associations -Q|--quiet -r|--readonly -i|--immediate -v|--verbose --json --yaml",
  optional: "-h|--help -V|--version",
  get verbs() {
    return verbTable({
      "show, list, version, ping": read("prints accounts and users", {
        inspect: (inv, ctx) => {
          const word = inv.operands[0];
          if (word !== undefined && (word.shape !== "literal" || /^run/i.test(word.text)))
            ctx.report({ risk: "dangerous", why: "may end the records of jobs that run away", span: word.span });
        },
        targets: named("account"),
      }),
      "add, create, modify, load, reconfigure": change("changes who may use how much", "account", "sacctmgr show prints the state before"),
      dump: change("writes accounts to a file", "file", "delete the file"),
      "delete, remove, clear, archive, shutdown": destroy("deletes accounts or users", "account"),
    });
  },
  examples: {
    "sacctmgr show user bob": "safe",
    "sacctmgr -i show runawayjobs": "dangerous",
    "sacctmgr -i modify user bob set fairshare=5": "caution",
    "sacctmgr delete user bob": "dangerous",
  },
  nearMisses: ["sacctmgr", "sacctmgr -i remove user bob"],
});

export const jobControls = program({
  names:
    "scancel|qdel|bkill|canceljob|condor_rm|mjobctl|qdelall|sbatch|srun|salloc|sattach|sbcast|strigger|qsub|qalter|qhold|qrls|qresub|bsub|bstop|bresume|bmod|bswitch|condor_submit|condor_hold|condor_release|qmgr|qconf|badmin|lsadmin|condor_off|condor_on|condor_reconfig",
  source: "scancel(1), sbatch(1), srun(1), Slurm 25.05; qdel(1) OpenPBS 23; bkill(1) LSF 10.1",
  style: "posix",
  risk: (inv) => {
    if (asksHelp(inv)) return "safe";
    if (/^(scancel|qdel|qdelall|bkill|canceljob|condor_rm|mjobctl|condor_off|badmin|lsadmin|qmgr|qconf)$/.test(inv.program))
      return "dangerous";
    return "caution";
  },
  why: "starts, holds or ends work on the cluster",
  anyOption: true,
  anyWord: true,
  operands: "inner*",
  optional: "--help",
  inspect: (inv, ctx) => {
    if (inv.program === "srun") ctx.scanArgv(inv.operands);
  },
  targets: named("job"),
  noInverse: "cancel the job by its number; what it wrote stays",
  examples: {
    "scancel 12": "dangerous",
    "scancel -u bob": "dangerous",
    "sbatch job.sh": "caution",
    "srun --ntasks=1 hostname": "caution",
    "srun rm -rf /srv": "dangerous",
    "bstop 12": "caution",
    "qmgr -c 'delete queue x'": "dangerous",
    "scancel --help": "safe",
  },
  nearMisses: ["qsub job.sh", "qdel 12"],
});
