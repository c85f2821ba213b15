// gh: what lists and shows is safe; what others see but can take back is caution; what deletes, or gives rights or secrets away, is dangerous.
import type { Invocation } from "../../../invocation.ts";
import { type CommandRule, type OptionRule, operandTargets, program } from "../../../rule.ts";
import type { Inverse } from "../../../types.ts";
import { asksVersion, changing, destroying, each, plainWords, reading, running, undoable } from "../verbs.ts";
import { filter, forgeApi } from "./forge-api.ts";

const browser: Readonly<Record<string, OptionRule>> = {
  "-w|--web": { arity: "flag", risk: "unknown", why: "opens a browser" },
  "-q|--jq": filter,
};

/** A read: no option but those of `browser` does anything else. */
const read = (why: string, options: Readonly<Record<string, OptionRule>> = {}): CommandRule =>
  reading(why, { flags: "-h|--help", options: { ...browser, ...options } });

const shown = "gh shows the state before; the page of the forge has its history";
const change = (why: string, options: Readonly<Record<string, OptionRule>> = {}): CommandRule =>
  changing(why, shown, { options, targets: operandTargets("item") });

const pair = (why: string, verb: string): CommandRule =>
  undoable(why, (inv: Invocation): Inverse | undefined => {
    const words = plainWords(inv.operands.slice(0, 1));
    const repo = inv.value("-R");
    const place = repo === undefined ? "" : ` -R ${repo}`;
    return words === undefined ? undefined : { kind: "command", command: `gh ${inv.path[0] ?? ""} ${verb} ${words}${place}` };
  });

const admin: Readonly<Record<string, OptionRule>> = {
  "--admin": { arity: "flag", risk: "dangerous", why: "merges past the checks" },
  "-d|--delete-branch": { arity: "flag", risk: "caution", why: "deletes the branch, which can be restored on the page" },
};

const watch: OptionRule = { arity: "flag", unbounded: true, why: "waits until all is over" };
const token: OptionRule = { arity: "flag", sensitive: true, why: "prints the token" };

const deletes = (why: string, kind = "item"): CommandRule => destroying(why, kind);

const download = (what: string): CommandRule => changing(`writes ${what} into this folder`, "the files are new; rm takes them away");

