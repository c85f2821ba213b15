// consul: which services run where, and a store of keys. Reads of the catalogue are free; what runs programs elsewhere hands them to the scanner.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { serverAddress } from "./addresses.ts";
import { consulAccess } from "./consul-access.ts";
import { hidesSecrets } from "./key-names.ts";
import {
  asksHelp,
  bareRisk,
  change,
  destroy,
  endless,
  named,
  namedBy,
  placeWords,
  plainText,
  read,
  reversible,
  scanShell,
  secret,
  switchedOn,
  unlessHelp,
  verbTable,
} from "./verb-kinds.ts";

const kvGet = read("prints values of the store", {
  optional: "-recurse -keys -detailed -base64",
  values: "-separator",
  sensitive: (inv) => !switchedOn(inv, "-keys") && !asksHelp(inv) && hidesSecrets(inv, 0, switchedOn(inv, "-recurse")),
  safer: "-keys lists names without values",
});

const kvPut: CommandRule = change("writes a value", "key", "", {
  targets: (inv) => named("key")(inv).slice(0, 1),
  inverse: (inv) => {
    const place = placeWords(inv);
    const key = plainText(inv.operands.slice(0, 1));
    if (place === undefined || key === undefined || key === "") return undefined;
    return {
      kind: "capture",
      capture: `consul kv get${place} ${key}`,
      command: `consul kv put${place} ${key} - <<< '{capture}'`,
    };
  },
});

/** `consul exec [options] COMMAND...`: shell text on every machine that the options select. */
const everywhere: CommandRule = {
  risk: unlessHelp("dangerous"),
  why: "runs a command on every machine of the cluster",
  firstEnds: true,
  operands: "inner*",
  values: "-node -service -tag -prefix -shell -wait -wait-repl -verbose",
  inspect: (inv, ctx) => scanShell(inv.operands, inv, ctx),
  targets: namedBy("machines", "-node", "-service"),
};

/** `consul lock PREFIX COMMAND...`: shell text on this machine while the lock is held. */
const underLock: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a command while it holds a lock",
  firstEnds: true,
  operands: "inner*",
  flags: "-child-exit-code -pass-stdin -try -verbose -shell",
  values: "-monitor-retry -n -name -timeout",
  inspect: (inv, ctx) => scanShell(inv.operands.slice(1), inv, ctx),
  targets: (inv) => named("lock")(inv).slice(0, 1),
  noInverse: "what the command changes is not recorded",
};

const watch: CommandRule = {
  why: "prints what it watches once, or runs a command at each change",
  firstEnds: true,
  operands: "inner*",
  optional: "-shell -passingonly -stale",
  values: "-type -key -prefix -service -state -tag -name -filter",
  inspect: (inv, ctx) => {
    if (inv.operands.length === 0) return;
    ctx.report({ risk: "caution", why: "runs a command at each change, without end", unbounded: true });
    scanShell(inv.operands, inv, ctx);
  },
  noInverse: "what the command changes is not recorded",
  targets: () => [],
};

/** Bare it shows the state; with -enable checks fail until -disable. */
const maintenance: CommandRule = {
  risk: (inv) => (asksHelp(inv) || !["-enable", "-disable"].some((name) => inv.has(name)) ? "safe" : "caution"),
  why: "shows, or takes into and out of, maintenance: the agent's services count as failing",
  operands: "none",
  optional: "-enable -disable",
  values: "-reason -service",
  targets: namedBy("service", "-service"),
  inverse: (inv: Invocation) => {
    const place = placeWords(inv, ["-http-addr", "-service"]);
    return place === undefined
      ? undefined
      : { kind: "command", command: `consul maint ${inv.has("-enable") ? "-disable" : "-enable"}${place}` };
  },
};

const asBefore = "consul config read or the command's list form shows the state before";

