// pulumi: stacks of infrastructure made by programs. Even a preview runs the program of the project, which may do anything.
import { type CommandRule, program } from "../../rule.ts";
import { asksHelp, change, destroy, namedBy, read, secret, switchedOn, unlessHelp, verbTable } from "./verb-kinds.ts";

const files = "the earlier state is kept by the service; pulumi stack history shows it";

/** Masks secrets unless it is told otherwise. */
const masked = (why: string, extra: Partial<CommandRule> = {}): CommandRule =>
  read(why, { sensitive: (inv) => switchedOn(inv, "--show-secrets"), safer: "leave --show-secrets out", ...extra });

export const pulumi = program({
  names: "pulumi",
  source: "pulumi.com/docs/iac/cli, 3.200",
  style: "go",
  risk: (inv) => (asksHelp(inv) || (switchedOn(inv, "--version") && inv.operands.length === 0) ? "safe" : "unknown"),
  why: "previews and changes infrastructure",
  values:
    "-s|--stack -C|--cwd --color -v|--verbose --target --urn --replace --target-replace --parallel -p -m|--message --policy-pack --policy-pack-config",
  optional:
    "-h|--help --version --non-interactive --emoji --logtostderr --logflow --disable-integrity-checking -j|--json -e --diff --show-secrets",
  options: {
    "--profiling|--tracing|--memprofilerate": { risk: "unknown", why: "writes files or sends traces" },
  },
  get verbs() {
    return verbTable({
      whoami: read("prints who is logged in", { flags: "-v|--verbose" }),
      "version, about, about env, plugin ls, org get-default, policy ls, policy group ls, stack, stack ls, stack output|history, stack tag ls|get, schema check, env ls, env tag ls|get, env version history, help":
        masked("prints stacks and their outputs; secrets are masked", {
          flags: "-i|--show-ids -u|--show-urns --show-name --full-dates --show-full",
        }),
      "preview, pre": read("shows what up would change, for which it runs the program of the project", {
        risk: unlessHelp("caution"),
        options: {
          "--save-plan|--import-file": { kind: "write", why: "writes a file" },
          "--config|-c": { arity: "value", risk: "safe" },
          "--config-file": {},
          "--exec-kind|--exec-agent|--client": { risk: "unknown", why: "takes the program from elsewhere" },
        },
        targets: () => [],
        noInverse: "what the program does is not recorded",
      }),
      config: masked("prints settings; secrets are masked", { flags: "--path --show-all", values: "--config-file" }),
      "config get": secret("prints a setting, decrypted", { sensitive: (inv) => !asksHelp(inv) }),
      "config set|set-all|rm|rm-all|cp|refresh": change(
        "changes settings of the stack",
        "setting",
        "the repository has the settings as they were",
      ),
      "config env ls": read("prints settings"),
      "stack export": masked("prints the state; secrets are encrypted", {
        options: { "--file": { kind: "write", why: "writes a file" } },
        targets: () => [],
        noInverse: "delete the file",
      }),
      "stack select|unselect|init|rename, stack tag set, stack change-secrets-provider, new, import, install, login, logout": change(
        "changes which stack is worked on, or what it is called",
        "stack",
        files,
      ),
      "stack import, state delete|edit|move|unprotect|rename|repair|upgrade|protect": destroy(
        "changes what the stack is believed to hold",
        "resource",
      ),
      "stack rm, stack tag rm": destroy("deletes a stack", "stack"),
      "stack graph": change("writes a graph to a file", "file", "delete the file"),
      logs: read("prints logs of the stack", {
        options: { "-f|--follow": { arity: "flag", unbounded: true, why: "follows without end" } },
      }),
      "up, update, refresh": change(
        "changes the infrastructure to what the program says, after asking",
        "resource",
        "run the program as it was before",
        {
          options: {
            "-y|--yes|-f|--skip-preview": {
              arity: "optional",
              risk: "dangerous",
              why: "changes the infrastructure without asking",
              safer: "pulumi preview",
            },
          },
          risk: unlessHelp("caution"),
          safer: "pulumi preview",
          targets: namedBy("stack", "-s"),
        },
      ),
      "destroy, down, dn": destroy("destroys everything in the stack", "stack", { targets: namedBy("stack", "-s") }),
      cancel: destroy("breaks off a running change and takes its lock", "stack"),
      watch: change("changes the infrastructure at each change of a file", "stack", files, { unbounded: true }),
      "env get|open": secret("prints secrets of an environment"),
      "env init|edit|set|clone|rotate, plugin install, policy publish|enable|new, org set-default": change(
        "changes settings",
        "setting",
        files,
      ),
      "env rm, plugin rm, policy rm|disable": destroy("removes settings or plugins", "setting"),
    });
  },
  examples: {
    "pulumi preview --diff -s prod": "caution",
    "pulumi whoami -v": "safe",
    "pulumi stack history --show-secrets=false": "safe",
    "pulumi stack ls": "safe",
    "pulumi stack output --json": "safe",
    "pulumi stack output --show-secrets": "caution",
    "pulumi config": "safe",
    "pulumi config get dbPassword": "caution",
    "pulumi preview --save-plan x": "caution",
    "pulumi preview --config a=b": "caution",
    "pulumi preview --client 127.0.0.1:1": "unknown",
    "pulumi stack export --file x": "caution",
    "pulumi up": "caution",
    "pulumi up --yes": "dangerous",
    "pulumi up -yf": "dangerous",
    "pulumi destroy -s prod": "dangerous",
    "pulumi cancel": "dangerous",
    "pulumi stack rm prod": "dangerous",
    "pulumi logs -f": "caution",
    "pulumi --tracing http://x stack ls": "unknown",
  },
  nearMisses: ["pulumi", "pulumi -s preview up", "pulumi env run x -- ls", "pulumi frob"],
});
