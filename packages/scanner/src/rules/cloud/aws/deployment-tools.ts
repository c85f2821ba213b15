// eb, sam, cdk, copilot and ecs-cli: AWS's own deployment tools. Reads by list; changes are caution, what ends an environment is dangerous.
// cdk runs the program of the project for everything that needs its stacks, so list, diff and synth prove nothing.
import { type CommandRule, program } from "../../../rule.ts";

const change: CommandRule = {
  risk: "caution",
  why: "changes what is deployed",
  operands: "data*",
  anyOption: true,
  anyWord: true,
  noInverse: "the version before has to be deployed again",
};
const end: CommandRule = {
  ...change,
  risk: "dangerous",
  why: "ends or deletes what is deployed",
  targets: (inv) => inv.operands.map((arg) => ({ kind: "deployment", name: arg.text })),
};
const shell: CommandRule = { ...end, why: "opens a way into machines" };
const code: CommandRule = { ...change, risk: "unknown", why: "runs the program of the project" };
const endless = { arity: "flag", unbounded: true, why: "follows without end", safer: "drop the option" } as const;

export const eb = program({
  names: "eb",
  source: "EB CLI 3.21 command reference",
  style: "gnu",
  globals: "anywhere",
  why: "works with Elastic Beanstalk",
  flags: "--debug --quiet -v|--verbose --no-verify-ssl --no-color -h|--help --version",
  values: "--profile -r|--region",
  verbs: {
    status: { why: "prints the state of an environment", operands: "data?" },
    health: {
      why: "prints the health of an environment",
      operands: "data?",
      values: "--view|-view",
      options: { "--refresh": endless },
    },
    events: { why: "prints events", operands: "data?", options: { "-f|--follow": endless } },
    list: { why: "lists environments", flags: "-a|--all" },
    logs: {
      why: "prints logs",
      operands: "data?",
      values: "-i|--instance --log-group -lg",
      options: {
        "--stream": endless,
        "-a|--all|-z|--zip": { arity: "flag", risk: "caution", why: "saves the logs in a folder" },
        "-cw|--cloudwatch-logs": { risk: "caution", why: "changes the streaming of logs" },
      },
    },
    printenv: { why: "prints the environment", operands: "data?", sensitive: true, safer: "eb status" },
    "platform list|show|events|status": { why: "prints platforms", operands: "data*" },
    "deploy|create|clone|scale|setenv|upgrade|swap|use|init|config|local|codesource|restore|tags|appversion|labs": change,
    "platform create|use|init": change,
    "terminate|abort": end,
    "platform delete": end,
    ssh: shell,
  },
  examples: {
    "eb status prod -v": "safe",
    "eb health prod": "safe",
    "eb health --refresh": "caution",
    "eb events -f": "caution",
    "eb logs prod": "safe",
    "eb logs --stream": "caution",
    "eb logs --all": "caution",
    "eb logs --cloudwatch-logs enable": "caution",
    "eb list": "safe",
    "eb printenv": "caution",
    "eb platform list": "safe",
    "eb deploy prod": "caution",
    "eb terminate prod": "dangerous",
    "eb ssh prod": "dangerous",
  },
  nearMisses: ["eb open", "eb logs --save x", "eb platform logs"],
});

const samConfig = "--config-env --config-file --profile --region";

export const sam = program({
  names: "sam",
  source: "AWS SAM CLI 1.130 command reference",
  globals: "anywhere",
  why: "works with serverless applications",
  flags: "--version --info -h|--help --debug --beta-features --no-beta-features",
  values: samConfig,
  verbs: {
    validate: { why: "checks a template", flags: "--lint", values: "-t|--template-file|--template" },
    "list endpoints|resources|stack-outputs": {
      why: "lists what is deployed",
      values: "--stack-name --output -t|--template-file|--template",
    },
    "logs|traces": {
      why: "prints logs or traces",
      flags: "--include-traces",
      values: "-n|--name --stack-name -s|--start-time -e|--end-time --filter --cw-log-group --output --trace-id",
      options: { "-t|--tail": endless },
    },
    "remote test-event list|get": {
      why: "prints test events",
      operands: "data?",
      values: "--stack-name --name --output-file",
    },
    "deploy|sync|package|publish|init|build|pipeline": change,
    local: { ...change, why: "runs functions" },
    "remote invoke": { ...change, why: "runs functions" },
    "remote test-event put": change,
    "remote test-event delete": end,
    delete: { ...end, values: "--stack-name", targets: (inv) => inv.all("--stack-name").map((arg) => ({ kind: "stack", name: arg.text })) },
  },
  examples: {
    "sam validate --lint -t template.yaml": "safe",
    "sam list resources --stack-name pay --output json": "safe",
    "sam logs -n PayFunction --stack-name pay -s '10min ago'": "safe",
    "sam logs --stack-name pay --tail": "caution",
    "sam deploy --stack-name pay": "caution",
    "sam local invoke PayFunction": "caution",
    "sam delete --stack-name pay --no-prompts": "dangerous",
  },
  nearMisses: ["sam logs --foo", "sam remote invoke F"],
});

