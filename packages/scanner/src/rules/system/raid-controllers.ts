// Tools of disk controllers. Their words are listed one by one; what destroys is looked for everywhere.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

export const raidControllers = program({
  names: "storcli|storcli64|perccli|perccli64|megacli|MegaCli|MegaCli64|ssacli|hpssacli|arcconf|tw_cli|sas2ircu|sas3ircu",
  source: "StorCLI reference manual 7.2; ssacli 6.0; arcconf 4.0",
  style: "none",
  why: "shows or changes disks behind a controller",
  risk: raidRisk,
  safer: "storcli /c0 show",
  operands: "name*",
  targets: operandTargets("controller"),
  noInverse: "the controller's show command tells what it was before",
  examples: {
    "storcli64 /c0 show all": "safe",
    "storcli /c0/eall/sall show rebuild": "safe",
    "megacli -LDInfo -Lall -aALL": "safe",
    "MegaCli64 -PDList -aALL -NoLog": "safe",
    "ssacli ctrl all show config": "safe",
    "storcli64 /c0/v0 delete": "dangerous",
    "storcli64 /c0/e8/s1 start locate": "caution",
    "storcli64 /c0 show all > x": "caution",
    "megacli -CfgLdDel -L0 -a0": "dangerous",
  },
  nearMisses: [
    "storcli64 /c0 show file=x",
    "storcli64 /c0/v0 start init",
    "megacli -AdpSetProp x -a0",
    "megacli -LDInfo -Lall -aALL -CfgClr",
  ],
});

const raidWords =
  /^(\/c(all|\d+)(\/[a-z]+(all|\d+)?)*|show|all|j|nolog|-?NoLog|config|detail|status|rebuild|bbu|cv|health|events|termlog|ctrl|slot=\d+|pd|ld|array|physicaldrive|logicaldrive|getconfig|list|LIST|DISPLAY|\d+|allvolumes?|-a(ALL|All|all|\d+)|-L(all|ALL|\d+)|-(LDInfo|LdPdInfo|PDList|PdList|AdpAllInfo|AdpCount|AdpBbuCmd|GetBbuStatus|EncInfo|CfgDsply|ShowSummary|AdpEventLog|GetEventLogInfo|FwTermLog|Dsply|PDInfo|LDGetProp|Cache))$/;

const raidDestroys =
  /^-?(delete|del|erase|init|clear|format|CfgLdDel|CfgClr|CfgForeign|PDClear|PdClear|LDInit|DELETE|remove|secureerase|sanitize|force|deletearray|zero)$/i;

function raidRisk(inv: Invocation): "safe" | "caution" | "dangerous" {
  const words = inv.operands.map((arg) => arg.text);
  if (words.some((word) => raidDestroys.test(word))) return "dangerous";
  const asks = words.some((word) => /^(show|list|status|LIST|DISPLAY|getconfig|-\w*(Info|List|Dsply|Count|Summary|Status))$/.test(word));
  return asks && inv.operands.every((arg) => arg.shape === "literal" && raidWords.test(arg.text)) ? "safe" : "caution";
}
