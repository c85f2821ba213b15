// vault and its fork bao: the store of secrets. Values are sensitive reads, names are not; what ends access for somebody is dangerous.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type ProgramRule, program } from "../../rule.ts";
import { serverAddress } from "./addresses.ts";
import { vaultOperator } from "./vault-operator.ts";
import { isOpenPath, writeMeaning } from "./vault-paths.ts";
import {
  asksHelp,
  bareRisk,
  change,
  destroy,
  endless,
  named,
  placeWords,
  plainText,
  read,
  reversible,
  runs,
  secret,
  verbTable,
} from "./verb-kinds.ts";

/** Options of every sub-command that talks to the server. */
export const vaultGlobals = {
  flags:
    "-tls-skip-verify -policy-override -output-curl-string -output-policy -disable-redirects -non-interactive -no-color -detailed -no-print",
  values:
    "-ca-cert -ca-path -client-cert -client-key -namespace|-ns -tls-server-name -wrap-ttl -mfa -header -log-level -format -field -unlock-key -mount",
  optional: "-h|-help",
  options: { "-address|-agent-address": serverAddress },
} satisfies Partial<ProgramRule>;

const readPath = read("reads from a path of the store", {
  sensitive: (inv) => !asksHelp(inv) && !(inv.operands.length === 1 && inv.unlisted.length === 0 && isOpenPath(inv.operand(0) ?? "")),
  safer: "vault list or vault kv metadata get show names without values",
});

const writePath: CommandRule = change(
  "writes to a path of the store",
  "path",
  "read the path before; engines without versions keep nothing",
  {
    inspect: (inv, ctx) => {
      for (const arg of inv.operands.filter(({ head }) => !head.includes("="))) {
        const finding = writeMeaning(arg.head);
        if (finding !== undefined) ctx.report({ ...finding, span: arg.span });
        if (arg.shape !== "literal") ctx.report({ risk: "unknown", why: "the path is only known when it runs", span: arg.span });
      }
    },
  },
);

/** Engines of version 2 keep what was there before. */
const putSecret: CommandRule = change("writes a new version of a secret", "secret", "", {
  targets: (inv) => named("secret")(inv).slice(0, 1),
  inverse: (inv) => {
    const place = placeWords(inv, ["-address", "-namespace", "-mount"]);
    const path = plainText(inv.operands.slice(0, 1));
    if (place === undefined || path === undefined || path === "") return undefined;
    return {
      kind: "capture",
      capture: `${inv.program} kv metadata get${place} -format=json ${path} | jq -r .data.current_version`,
      command: `${inv.program} kv rollback${place} -version={capture} ${path}`,
    };
  },
});

const hasAccessor = (inv: Invocation): boolean =>
  inv.has("-accessor") || asksHelp(inv) || /^(ttl|policies|display_name|expire_time|path)$/.test(inv.value("-field") ?? "");

const kv: Readonly<Record<string, CommandRule>> = {
  "kv list, kv metadata get": read("prints names and versions of secrets"),
  "kv get": secret("prints a secret", {
    values: "-version",
    sensitive: (inv) => !asksHelp(inv),
    safer: "vault kv metadata get",
  }),
  "kv put|patch": putSecret,
  "kv rollback|undelete|enable-versioning, kv metadata put|patch": change(
    "changes versions of a secret",
    "secret",
    "kv rollback goes to any version that is kept",
  ),
  "kv delete|destroy, kv metadata delete": destroy("deletes a secret or versions of it", "secret", { safer: "vault kv metadata get" }),
};

const engines: Readonly<Record<string, CommandRule>> = {
  "secrets list, auth list|help, audit list": read("lists what is mounted"),
  "secrets enable": reversible("mounts a new engine", "engine", "secrets disable"),
  "auth enable": change("opens a new way to log in", "method", "vault auth disable takes it away, with its users"),
  "audit enable": change("adds a place to which every request is logged", "device", "vault audit disable"),
  "secrets|auth tune": change("changes settings of a mount", "mount", "vault read sys/mounts/PATH/tune shows the settings before"),
  "secrets|auth disable|move": destroy("takes a mount away: its leases are revoked and its data deleted", "mount"),
  "audit disable": destroy("stops the log of requests", "device"),
};