export const consul = program({
  names: "consul",
  source: "developer.hashicorp.com/consul/commands, 1.21",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "shows and changes which services run where",
  flags: "-stale -wan -non-interactive",
  values:
    "-ca-file -ca-path -client-cert -client-key -datacenter -namespace -partition -tls-server-name -format -filter -node -service -kind -name -id -node-meta -near -type -modify-index -flags",
  optional: "-h|-help -v|-version -detailed -verbose -meta -status -segment -tags",
  options: {
    "-http-addr|-grpc-addr": serverAddress,
    "-token|-token-file": { risk: "caution", sensitive: true, why: "names a token", safer: "set it in the environment of the agent" },
  },
  get verbs() {
    return verbTable({
      "members, info, version, catalog datacenters|nodes|services, rtt, validate": read("prints the state of the cluster"),
      "config list|read, intention list|get|match, services imported-services|exported-services, namespace|partition list|read, peering list|read, troubleshoot upstreams|proxy|ports, operator usage instances":
        read("prints settings of the cluster"),
      "intention check": read("says whether one service may reach another", { answers: [2] }),
      "operator raft list-peers, operator autopilot get-config|state, operator area list|members, operator utilization, license get, snapshot inspect, resource list|read":
        read("prints the state of the servers"),
      "kv get": kvGet,
      "kv export": read("prints keys and values", {
        sensitive: (inv) => !asksHelp(inv) && hidesSecrets(inv, 0, true),
        safer: "consul kv get -keys",
      }),
      "kv put": kvPut,
      "kv import": change("writes many values", "prefix", "consul kv export shows the values before"),
      "kv delete": destroy("deletes a key, or with -recurse everything below it", "key", { safer: "consul kv get -keys -recurse PREFIX" }),
      monitor: endless("prints the log of an agent until it is stopped"),
      debug: change("collects facts about the cluster into a file", "file", "delete the file"),
      "snapshot save|decode": change("writes a copy of the cluster's state to a file", "file", "delete the file", { sensitive: true }),
      "snapshot restore": destroy("overwrites the whole state of the cluster", "snapshot"),
      "services register": change("registers a service at the agent", "file", "consul services deregister"),
      "services deregister": destroy("takes a service off the list: nobody finds it any more", "service", {
        targets: namedBy("service", "-id"),
      }),
      "services export": change("lets other clusters reach a service", "service", "config read shows the entry before"),
      "config write, namespace|partition create|update|write, peering establish, resource apply": change(
        "changes settings of the cluster",
        "setting",
        asBefore,
      ),
      "config|namespace|partition|peering|resource|intention delete": destroy("deletes settings that others work by", "setting", {
        targets: namedBy("setting", "-name"),
      }),
      "intention create": reversible("allows or denies traffic between two services", "service", "intention delete"),
      "peering generate-token, operator area create|join|update": change(
        "opens the cluster to another one",
        "cluster",
        "delete the peering",
        {
          sensitive: true,
        },
      ),
      "operator area delete, operator raft remove-peer": destroy("takes servers out of the cluster", "server", {
        targets: namedBy("server", "-address", "-id"),
      }),
      "operator raft transfer-leader, operator autopilot set-config": change("changes how the servers work together", "server", asBefore),
      "join, reload": change(
        "joins a cluster, or reads the settings of the agent again",
        "agent",
        "consul leave, or the settings as before",
      ),
      "leave, force-leave": destroy("takes a machine out of the cluster", "machine"),
      maint: maintenance,
      event: change("sends an event on which agents may run programs", "event", "an event is not taken back"),
      exec: everywhere,
      lock: underLock,
      watch,
      "keygen, keyring": secret("prints the keys of the cluster", {
        risk: (inv) => (inv.has("-remove") ? "dangerous" : inv.has("-install") || inv.has("-use") ? "caution" : "safe"),
        optional: "-list -local-only",
        values: "-relay-factor",
        options: { "-install|-use": { sensitive: true }, "-remove": { risk: "dangerous", why: "removes a key that others may use" } },
        targets: namedBy("key", "-remove"),
        noInverse: "the key before is installed again by its value",
      }),
      "tls ca|cert create": change("makes certificates and keys in files", "file", "delete the files"),
      "login, logout": change("stores or removes a token on this machine", "token", "the other command"),
      "license put|reset": change("changes the licence", "licence", "license get shows the one before"),
      "agent, connect envoy|proxy": { risk: "unknown", why: "starts a server", anyOption: true, operands: "data*", unbounded: true },
      "connect ca get-config": secret("prints the settings of the certificate authority, keys included"),
      "connect ca set-config": destroy("replaces the certificate authority of every service", "cluster"),
      ...consulAccess,
    });
  },
  examples: {
    "consul members -detailed": "safe",
    "consul members -http-addr=http://consul.service.consul:8500": "safe",
    "consul members -http-addr=https://consul.example.com": "caution",
    "consul members -token abc": "caution",
    "consul catalog nodes -service=web": "safe",
    "consul kv get config/web/limit": "safe",
    "consul kv get -keys -recurse": "safe",
    "consul kv get -recurse": "caution",
    "consul kv get config/web/db_password": "caution",
    "consul kv export": "caution",
    "consul kv put config/web/limit 5": "caution",
    "consul kv delete -recurse config/": "dangerous",
    "consul operator raft list-peers": "safe",
    "consul operator raft remove-peer -id=9f": "dangerous",
    "consul snapshot save x.snap": "caution",
    "consul snapshot inspect x.snap": "safe",
    "consul snapshot restore x.snap": "dangerous",
    "consul force-leave web-1": "dangerous",
    "consul maint": "safe",
    "consul maint -enable -reason=disk": "caution",
    "consul exec -service=web uptime": "dangerous",
    "consul lock locks/x echo done": "caution",
    "consul lock locks/x rm -rf /data": "dangerous",
    "consul watch -type=nodes": "safe",
    "consul watch -type=nodes ./reload.sh": "unknown",
    "consul keyring -list": "caution",
    "consul keyring -install x": "caution",
    "consul keyring -remove x": "dangerous",
    "consul monitor": "caution",
    "consul agent -dev": "unknown",
    "consul intention check web db": "safe",
    "consul leave --help": "safe",
  },
  nearMisses: [
    "consul",
    "consul frob",
    "consul -datacenter members leave",
    "consul kv get $K",
    "consul exec",
    "consul watch -type=nodes rm x",
    "consul event -name=deploy",
  ],
});

