// `consul acl`: who may do what. Names of policies and roles are free to read, tokens are secrets, changes of rights are dangerous.
import type { CommandRule } from "../../rule.ts";
import { destroy, namedBy, read, secret } from "./verb-kinds.ts";

export const consulAccess: Readonly<Record<string, CommandRule>> = {
  "acl policy|role|binding-rule|auth-method|templated-policy list|read|preview": read("prints policies and roles"),
  "acl token list|read": secret("prints tokens"),
  "acl token create|update|clone|delete, acl policy|role|binding-rule|auth-method create|update|delete": destroy(
    "changes who may do what",
    "right",
    {
      targets: namedBy("right", "-id", "-name", "-accessor-id"),
      values: "-accessor-id -policy-name -policy-id -role-name -description -rules",
    },
  ),
  "acl bootstrap, acl set-agent-token": destroy("makes or sets a token that may do everything", "token", { sensitive: true }),
};
