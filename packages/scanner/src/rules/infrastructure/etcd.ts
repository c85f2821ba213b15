// etcdctl and etcdutl: the store under Kubernetes and others. Keys are names, values may be secrets; deletes and compaction are final.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Inverse } from "../../types.ts";
import { hidesSecrets } from "./key-names.ts";
import {
  asksHelp,
  change,
  destroy,
  endless,
  named,
  placeWords,
  plainText,
  read,
  runs,
  switchedOn,
  unlessHelp,
  verbTable,
} from "./verb-kinds.ts";

const place = ["--endpoints", "--cacert", "--cert", "--key"];

const get: CommandRule = {
  why: "prints keys and values",
  operands: "data*",
  optional: "--prefix --keys-only --count-only --from-key --print-value-only --quorum -s|--sort -q",
  values: "--limit --order --sort-by --rev --consistency --range-end --max-create-rev --min-create-rev --max-mod-rev --min-mod-rev",
  sensitive: (inv) => {
    if (asksHelp(inv) || switchedOn(inv, "--keys-only") || switchedOn(inv, "--count-only")) return false;
    return hidesSecrets(inv, 0, switchedOn(inv, "--prefix") || switchedOn(inv, "--from-key"));
  },
  safer: "--keys-only",
};

function valueBefore(inv: Invocation): Inverse | undefined {
  const words = placeWords(inv, place);
  const key = plainText(inv.operands.slice(0, 1));
  if (words === undefined || key === undefined || key === "") return undefined;
  return {
    kind: "capture",
    capture: `etcdctl get${words} ${key} --print-value-only`,
    command: `etcdctl put${words} ${key} <<< '{capture}'`,
  };
}