export const cdk = program({
  names: "cdk|cdklocal",
  source: "AWS CDK Toolkit 2.170 command reference",
  style: "gnu",
  globals: "anywhere",
  why: "works with infrastructure as code",
  flags: "--version -h|--help -v|--verbose --debug --no-color -j|--json",
  values: "--profile",
  risk: (inv) => (inv.has("--version") || inv.has("--help") ? "safe" : "unknown"),
  verbs: {
    "doctor|notices|version": { why: "prints what the toolkit sees" },
    context: {
      why: "prints cached values",
      options: {
        "--reset|-e": { risk: "dangerous", why: "forgets a cached value" },
        "--clear": { arity: "flag", risk: "dangerous", why: "forgets all cached values" },
      },
      targets: () => [{ kind: "file", name: "cdk.context.json" }],
    },
    "list|ls|diff|synth|synthesize|metadata|drift|docs|doc": code,
    "bootstrap|init|import|migrate|acknowledge|ack|watch|refactor": change,
    deploy: {
      ...change,
      risk: "dangerous",
      why: "deploys stacks, which can delete and replace resources",
      targets: (inv) => stacks(inv.operands),
    },
    destroy: { ...end, targets: (inv) => stacks(inv.operands) },
    "gc|rollback": end,
  },
  examples: {
    "cdk --version": "safe",
    "cdk doctor": "safe",
    "cdk context": "safe",
    "cdk context --clear": "dangerous",
    "cdk context --reset 3": "dangerous",
    "cdk diff": "unknown",
    "cdk bootstrap": "caution",
    "cdk deploy Pay": "dangerous",
    "cdk destroy Pay --force": "dangerous",
  },
  nearMisses: ["cdk synth", "cdk ls --app 'sh x'", "cdk", "cdk notices --foo"],
});

function stacks(operands: readonly { readonly text: string }[]): readonly { readonly kind: string; readonly name: string }[] {
  return operands.map((arg) => ({ kind: "stack", name: arg.text }));
}

const copilotShow: CommandRule = {
  why: "prints what is deployed",
  flags: "--json --resources --manifest --local",
  values: "-n|--name -a|--app -e|--env",
};

const copilotLogs: CommandRule = {
  ...copilotShow,
  why: "prints logs",
  flags: "--json --previous -p",
  values: "-n|--name -a|--app -e|--env --limit --since --start-time --end-time --tasks --log-group --container",
  options: { "--follow": endless },
};

export const copilot = program({
  names: "copilot",
  source: "AWS Copilot CLI 1.34 documentation",
  style: "go",
  why: "works with services on ECS",
  flags: "-h|--help -v|--version",
  verbs: {
    "app ls|show": copilotShow,
    "env ls|show": copilotShow,
    "svc ls|show|status": copilotShow,
    "job ls|show": copilotShow,
    "pipeline ls|show|status": copilotShow,
    "svc logs": copilotLogs,
    "job logs": copilotLogs,
    version: { why: "prints the version" },
    "init|deploy": change,
    "app init|upgrade": change,
    "env init|deploy": change,
    "svc init|deploy|package|pause|resume": change,
    "job init|deploy|run": change,
    "task run": change,
    "pipeline init|deploy": change,
    "secret init": change,
    "storage init": change,
    "app delete": end,
    "env delete": end,
    "svc delete": end,
    "job delete": end,
    "pipeline delete": end,
    "task delete": end,
    "svc exec": shell,
    "task exec": shell,
  },
  examples: {
    "copilot svc status -n api -e prod": "safe",
    "copilot app ls": "safe",
    "copilot svc logs --since 1h": "safe",
    "copilot svc logs --follow": "caution",
    "copilot svc deploy -n api": "caution",
    "copilot svc delete --name api": "dangerous",
    "copilot svc exec -n api": "dangerous",
  },
  nearMisses: ["copilot -p 'delete everything'", "copilot svc", "copilot app unknown"],
});

export const ecsCli = program({
  names: "ecs-cli",
  source: "Amazon ECS CLI 1.21 command reference",
  style: "goflag",
  why: "works with ECS clusters",
  flags: "--version --help --verbose",
  verbs: {
    "ps|images|check-attributes": {
      why: "prints what runs in a cluster",
      flags: "--verbose",
      values: "--cluster --region --cluster-config --ecs-profile --aws-profile --desired-status --task-id --task-def --attributes",
    },
    logs: {
      why: "prints logs of a task",
      flags: "--timestamps|-t",
      values:
        "--task-id --task-def --container-name --since --start-time --end-time --filter-pattern --cluster --region --ecs-profile --cluster-config",
      options: { "--follow": endless },
    },
    "up|scale|compose|push|pull|configure|registry-creds|local": change,
    down: end,
  },
  examples: {
    "ecs-cli ps --cluster prod": "safe",
    "ecs-cli logs --task-id t --since 10": "safe",
    "ecs-cli logs --task-id t --follow": "caution",
    "ecs-cli scale --size 3": "caution",
    "ecs-cli down --force": "dangerous",
  },
  nearMisses: ["ecs-cli ps --endpoint http://x", "ecs-cli foo"],
});
