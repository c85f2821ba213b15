// npm, yarn, pnpm, npx: what asks the registry or the lock file is safe; installing runs scripts of packages; publishing is for everybody.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, type OptionRule, program } from "../../rule.ts";
import { asksVersion, changing, destroying, each, listing, reading, running } from "./verbs.ts";

const lock = "the lock file in version control holds the versions before";

const elsewhere: Readonly<Record<string, OptionRule>> = {
  "--registry": {
    check: (value) =>
      value.shape === "literal" && /^https?:\/\//.test(value.text)
        ? undefined
        : { risk: "unknown", why: "the registry is not written out" },
  },
  "--userconfig|--globalconfig|--node-options|--script-shell|--shell|--git|--editor|--viewer|--browser|--init-module|--onload-script|--pnpmfile|--global-pnpmfile|--use-yarnrc|--config-dir|--modules-folder":
    { risk: "unknown", why: "other settings, which can name programs to run" },
  "--fix": { arity: "flag", risk: "caution", why: "changes what is installed" },
  "--web|--browser-open": { arity: "flag", risk: "unknown", why: "opens a browser" },
};

const common =
  "-g|--global --json --parseable -p --long -a|--all --silent -s -q|--quiet --offline --prefer-offline --no-color -r|--recursive";
const commonValues =
  "--depth --prefix -C|--dir --cwd --loglevel -w|--workspace --filter -F --omit --include --otp --searchlimit --audit-level --scope --cache";

/** Only reads: no option but those of `elsewhere` does anything else. */
const read = (why: string, extra: Partial<CommandRule> = {}): CommandRule =>
  reading(why, { flags: common, values: commonValues, options: elsewhere, answers: [1], ...extra });

const secretName = /token|passw|_auth|secret|key/i;
const config = read("prints settings", {
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => secretName.test(arg.text)))
      ctx.report({ risk: "caution", sensitive: true, why: "prints a setting that may hold a password" });
  },
});

const change = (why: string, noInverse = lock): CommandRule => changing(why, noInverse);
const publishes = (why: string): CommandRule => destroying(why, "package");
const runs = running("runs a script or program that the project or a package names");

/** Fetches a program and runs it with the words that follow. */
const executes = running("fetches and runs a program of a package", {
  operands: "inner*",
  flags: "-h|--help -y|--yes --no -q|--quiet",
  values: "-p|--package -w|--workspace",
  options: { "-c|--call|--shell-mode": { kind: "inner", risk: "unknown", why: "runs shell text" } },
  inspect: (inv, ctx) => {
    ctx.scanArgv(inv.operands);
    const text = inv.arg("-c");
    if (text !== undefined) ctx.scanText(text);
  },
  targets: operandTargets("program"),
});

/** Whether the call is `audit fix`, in any order. */
const fixes = (inv: Invocation): boolean => inv.operands.some((arg) => arg.text === "fix") || inv.has("--fix") || inv.has("signatures-fix");

const audit = read("asks for known weaknesses of what is installed", { risk: (inv) => (fixes(inv) ? "caution" : "safe"), noInverse: lock });

const packed = (name: string): CommandRule => ({
  risk: (inv) => (inv.has("--dry-run") ? "safe" : "caution"),
  why: `${name}: writes an archive of the package; scripts of the project may run`,
  operands: "read*",
  flags: "--dry-run --json --ignore-scripts -w",
  noInverse: "the archive is a new file; rm takes it away",
});

const versions: CommandRule = read("prints versions of npm and of the package", {
  risk: (inv) => (inv.operands.length === 0 ? "safe" : "caution"),
  operands: "data*",
  noInverse: "git reset takes back the commit and the tag that it makes",
});

