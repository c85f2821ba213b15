// Teleport (tsh, tctl) and Boundary, with Waypoint: who reaches what.
import { type CommandRule, program } from "../../rule.ts";
import { serverAddress } from "./addresses.ts";
import {
  asksHelp,
  bareRisk,
  change,
  destroy,
  endless,
  joinedWords,
  read,
  secret,
  switchedOn,
  unlessHelp,
  verbTable,
} from "./verb-kinds.ts";

const before = "the list or get form shows the state before";

/** `ssh [options] HOST COMMAND...`: shell text on the other side. */
const remote: CommandRule = {
  risk: unlessHelp("caution"),
  why: "runs a command on another machine",
  firstEnds: true,
  operands: "inner*",
  flags: "-t|--tty -A|--forward-agent -N --no-remote-exec",
  values: "-l|--login -p|--port --cluster --proxy --user",
  options: {
    "-L|-R|-D|--forward": { risk: "dangerous", why: "opens a tunnel between networks" },
    "-o": { risk: "unknown", why: "may name a program to run" },
  },
  inspect: (inv, ctx) => {
    const words = joinedWords(inv.operands.slice(1), inv);
    if (words !== undefined) ctx.scanText(words);
    else if (!asksHelp(inv)) ctx.report({ risk: "unknown", why: "opens a shell on another machine" });
  },
  targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "host", name: arg.text })),
  noInverse: "what the command changes is not recorded",
};

export const tsh = program({
  names: "tsh",
  source: "goteleport.com/docs/reference/cli/tsh, 18",
  style: "go",
  risk: bareRisk,
  why: "reaches machines and databases by Teleport",
  values: "--proxy --user --cluster -f|--format --ttl --search --query --auth",
  optional: "-h|--help -d|--debug --insecure -v|--verbose -a|--all -R|--all-clusters",
  options: { "-i|--identity|--add-keys-to-agent": { risk: "unknown", why: "takes keys from a file" } },
  get verbs() {
    return verbTable({
      "status, ls, clusters, version, apps ls, db ls, kube ls, request ls|list|search|show, recordings ls, mfa ls, sessions ls, device info, env":
        read("prints what may be reached"),
      "play, recordings export": secret("shows what somebody did in a session"),
      ssh: remote,
      "login, logout, apps login|logout|config, db login|logout|env|config, kube login, request new|create, mfa add|rm, config, scp, aws, az, gcloud":
        change("changes the session, asks for rights or copies files", "session", "tsh logout"),
      "request review|drop, kube exec, proxy ssh|db|app|aws|kube, db connect, join": destroy(
        "grants rights, or opens a way to machines",
        "request",
      ),
    });
  },
  examples: {
    "tsh status": "safe",
    "tsh ls -v --cluster eu": "safe",
    "tsh ssh ops@web-1 uptime": "caution",
    "tsh ssh ops@web-1 rm -rf /srv": "dangerous",
    "tsh ssh ops@web-1": "unknown",
    "tsh ssh -L 80:a:80 ops@web-1 ls": "dangerous",
    "tsh ssh -o x ops@web-1 ls": "unknown",
    "tsh -i key ls": "unknown",
    "tsh login --proxy=t.example": "caution",
    "tsh play 5": "caution",
  },
  nearMisses: ["tsh", "tsh frob", "tsh request review --approve 5"],
});