export const consulTools = program({
  names: "consul-template|envconsul|serf|consul-esm|consul-k8s",
  source: "github.com/hashicorp/consul-template 0.41, envconsul 0.13; serf.io/docs/commands",
  style: "goflag",
  risk: (inv) => (asksHelp(inv) || (inv.has("-version") && inv.operands.length === 0 && inv.unlisted.length === 0) ? "safe" : "unknown"),
  why: "writes files from the store, or runs a program with values from it",
  optional: "-h|-help -v|-version",
  get verbs() {
    return verbTable({
      "members, info, reachability, rtt, keys -list, version, status": read("prints the state of the cluster"),
      monitor: endless("prints the log until it is stopped"),
      "join, event, query, tags": change(
        "changes the cluster, or sends an event on which agents may run programs",
        "event",
        "an event is not taken back",
      ),
      "leave, force-leave, uninstall": destroy("takes a machine out of the cluster", "machine"),
      "install, upgrade": change("installs consul into a cluster", "cluster", "uninstall takes everything away"),
    });
  },
  examples: {
    "serf members": "safe",
    "consul-k8s status": "safe",
    "consul-template -version": "safe",
    "serf event deploy": "caution",
    "serf monitor": "caution",
    "serf force-leave web-1": "dangerous",
    "consul-template -template a.ctmpl:b": "unknown",
  },
  nearMisses: ["serf agent", "envconsul -prefix web env"],
});
