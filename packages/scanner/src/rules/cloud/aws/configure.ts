// aws configure and aws history: settings and records of the client itself. Part of the aws rule (aws.ts).
// Only the keys that are secrets count as such; `configure list` masks them.
import type { Invocation } from "../../../invocation.ts";
import { quoteWord } from "../../../quote.ts";
import type { CommandRule } from "../../../rule.ts";
import type { Inverse } from "../../../types.ts";
import { alter, issue, read } from "./kinds.ts";

const secretKeys = /(^|\.)(aws_secret_access_key|aws_session_token|.*(secret|token|password).*)$/i;

function namesSecret(inv: Invocation): boolean {
  const key = inv.operand(0);
  return key === undefined || key.length > 200 || secretKeys.test(key);
}

function profileOf(inv: Invocation): string | undefined {
  if (!inv.has("--profile")) return "";
  const profile = inv.value("--profile");
  return profile === undefined ? undefined : ` --profile ${quoteWord(profile)}`;
}

/** The old value of a setting, unless that would print a secret. */
function oldSetting(inv: Invocation): Inverse | undefined {
  const key = inv.operand(0);
  const profile = profileOf(inv);
  if (key === undefined || profile === undefined || namesSecret(inv) || inv.operands.length !== 2) return undefined;
  const name = `${quoteWord(key)}${profile}`;
  return { kind: "capture", capture: `aws configure get ${name}`, command: `aws configure set ${quoteWord(key)} {capture}${profile}` };
}

export const configure: CommandRule = {
  risk: "unknown",
  why: "asks for settings and stores them",
  verbs: {
    help: { ...read, why: "prints the manual" },
    "list|list-profiles": { ...read, why: "prints settings, secrets masked" },
    get: { ...read, why: "prints a setting", safer: "aws configure list", sensitive: namesSecret },
    set: {
      ...alter,
      why: "changes settings of the client",
      targets: (inv) => inv.operands.slice(0, 1).map((arg) => ({ kind: "setting", name: arg.text })),
      inverse: oldSetting,
      noInverse: "the old value is not kept",
    },
    "import|sso|sso-session|add-model|mfa-login": {
      ...alter,
      why: "changes settings of the client",
      noInverse: "the old files are not kept",
    },
    "export-credentials": { ...issue, why: "prints credentials" },
  },
};

export const history: CommandRule = {
  risk: "unknown",
  why: "shows earlier calls",
  verbs: {
    list: { ...read, why: "lists earlier calls" },
    show: { ...read, why: "prints an earlier call with its answer", sensitive: true },
  },
};