const access: Readonly<Record<string, CommandRule>> = {
  "policy list|read, token capabilities, lease lookup, path-help, namespace list|lookup, plugin list|info, plugin runtime list|info": read(
    "prints names, policies or settings",
  ),
  "policy fmt": change("formats a file", "file", "the repository has the file as it was"),
  "policy write|delete": destroy("changes who may do what", "policy"),
  "token lookup": read("prints a token and what it may do", {
    flags: "-accessor -self",
    sensitive: (inv) => !hasAccessor(inv),
    safer: "-accessor",
  }),
  "token create": change("makes a token and prints it", "token", "vault token revoke", {
    sensitive: (inv) => !asksHelp(inv),
    values: "-policy -ttl -explicit-max-ttl -period -role -display-name -use-limit -id -metadata -type -renewable -entity-alias",
    inspect: (inv, ctx) => {
      if (inv.all("-policy").some((policy) => policy.text === "root" || policy.shape !== "literal") || inv.has("-id"))
        ctx.report({ risk: "dangerous", why: "makes a token that may do everything" });
    },
  }),
  "token|lease renew": change("makes a token or lease live longer", "token", "its end cannot be set back"),
  "token revoke, lease revoke": destroy("revokes tokens or credentials that somebody uses", "token or lease"),
  "namespace create|patch": change("makes or changes a namespace", "namespace", "vault namespace delete"),
  "namespace delete|lock|unlock": destroy("deletes or locks a whole namespace", "namespace"),
  "plugin register|deregister|reload|reload-status, plugin runtime register|deregister": destroy(
    "changes what programs the server runs",
    "plugin",
  ),
};

const session: Readonly<Record<string, CommandRule>> = {
  "status, version, version-history, print": read("prints the state of the server or client", { answers: [2] }),
  "print token": secret("prints the token"),
  read: readPath,
  list: read("lists names below a path"),
  write: writePath,
  patch: writePath,
  delete: destroy("deletes what lies at a path, or revokes it", "path"),
  unwrap: change("prints a wrapped secret", "token", "a wrapping token works once", { sensitive: true }),
  login: change("logs in, prints the token and stores it", "method", "vault token revoke -self", { sensitive: true }),
  ssh: runs("opens a session on a machine with a signed key", "host", 1),
  "monitor, events subscribe": endless("prints the log of the server until it is stopped"),
  debug: change("collects facts about the server into a file", "file", "delete the file"),
  "pki health-check|list-intermediates|verify-sign": read("checks certificates", { answers: [1, 2, 3, 4] }),
  "pki issue|reissue": change("makes a certificate authority", "issuer", "the issuer is deleted by vault delete"),
  "agent|proxy|server": {
    risk: "unknown",
    why: "starts a server by the settings of a file",
    anyOption: true,
    operands: "none",
    unbounded: true,
  },
};

export const vault = program({
  names: "vault|bao",
  source: "developer.hashicorp.com/vault/docs/commands, 1.20; openbao.org/docs/commands, 2.4",
  style: "goflag",
  globals: "anywhere",
  risk: bareRisk,
  why: "reads and keeps secrets",
  ...vaultGlobals,
  optional: "-h|-help -v|-version",
  get verbs() {
    return verbTable({ ...session, ...kv, ...engines, ...access, ...vaultOperator });
  },
  examples: {
    "vault status": "safe",
    "vault status -format=json -address=https://127.0.0.1:8200": "safe",
    "vault status -address=https://vault.example.com": "caution",
    "vault kv list secret/web": "safe",
    "vault kv metadata get secret/web": "safe",
    "vault kv get -field=password secret/web": "caution",
    "vault kv put secret/web a=b": "caution",
    "vault kv delete secret/web": "dangerous",
    "vault kv metadata delete secret/web": "dangerous",
    "vault read sys/health": "safe",
    "vault read database/creds/web": "caution",
    "vault write secret/web a=-help": "caution",
    "vault write sys/seal -f": "dangerous",
    "vault write -f sys/leases/revoke-prefix/aws": "dangerous",
    "vault write auth/kubernetes/role/web policies=admin": "dangerous",
    "vault write auth/userpass/login/bob password=x": "caution",
    "vault delete aws/roles/web": "dangerous",
    "vault policy read web": "safe",
    "vault policy write web web.hcl": "dangerous",
    "vault token lookup": "caution",
    "vault token lookup -accessor 9f": "safe",
    "vault token create -ttl=1h": "caution",
    "vault token create -policy=root": "dangerous",
    "vault lease revoke -prefix aws/": "dangerous",
    "vault secrets list -detailed": "safe",
    "vault secrets enable -path=kv kv-v2": "caution",
    "vault secrets disable kv": "dangerous",
    "vault operator seal": "dangerous",
    "vault operator raft list-peers": "safe",
    "vault monitor": "caution",
    "vault ssh -role=ops web-1 rm -rf /data": "dangerous",
    "vault secrets disable --help": "safe",
    "vault server -dev": "unknown",
  },
  nearMisses: [
    "vault",
    "vault frob",
    "vault -namespace=list delete secret/web",
    'vault read "$P"',
    "vault read sys/raw/x",
    "vault read sys/health/../raw",
    "vault write x value=-help",
  ],
});