export const gh = program({
  names: "gh",
  source: "cli.github.com/manual, gh 2.83",
  style: "go",
  why: "works with GitHub",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-h|--help --version",
  values: "-R|--repo",
  verbs: {
    ...each(
      "pr issue repo run workflow release gist cache secret variable label auth config codespace cs extension ext alias ssh-key gpg-key project org ruleset rs attestation at",
      {
        why: "prints help",
        risk: (inv) => (asksVersion(inv, "--help") ? "safe" : "unknown"),
      },
    ),
    "pr list|ls|view|status|diff": read("prints pull requests"),
    "pr checks": read("prints the checks of a pull request", { "--watch": watch }),
    "issue list|ls|view|status": read("prints issues"),
    "repo list|ls|view": read("prints facts about repositories"),
    "repo deploy-key list": read("prints deploy keys"),
    ...each(
      "repo_autolink_list repo_autolink_view repo_license_list repo_license_view repo_gitignore_list repo_gitignore_view",
      read("prints facts about repositories"),
    ),
    "run list|ls|view": read("prints runs of workflows"),
    "run watch": { ...read("follows a run of a workflow until it ends"), unbounded: true, safer: "gh run view shows its state now" },
    "workflow list|ls|view": read("prints workflows"),
    "release list|ls|view|verify|verify-asset": read("prints releases"),
    "gist list|ls|view": read("prints gists"),
    "cache list|ls": read("prints caches"),
    "secret list|ls": read("prints names of secrets"),
    "variable list|ls|get": read("prints variables"),
    "label list|ls": read("prints labels"),
    "auth status": read("prints who is logged in", { "-t|--show-token": token }),
    "auth token": { ...read("prints the token"), sensitive: true },
    "config get|list|ls": read("prints settings"),
    "codespace|cs list|ls|view": read("prints codespaces"),
    "codespace|cs ports": { ...read("prints ports of a codespace"), values: "-c|--codespace --repo --repo-owner --json" },
    "codespace|cs logs": read("prints the log of a codespace", { "-f|--follow": { ...watch, why: "follows the log" } }),
    "extension|extensions|ext list|ls|search": read("prints extensions"),
    "alias list|ls": read("prints aliases"),
    "ssh-key|gpg-key list|ls": read("prints keys, the public half"),
    "project list|ls|view|field-list|item-list": read("prints projects"),
    "org list|ls": read("prints organisations"),
    "ruleset|rs list|ls|view|check": read("prints rules of branches"),
    "attestation|at verify|trusted-root": read("checks where a file was built", { "--custom-trusted-root|-b|--bundle": { kind: "read" } }),
    "attestation|at download": download("attestations"),
    status: read("prints what waits for you"),
    search: read("searches the forge"),
    "search code|commits|issues|prs|repos": read("searches the forge"),
    "completion|version|help|accessibility|a11y|licenses": read("prints help"),
    "agent-task list|view": read("prints tasks of agents"),
    api: forgeApi,
    "pr close": pair("closes a pull request", "reopen"),
    "pr reopen": pair("opens a pull request again", "close"),
    "pr lock": pair("locks a conversation", "unlock"),
    "pr unlock": pair("unlocks a conversation", "lock"),
    "pr create|new|edit|comment|review|ready|update-branch|revert": change("changes a pull request"),
    "pr merge": change("merges a pull request", admin),
    "pr checkout|co": changing("takes the branch of a pull request into the work tree", "git checkout - goes back", {
      options: { "-f|--force": { arity: "flag", risk: "dangerous", why: "overwrites the local branch" } },
      targets: operandTargets("pull request"),
    }),
    "issue close": pair("closes an issue", "reopen"),
    "issue reopen": pair("opens an issue again", "close"),
    "issue lock": pair("locks a conversation", "unlock"),
    "issue unlock": pair("unlocks a conversation", "lock"),
    "issue pin": pair("pins an issue", "unpin"),
    "issue unpin": pair("takes a pin away", "pin"),
    "issue create|new|edit|comment|transfer|develop": change("changes an issue"),
    "issue delete": deletes("deletes an issue for good", "issue"),
    "repo create|new|clone|fork|set-default|rename|sync|unarchive": change("makes or copies a repository, or changes its name", {
      "--force": { arity: "flag", risk: "dangerous", why: "overwrites the branch" },
    }),
    "repo edit": change("changes settings of a repository", {
      "--visibility": { risk: "dangerous", why: "changes who may see the repository" },
      "--accept-visibility-change-consequences": { arity: "flag", risk: "dangerous", why: "changes who may see the repository" },
    }),
    "repo delete|archive": deletes("deletes a repository, or makes it read-only for everybody", "repository"),
    ...each("repo_deploy-key_add repo_deploy-key_delete repo_autolink_delete", deletes("changes who may reach the repository", "key")),
    "repo autolink create": change("adds a link"),
    "run rerun": change("starts a run again"),
    "run cancel": change("ends a run"),
    "run delete": deletes("deletes a run and its logs", "run"),
    "run download": download("artefacts"),
    "workflow run": change("starts a workflow, which may deploy"),
    "workflow enable": pair("lets a workflow run", "disable"),
    "workflow disable": pair("keeps a workflow from running", "enable"),
    "release create|new|edit|upload": change("changes a release", {
      "--clobber": { arity: "flag", risk: "dangerous", why: "overwrites files of the release" },
    }),
    "release delete|delete-asset": deletes("deletes a release", "release"),
    "release download": download("files of a release"),
    "gist create|new|edit|rename|clone": change("changes a gist; text in it leaves the network"),
    "gist delete": deletes("deletes a gist", "gist"),
    "cache delete": deletes("deletes caches", "cache"),
    "secret|variable set": destroying("overwrites a secret or variable, whose value before cannot be read back", "secret"),
    "secret|variable delete|remove": deletes("deletes a secret or variable", "secret"),
    "label create|new|edit|clone": change("changes labels", {
      "-f|--force": { arity: "flag", risk: "dangerous", why: "overwrites labels" },
    }),
    "label delete": deletes("deletes a label everywhere", "label"),
    "auth login|logout|refresh|setup-git|switch": change("changes who is logged in"),
    "config set|clear-cache": change("changes settings"),
    "codespace|cs create|edit|stop|cp|rebuild|jupyter|code": change("changes a codespace"),
    "codespace|cs ssh": running("runs a command in a codespace", { operands: "name*" }),
    "codespace|cs delete": deletes("deletes a codespace and what was not pushed", "codespace"),
    ...each(
      "codespace_ports_visibility codespace_ports_forward cs_ports_visibility cs_ports_forward",
      deletes("opens a port of a codespace to others", "port"),
    ),
    "extension|extensions|ext install|upgrade|exec|create|browse": running("runs or installs a program that somebody else wrote"),
    "extension|extensions|ext remove": change("removes an extension"),
    "alias set|import|delete": running("names text that gh runs later, some of it in a shell"),
    "ssh-key|gpg-key add|delete": deletes("changes who may log in", "key"),
    "project create|copy|edit|link|unlink|close|item-add|item-create|item-edit|item-archive|field-create|mark-template":
      change("changes a project"),
    "project delete|item-delete|field-delete": deletes("deletes a project or a part of it", "project"),
    "browse|preview|agent-task|copilot": running("opens a browser or starts a task"),
  },
  examples: {
    "gh pr list --state open --limit 20": "safe",
    "gh -R o/r run view 1 --log-failed": "safe",
    "gh pr view 1 --web": "unknown",
    "gh pr list --json number --jq '.[].number'": "safe",
    "gh pr list --json number --jq env": "caution",
    "gh pr checks 1 --watch": "caution",
    "gh run watch 1": "caution",
    "gh codespace logs -f": "caution",
    "gh auth status": "safe",
    "gh auth status --show-token": "caution",
    "gh auth token": "caution",
    "gh attestation verify x --bundle y": "safe",
    "gh pr --help": "safe",
    "gh pr merge --help": "safe",
    "gh pr merge 1 --squash": "caution",
    "gh pr merge 1 --delete-branch": "caution",
    "gh pr merge 1 --admin": "dangerous",
    "gh pr checkout 1 --force": "dangerous",
    "gh issue close 1": "caution",
    "gh issue delete 1": "dangerous",
    "gh repo sync --force": "dangerous",
    "gh repo edit --visibility public": "dangerous",
    "gh repo edit --accept-visibility-change-consequences": "dangerous",
    "gh repo delete o/r --yes": "dangerous",
    "gh release upload v1 x --clobber": "dangerous",
    "gh label clone o/r --force": "dangerous",
    "gh secret list": "safe",
    "gh secret set X": "dangerous",
    "gh api repos/o/r": "safe",
    "gh api repos/o/r --help": "safe",
    "gh api -X GET search/issues -f q=x": "safe",
    "gh api repos/o/r/issues -f title=x": "caution",
    "gh api -X DELETE repos/o/r": "dangerous",
    "gh api -H 'Accept: application/json' user": "safe",
    "gh api -H 'X-HTTP-Method-Override: DELETE' user": "unknown",
    "gh api -X GET user -F a=@/etc/hosts": "caution",
    "gh api graphql -f query='{ viewer { login } }'": "safe",
    "gh api graphql -f query='mutation { x }'": "caution",
    "gh api user --jq '$ENV'": "caution",
    "gh extension install o/r": "unknown",
  },
  nearMisses: [
    "gh",
    "gh frob",
    "gh pr",
    "gh api --input x repos/o/r",
    "gh api graphql -f query=@x",
    "gh api graphql -F query=@x",
    'gh api graphql -f "query=$Q"',
    'gh api graphql -f query="{ x }" -f "$Q"',
    "gh api graphql",
    "gh api $X",
    "gh api https://evil.example.org/x",
    'gh api -X "$M" repos/o/r',
    "gh pr list $X",
    "gh search prs -w x",
    "gh alias set x '!sh'",
    "gh --frob pr list merge",
  ],
});