export const npm = program({
  names: "npm",
  source: "docs.npmjs.com/cli/v11",
  globals: "anywhere",
  why: "works with packages of Node",
  risk: (inv) => (asksVersion(inv, "--version", "--help", "-l") ? "safe" : "unknown"),
  flags: `-v|--version -h|-H|-?|--help -l`,
  values: "--prefix -C -w|--workspace",
  options: elsewhere,
  verbs: {
    "list|ls|ll|la": read("prints what is installed"),
    "view|info|show|v|outdated|search|s|se|find|explain|why|fund|query|ping|whoami|root|prefix|bin|doctor|help|help-search|hlep|sbom|stars|docs-path|diff|star-list":
      read("asks the registry or prints what is installed"),
    audit,
    version: versions,
    "config|c list|ls|get": config,
    get: config,
    "pkg get": read("prints fields of package.json"),
    ...each(
      "owner_ls owner_list author_ls access_list access_ls access_get access_ls-packages access_ls-collaborators dist-tag_ls dist-tag_list dist-tags_ls cache_ls cache_list cache_npx_ls token_list token_ls profile_get org_ls org_list team_ls team_list hook_ls hook_list",
      read("prints facts about packages and accounts"),
    ),
    "cache verify": change("tidies the cache up", "what is cached can be fetched again"),
    "cache clean|clear|rm|add": change("empties the cache", "what is cached can be fetched again"),
    "install|i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|add|ci|clean-install|ic|install-clean|isntall-clean|install-test|it|install-ci-test|cit|update|up|upgrade|udpate|dedupe|ddp|find-dupes|rebuild|rb|link|ln|prune|shrinkwrap|set-up|audit-fix":
      change("installs packages, whose scripts run"),
    "uninstall|un|unlink|remove|rm|r": changing("removes packages from the project", lock, {
      options: { "-g|--global": { arity: "flag", risk: "dangerous", why: "removes a program for everybody on this machine" } },
      targets: operandTargets("package"),
    }),
    "init|create|innit": runs,
    "config|c set|delete|rm|edit|fix": change("changes settings", "npm config get NAME shows the setting before"),
    set: change("changes settings", "npm config get NAME shows the setting before"),
    "pkg set|delete|fix": change("changes package.json"),
    "edit|explore|completion|docs|home|bugs|issues|repo|star|unstar|adduser|login|add-user|logout|set-script|undeprecate": change(
      "changes an account or opens a program",
      "it is undone on the registry's page",
    ),
    "run|run-script|rum|urn|test|t|tst|start|stop|restart": runs,
    "exec|x": executes,
    pack: packed("npm pack"),
    publish: publishes("publishes a package for everybody; a version cannot be used again"),
    "unpublish|deprecate": publishes("takes a package away from everybody who uses it"),
    ...each(
      "token_revoke token_delete token_rm token_remove token_create owner_rm owner_remove owner_add access_revoke access_grant access_set access_public access_restricted org_rm org_set team_rm team_destroy team_create team_add dist-tag_rm dist-tag_add dist-tag_set hook_rm hook_add hook_update profile_set profile_enable-2fa profile_disable-2fa trust_add",
      publishes("changes who may do what, or what everybody gets"),
    ),
  },
  examples: {
    "npm ls --depth=0": "safe",
    "npm view express versions --json": "safe",
    "npm view x --registry https://r.example.org": "safe",
    "npm view x --registry $R": "unknown",
    "npm ls --userconfig x": "unknown",
    "npm audit": "safe",
    "npm audit fix": "caution",
    "npm doctor --fix": "caution",
    "npm fund --web": "unknown",
    "npm --version": "safe",
    "npm config get registry": "safe",
    "npm config get //r.example.org/:_authToken": "caution",
    "npm ci": "caution",
    "npm install --help": "safe",
    "npm uninstall -g x": "dangerous",
    "npm run build": "unknown",
    "npm pack --dry-run": "safe",
    "npm version": "safe",
    "npm version patch": "caution",
    "npm publish": "dangerous",
    "npm deprecate x 'old'": "dangerous",
  },
  nearMisses: [
    "npm",
    "npm pack",
    "npm audit --fix",
    "npm exec x --help",
    "npm frob",
    "npm token revoke x",
    "npm ls --script-shell=x",
    "npm test",
  ],
});