const put: CommandRule = change("writes a value", "key", "", {
  targets: (inv) => named("key")(inv).slice(0, 1),
  inspect: (inv, ctx) => {
    if (/^\/registry\//.test(inv.operands[0]?.head ?? ""))
      ctx.report({ risk: "dangerous", why: "writes what Kubernetes keeps behind its back" });
  },
  inverse: valueBefore,
});

const watch: CommandRule = {
  risk: unlessHelp("caution"),
  why: "prints each change until it is stopped, or runs a command at each",
  operands: "inner*",
  optional: "-i|--interactive --prefix --prev-kv --progress-notify -f|--forever -r|--recursive",
  values: "--rev --after-index",
  unbounded: (inv) => !asksHelp(inv),
  // The command stands behind `--`, which leaves no trace here: any word behind the key may begin it.
  inspect: (inv, ctx) => {
    for (let from = 1; from < Math.min(inv.operands.length, 4); from++) {
      const words = inv.operands.slice(from);
      if (words.length > 0) ctx.scanArgv(words);
    }
  },
  targets: () => [],
  noInverse: "what the command changes is not recorded",
};

const asBefore = "the list or get form shows the state before";

export const etcdctl = program({
  names: "etcdctl",
  source: "etcd.io/docs/v3.6/op-guide, etcdctl README of 3.6 and of 2.3",
  style: "go",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "reads and changes the store of a cluster",
  flags: "--no-sync",
  values:
    "--endpoints|--endpoint -C|--peers --cacert|--ca-file --cert|--cert-file --key|--key-file --command-timeout --dial-timeout --timeout --total-timeout --keepalive-time --keepalive-timeout -w|--write-out -o|--output -d|--discovery-srv --discovery-srv-name --max-request-bytes --max-recv-bytes -u|--username",
  optional: "-h|--help --version --hex --debug --insecure-discovery --insecure-skip-tls-verify --insecure-transport --cluster --auth-token",
  options: {
    "--user": { check: (value) => (value.text.includes(":") ? { risk: "caution", why: "names a password", sensitive: true } : undefined) },
    "--password": { risk: "caution", sensitive: true, why: "names a password" },
  },
  get verbs() {
    return verbTable({
      "version, endpoint status|health|hashkv, cluster-health, member list, alarm list, lease list|timetolive, auth status, user|role list|get, ls, downgrade validate, completion, help":
        read("prints the state of the cluster", { answers: [1, 5] }),
      get,
      put,
      "set, mk, mkdir, update, updatedir, setdir, import": change("writes a value", "key", "get shows the value before"),
      "del, rm, rmdir": destroy("deletes keys", "key", { safer: "etcdctl get --keys-only with the same words" }),
      txn: change("runs reads and writes that are given to it as one", "transaction", "what it writes is only known from its input", {
        inspect: (inv, ctx) => {
          if (inv.stdin.kind === "text" && /^\s*(del|put|rm)\b/m.test(inv.stdin.text))
            ctx.report({ risk: "dangerous", why: "writes or deletes keys in a transaction" });
        },
      }),
      "compaction, compact": destroy("throws away every older version of every key", "revision"),
      defrag: change("rewrites the files of a member, which answers nobody meanwhile", "member", "it loses nothing"),
      "snapshot save, backup": change("writes a copy of the whole store to a file", "file", "delete the file", { sensitive: true }),
      "snapshot status": read("prints facts about a copy"),
      "snapshot restore": destroy("makes a new cluster of a copy", "snapshot"),
      "alarm disarm": change("takes an alarm away; without space the next write raises it again", "alarm", "it comes back by itself"),
      "member add|promote|update": change("changes the members of the cluster", "member", "etcdctl member remove"),
      "member remove": destroy("takes a member out of the cluster", "member"),
      "move-leader": change("gives the lead to another member", "member", "move-leader to the leader that endpoint status showed"),
      "lease grant": change("makes a lease", "lease", "etcdctl lease revoke"),
      "lease revoke": destroy("ends a lease and deletes its keys", "lease"),
      "lease keep-alive": endless("keeps a lease alive until it is stopped", {
        risk: unlessHelp("caution"),
        noInverse: "it ends by itself",
      }),
      watch,
      "exec-watch": runs("runs a command at each change", "key", 1),
      lock: runs("runs a command while it holds a lock", "lock", 1),
      elect: endless("takes part in an election until it is stopped", {
        risk: unlessHelp("caution"),
        noInverse: "it ends with the program",
      }),
      "make-mirror": change("copies keys to another cluster until it is stopped", "cluster", "delete them there", { unbounded: true }),
      "check perf|datascale": change("loads the cluster to measure it", "cluster", "it deletes what it wrote"),
      "auth enable, downgrade enable|cancel, migrate": change("changes how the cluster works", "cluster", asBefore),
      "auth disable, user add|delete|remove|passwd|grant-role|revoke-role|grant|revoke, role add|delete|remove|grant-permission|revoke-permission|grant|revoke":
        destroy("changes who may do what", "user or role"),
    });
  },
  examples: {
    "etcdctl --endpoints=https://10.0.0.1:2379 --cacert ca.crt --cert c.crt --key c.key endpoint health": "safe",
    "etcdctl endpoint status --cluster -w table": "safe",
    "etcdctl member list": "safe",
    "etcdctl get /config/web --prefix": "safe",
    "etcdctl get '' --prefix --keys-only": "safe",
    "etcdctl get '' --prefix": "caution",
    "etcdctl get --prefix /registry/secrets": "caution",
    "etcdctl --user root:x get /config/web": "caution",
    "etcdctl --user root --password x get /config/web": "caution",
    "etcdctl --user root member list": "safe",
    "etcdctl put /config/web 5": "caution",
    "etcdctl put /registry/pods/default/web x": "dangerous",
    "etcdctl del --prefix /config": "dangerous",
    "etcdctl rm --recursive /config": "dangerous",
    "etcdctl defrag --cluster": "caution",
    "etcdctl compact 100": "dangerous",
    "etcdctl snapshot save x.db": "caution",
    "etcdctl snapshot status x.db -w table": "safe",
    "etcdctl alarm list": "safe",
    "etcdctl watch /config": "caution",
    "etcdctl watch /config -- rm -rf /data": "dangerous",
    "etcdctl lock m ls": "caution",
    "etcdctl lease revoke 32": "dangerous",
    "etcdctl ls / --recursive": "safe",
  },
  nearMisses: ["etcdctl", "etcdctl frob", "etcdctl get $K", "etcdctl -w get del /x", "etcdctl auth disable", "etcdctl lock m"],
});

export const etcdutl = program({
  names: "etcdutl|etcd",
  source: "etcd.io/docs/v3.6, etcdutl README",
  style: "go",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "works on the files of a member; etcd itself is the server",
  values: "-w|--write-out",
  optional: "-h|--help --version",
  get verbs() {
    return verbTable({
      "snapshot status, version, hashkv, completion, help": read("prints facts about a copy"),
      "snapshot restore, migrate, backup": destroy("makes or changes the files of a member", "folder"),
      defrag: change("rewrites the files of a member that does not run", "folder", "it loses nothing"),
    });
  },
  examples: {
    "etcdutl snapshot status x.db -w table": "safe",
    "etcd --version": "safe",
    "etcdutl defrag --data-dir /var/lib/etcd": "caution",
    "etcdutl snapshot restore x.db --data-dir /var/lib/etcd": "dangerous",
  },
  nearMisses: ["etcd --data-dir x", "etcd --force-new-cluster", "etcdutl frob"],
});