export const tctl = program({
  names: "tctl",
  source: "goteleport.com/docs/reference/cli/tctl, 18",
  style: "go",
  risk: bareRisk,
  why: "administers Teleport",
  values: "-f|--format --search --query",
  optional: "-h|--help -d|--debug -v|--verbose",
  options: { "-c|--config|-i|--identity|--auth-server": { risk: "unknown", why: "settings or keys from a file, or another server" } },
  get verbs() {
    return verbTable({
      "status, version, nodes ls, users ls, apps ls, db ls, kube ls, windows_desktops ls, requests ls|get, bots ls, alerts ls, inventory ls|status|list, devices ls, locks ls, acl ls|get, loginrule test, notifications ls, sso test, access-list ls":
        read("prints machines, users and requests"),
      get: read("prints a resource", {
        sensitive: (inv) =>
          !/^(nodes?|roles?|apps?|kube_?\w*|databases?|db|clusters?|lock|cap|cluster_\w+|namespaces?|reverse_?tunnels?)(\/[\w.-]+)?$/.test(
            inv.operand(0) ?? "",
          ) || switchedOn(inv, "--with-secrets"),
        optional: "--with-secrets",
      }),
      "tokens ls, auth export, auth sign, users reset, saml export": secret("prints tokens, keys or links to log in"),
      "create, edit, update, alerts create|ack, inventory ping, devices add|enroll, notifications create, sso configure, plugins install|delete":
        change("changes what may be reached", "resource", "tctl get shows the state before"),
      "rm, nodes add|rm, users add|update|rm, tokens add|rm, requests approve|deny|create|rm, lock, auth rotate|crl, bots add|rm|update, devices rm|lock, acl users add, acl users rm, notifications rm, recordings, terraform, proxy":
        destroy("deletes something, or changes who may do what", "resource"),
    });
  },
  examples: {
    "tctl nodes ls": "safe",
    "tctl get roles": "safe",
    "tctl get users --with-secrets": "caution",
    "tctl tokens ls": "caution",
    "tctl create x.yaml": "caution",
    "tctl rm user/bob": "dangerous",
    "tctl -c x nodes ls": "unknown",
  },
  nearMisses: ["tctl", "tctl get all", "tctl lock --user=bob", "tctl users add bob"],
});

const boundaryNouns =
  "accounts|auth-methods|credential-libraries|credential-stores|credentials|groups|host-catalogs|host-sets|hosts|managed-groups|policies|roles|scopes|session-recordings|sessions|storage-buckets|targets|users|workers|aliases|auth-tokens";

export const boundary = program({
  names: "boundary|waypoint",
  source: "developer.hashicorp.com/boundary/docs/commands, 0.20; waypoint 0.11",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "administers who reaches what",
  flags: "-recursive -no-color",
  values:
    "-id -scope-id -format -filter -auth-method-id -ca-cert -ca-path -tls-server-name -keyring-type -token-name -name -app -project -workspace",
  optional: "-h|-help -v|-version",
  options: { "-addr|-server-addr": serverAddress, "-token|-recovery-config": { risk: "caution", sensitive: true, why: "names a token" } },
  get verbs() {
    return verbTable({
      [`${boundaryNouns} list|read, search, cache status, version, status, project list|inspect, deployment list, release list, build list, artifact list, runner list|inspect, context list|inspect, server -h`.replace(
        "",
        "",
      )]: read("prints what there is"),
      [`${boundaryNouns} create|update, authenticate, logout, connect, connect ssh|http|postgres|kube|rdp, cache start|stop|add-token, config get-token|encrypt|decrypt, init, deploy, build, release, up, project apply, context create|use|set`]:
        change("changes what may be reached, or opens a session", "object", before, {
          sensitive: (inv) => inv.path.includes("get-token") || inv.path.includes("decrypt"),
        }),
      [`${boundaryNouns} delete|cancel|add-grants|set-grants|remove-grants|add-principals|set-principals|remove-principals|add-accounts|set-accounts|remove-accounts|add-members|set-members|remove-members|set-password|change-password|reinitialize-certificate-authority, database init|migrate|repair, destroy, context delete, project destroy, server uninstall`]:
        destroy("deletes something, ends a session, or changes who may do what", "object"),
      "logs, job watch": endless("prints logs until it is stopped"),
    });
  },
  examples: {
    "boundary targets list -recursive -scope-id global": "safe",
    "boundary sessions read -id s_1": "safe",
    "boundary targets list -addr https://b.example.com": "caution",
    "boundary targets list -token x": "caution",
    "waypoint build list -server-addr x.example.com:9701": "caution",
    "boundary targets update tcp -id t_1": "caution",
    "boundary sessions cancel -id s_1": "dangerous",
    "boundary roles add-grants -id r_1 -grant x": "dangerous",
    "waypoint logs": "caution",
  },
  nearMisses: ["boundary", "boundary frob list", "boundary server -config x", "boundary users delete -id u"],
});