const yarnRead = read("prints what is installed, or asks the registry");

export const yarn = program({
  names: "yarn|yarnpkg",
  source: "classic.yarnpkg.com/docs/cli, yarnpkg.com/cli 4.10; hadoop.apache.org YarnCommands 3.4",
  globals: "anywhere",
  why: "works with packages of Node, or with applications of Hadoop",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-v|--version -h|--help",
  values: "--cwd",
  options: elsewhere,
  verbs: {
    "list|info|outdated|why|help|licenses|check|versions|explain|search|npm-info|node-version": yarnRead,
    ...each(
      "npm_info npm_audit npm_whoami npm_tag_list workspaces_list workspaces_info config_get config_list cache_dir cache_list global_list global_bin global_dir owner_list team_list tag_list access_list explain_peer-requirements",
      config,
    ),
    audit,
    bin: yarnRead,
    "add|install|up|upgrade|upgrade-interactive|dedupe|import|rebuild|link|unlink|patch|patch-commit|set|unplug|prune|autoclean|generate-lock-entry|constraints|version|stage|plugin|cache|config|self-update|policies":
      change("installs packages or changes settings"),
    remove: changing("removes packages from the project", lock),
    global_remove: runs,
    "exec|dlx": executes,
    "run|create|init|test|start|build|workspace|workspaces|global|pack|npm|tag|owner|team|login|logout": runs,
    publish: publishes("publishes a package for everybody"),
    ...each(
      "npm_publish npm_tag_add npm_tag_remove npm_login npm_logout npm_unpublish npm_deprecate",
      publishes("changes what everybody gets"),
    ),
    "application|app|applicationattempt|container|node|queue|logs": listing("prints facts about applications of Hadoop", {
      operands: "none",
      risk: (inv) => (inv.options.length > 0 ? "safe" : "unknown"),

      flags: "-list -all -showDetails -help -am -listnodes",
      values:
        "-status -appStates -appTypes -appTags -states -applicationId -containerId -nodeAddress -log_files -size -appOwner -queue -show_container_log_info -show_application_log_info -list_nodes -list-nodes",
      options: {
        "-kill|-movetoqueue|-stop|-destroy|-enableFastLaunch|-signal|-fail|-updatePriority|-changeQueue|-appId": {
          risk: "dangerous",
          why: "ends or moves an application",
        },
      },
      targets: (inv) => inv.all("-kill").map((arg) => ({ kind: "application", name: arg.text })),
    }),
    rmadmin: destroying("changes the resource manager", "resource manager"),
  },
  examples: {
    "yarn info react": "safe",
    "yarn why x --json": "safe",
    "yarn --version": "safe",
    "yarn config get x": "safe",
    "yarn add x": "caution",
    "yarn build": "unknown",
    "yarn publish": "dangerous",
    "yarn npm unpublish x": "dangerous",
    "yarn application -list -appStates RUNNING": "safe",
    "yarn application -kill application_1_2": "dangerous",
    "yarn list --registry $X": "unknown",
    "yarn list --pnpmfile x": "unknown",
    "yarn audit --fix": "caution",
    "yarn list --web": "unknown",
  },
  nearMisses: ["yarn", "yarn dlx x", "yarn frob", "yarn global add x", "yarn config set x y", "yarn cache clean"],
});

