// glab, hub, tea, jira and others: clients of forges and trackers. What lists and shows is safe, what others see is caution, what deletes is dangerous.
import { type CommandRule, operandTargets, type OptionRule, program } from "../../../rule.ts";
import { asksVersion, changing, destroying, each, reading, running } from "../verbs.ts";
import { forgeApi } from "./forge-api.ts";

const browser: Readonly<Record<string, OptionRule>> = { "-w|--web": { arity: "flag", risk: "unknown", why: "opens a browser" } };
const read = (why: string): CommandRule => reading(why, { flags: "-h|--help", options: browser });
const change = (why: string): CommandRule => changing(why, "the page of the forge has the history", { targets: operandTargets("item") });

export const glab = program({
  names: "glab",
  source: "gitlab.com/gitlab-org/cli/docs, glab 1.74",
  style: "go",
  why: "works with GitLab",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-h|--help -v|--version",
  values: "-R|--repo -g|--group",
  verbs: {
    "mr list|ls|view|show|diff|issues|approvers": read("prints merge requests"),
    "issue list|ls|view|show": read("prints issues"),
    ...each("issue_board_view incident_list incident_view milestone_list milestone_get iteration_list", read("prints issues")),
    "ci|pipe|pipeline list|ls|lint|config": read("prints pipelines"),
    "ci|pipe|pipeline get": {
      ...read("prints a pipeline"),
      options: { ...browser, "--with-variables": { arity: "flag", sensitive: true, why: "prints variables" } },
    },
    "ci|pipe|pipeline status|view": {
      ...read("prints the state of a pipeline"),
      options: { ...browser, "-l|--live": { arity: "flag", unbounded: true, why: "follows the pipeline" } },
    },
    "ci|pipe|pipeline trace": { ...read("follows the log of a job"), unbounded: true },
    "repo|project list|ls|view|search|contributors|find": read("prints facts about repositories"),
    "release list|ls|view": read("prints releases"),
    "label list|ls|get": read("prints labels"),
    "variable|var list|ls|get|export": { ...read("prints variables, which hold secrets"), sensitive: true },
    "runner|schedule|deploy-key|ssh-key|user|token|snippet|cluster|stack|changelog|securefile|todo list|ls|get|view|events|generate":
      read("prints facts about the project"),
    "auth status": {
      ...read("prints who is logged in"),
      options: { "-t|--show-token": { arity: "flag", sensitive: true, why: "prints the token" } },
    },
    "config get": read("prints settings"),
    "version|help|completion|check-update": read("prints help"),
    api: forgeApi,
    "mr|issue|incident create|new|update|note|comment|close|reopen|approve|revoke|rebase|merge|accept|checkout|for|todo|subscribe|unsubscribe":
      change("changes a merge request or an issue"),
    "ci|pipe|pipeline run|create|run-trig|retry|trigger|cancel": change("starts or ends a pipeline, which may deploy"),
    "ci|pipe|pipeline artifact|job": change("writes files, or changes jobs"),
    "ci|pipe|pipeline delete": destroying("deletes pipelines", "pipeline"),
    "repo|project clone|fork|create|update|archive|mirror|members|publish": change("makes or copies a repository, or changes it"),
    "repo|project delete|transfer": destroying("deletes a repository, or gives it away", "repository"),
    "mr|issue|incident|release|label|schedule|milestone|snippet|deploy-key|ssh-key|cluster|runner|securefile|stack|iteration delete|rm|remove":
      destroying("deletes it for everybody", "item"),
    "release|label|schedule|milestone|snippet|securefile create|update|upload|download|run|edit": change("changes the project"),
    "variable|var set|update|delete|remove": destroying("overwrites or deletes a variable", "variable"),
    "ssh-key|deploy-key|token add|create|revoke|rotate": destroying("changes who may do what", "key"),
    "auth login|logout|configure-docker|docker-helper|git-credential": change("changes who is logged in"),
    "config set|edit": change("changes settings"),
    "alias|duo|opentofu|mcp|attestation set|ask|serve|delete|list": running("names text that runs later, or starts a program"),
  },
  examples: {
    "glab mr list --assignee=@me": "safe",
    "glab ci status --branch main": "safe",
    "glab ci status --live": "caution",
    "glab mr view 1 --web": "unknown",
    "glab ci get --with-variables": "caution",
    "glab auth status -t": "caution",
    "glab variable list": "caution",
    "glab api projects/1": "safe",
    "glab api -X DELETE projects/1": "dangerous",
    "glab mr merge 1": "caution",
    "glab repo delete o/r": "dangerous",
    "glab alias set x y": "unknown",
  },
  nearMisses: ["glab", "glab frob", "glab ci trace 1", "glab api projects -f a=b", "glab mr list $X"],
});

export const trackers = program({
  names: "hub|tea|jira|linear|acli|bb|berg|fj|pulls|lab|ghorg|azdo",
  source: "hub(1) 2.14, gitea.com/gitea/tea 0.11, github.com/ankitpokhrel/jira-cli 1.7",
  style: "go",
  why: "works with a forge or a tracker",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-h|--help --version",
  verbs: {
    "issue|issues|pr|pulls|epic|sprint|board|project|projects|release|releases|repos|repo|labels|milestones|organizations|boards|team|teams|cycle list|ls|view|show":
      reading("prints what the forge or tracker holds", { options: browser }),
    "me|whoami|serverinfo|version|ci-status|ls": reading("prints facts", { options: browser }),
    "issue|issues|pr|pulls|epic|sprint|release|releases|repos|repo|labels|milestones create|edit|assign|move|transition|comment|link|unlink|watch|worklog|clone|close|reopen|add|merge|approve|review|checkout|update|fork":
      change("changes what the forge or tracker holds"),
    "issue|issues|pr|pulls|epic|sprint|release|releases|repos|repo|labels|milestones delete|rm|remove|del": destroying(
      "deletes it for everybody",
      "item",
    ),
    delete: destroying("deletes a repository", "repository"),
  },
  examples: {
    "tea issues list": "safe",
    "jira issue view X-1": "safe",
    "jira issue list --web": "unknown",
    "jira issue move X-1 Done": "caution",
    "tea repos delete o/r": "dangerous",
  },
  nearMisses: ["hub", "hub api x", "hub push origin main", "jira open X-1"],
});