export const pnpm = program({
  names: "pnpm",
  source: "pnpm.io/cli, pnpm 10",
  globals: "anywhere",
  why: "works with packages of Node",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-v|--version -h|--help -r|--recursive -w|--workspace-root",
  values: "-C|--dir --filter -F",
  options: elsewhere,
  verbs: {
    "list|ls|la|ll|outdated|why|info|view|show|v|help|root|bin|licenses|prefix|ping|whoami|search|cat-file|cat-index|find-hash|doctor|ignored-builds|peers|sbom":
      read("prints what is installed, or asks the registry"),
    ...each(
      "config_get config_list config_ls c_get store_path store_status cache_list cache_view cache_list-registries env_list env_ls licenses_list licenses_ls",
      config,
    ),
    audit,
    "add|install|i|in|install-test|it|update|up|upgrade|dedupe|import|rebuild|rb|link|ln|unlink|prune|fetch|patch|patch-commit|patch-remove|config|c|set|store|cache|env|setup|self-update|approve-builds|version|completion|login|adduser":
      change("installs packages or changes settings"),
    "remove|rm|uninstall|un": changing("removes packages from the project", lock),
    "exec|dlx": executes,
    "run|run-script|create|init|test|t|start|restart|stop|server|deploy|pack": runs,
    "publish|unpublish|deprecate|owner|access|dist-tag|token|team": publishes("changes what everybody gets"),
  },
  examples: {
    "pnpm list -r --depth 0": "safe",
    "pnpm why x": "safe",
    "pnpm -v": "safe",
    "pnpm add x": "caution",
    "pnpm run build": "unknown",
    "pnpm unpublish x": "dangerous",
    "pnpm ls --pnpmfile x": "unknown",
    "pnpm ls --registry $X": "unknown",
    "pnpm audit --fix": "caution",
    "pnpm ls --web": "unknown",
  },
  nearMisses: ["pnpm", "pnpm dlx x", "pnpm frob", "pnpm store prune", "pnpm build"],
});

export const npx = program({
  names: "npx|pnpx|bunx",
  source: "docs.npmjs.com/cli/v11/commands/npx",
  style: "posix",
  ...executes,
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help -y|--yes --no -q|--quiet",
  examples: { "npx --version": "safe", "npx cowsay x": "unknown", "npx -c 'ls'": "unknown", "npx -y rimraf /srv/x": "dangerous" },
  nearMisses: ["npx", "npx x --version", "npx --frob --version"],
});

export const nodeDeleters = program({
  names: "rimraf|del-cli|del",
  source: "github.com/isaacs/rimraf 6",
  why: "deletes files and folders, everything below them too",
  risk: "dangerous",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("path"),
  examples: { "rimraf dist": "dangerous", "del /q x": "dangerous" },
  nearMisses: ["del-cli x"],
});

export const nodeTools = program({
  names:
    "corepack|nvm|volta|fnm|lerna|nx|turbo|gulp|grunt|vite|webpack|rollup|parcel|esbuild|tsx|ts-node|nodemon|forever|pm2|jest|vitest|mocha|cypress|playwright|storybook|next|nuxt|astro|ng|vue|gatsby|expo|ncu|npm-check-updates",
  source: "the documentation of each program",
  why: "runs the project's code or changes the versions of Node",
  risk: (inv) => {
    if (asksVersion(inv, "--version", "--help")) return "safe";
    const verb = inv.operand(0) ?? "";
    if (/^(uninstall|delete|del|kill|flush|reset)$/.test(verb)) return "dangerous";
    return /^(nvm|fnm|volta|pm2)$/.test(inv.program) &&
      inv.unlisted.length === 0 &&
      /^(ls|list|ls-remote|current|which|status|describe|show|info)$/.test(verb)
      ? "safe"
      : "unknown";
  },
  flags: "--version -v|-V -h|--help",
  anyOption: true,
  operands: "data*",
  targets: operandTargets("process or version"),
  examples: { "pm2 list": "safe", "nvm ls": "safe", "jest --version": "safe", "turbo run build": "unknown", "pm2 delete all": "dangerous" },
  nearMisses: ["nvm use 20", "webpack", "pm2 restart x", "jest --listTests", "pm2 $X", "pm2 list --frob"],
});
