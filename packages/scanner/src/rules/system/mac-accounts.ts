// macOS: directories of users, and keychains.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import { changing, destroying } from "../verb-rules.ts";

/** The words of a directory tool that only asks, joined by blanks. Any verb that changes must not stand in them. */
const directoryReads: Readonly<Record<string, RegExp>> = {
  dscl: /^(-(plist|raw|url|q) )*\S+ -?(read|readall|readpl|readpli|list|search|diff)( |$)/,
  dscacheutil: /^-(q|cachedump|configuration|statistics|h)( |$)/,
  dsmemberutil: /^(checkmembership|getid|getuuid|getsid)( |$)/,
  dseditgroup: /^-o (read|checkmember) /,
};
const directoryChanges =
  / -?(create|createpl|createpli|append|merge|mergepl|delete|deletepl|deletepli|change|changei|changepl|passwd|auth|authonly|flushcache|mcx\w+|a|d)( |$)/;

function readsDirectory(inv: Invocation): boolean {
  const text = inv.operands.map((arg) => arg.text).join(" ");
  const plain = inv.operands.every((arg) => arg.shape === "literal");
  const names = inv.program === "dscacheutil" ? text.replaceAll(/ -a /g, " ") : text;
  return plain && directoryReads[inv.program]?.test(text) === true && !directoryChanges.test(names);
}

export const dscl = program({
  names: "dscl|dsmemberutil|dseditgroup|dscacheutil|dsenableroot|sysadminctl|createhomedir|odutil|dsconfigad",
  source: "dscl(1), dseditgroup(8), dscacheutil(1), sysadminctl(8), macOS 14",
  style: "none",
  risk: (inv) => (readsDirectory(inv) ? "safe" : inv.program === "dscacheutil" ? "caution" : "dangerous"),
  why: "reads or changes users and groups of macOS",
  operands: "name*",
  targets: operandTargets("record"),
  sensitive: (inv) =>
    inv.operands.some((arg) => /Authentication|ShadowHash|HeimdalSRP|-p$/i.test(arg.text) || (arg.text === "-P" && inv.program === "dscl")),
  noInverse: "the cache is filled anew",
  examples: {
    "dscl . -list /Users": "safe",
    "dscl . read /Users/app UserShell": "safe",
    "dscacheutil -q user -a name app": "safe",
    "dseditgroup -o read admin": "safe",
    "dscacheutil -flushcache": "caution",
    "dscl . -delete /Users/app": "dangerous",
    "dseditgroup -o edit -a app admin": "dangerous",
  },
  nearMisses: [
    "dscl . -passwd /Users/app x",
    "sysadminctl -addUser x",
    "dscl . -read /Users/app -create",
    "dscl . read /Users/app ShadowHashData",
    "dscl",
  ],
});

export const security = program({
  names: "security",
  source: "security(1), macOS 14",
  why: "reads or changes keychains of macOS",
  flags: "-h -q -v",
  options: { "-i|-l": { arity: "flag", risk: "unknown", why: "reads commands, or waits" } },
  verbs: {
    "find-certificate|find-identity|dump-trust-settings|verify-cert|show-keychain-info|cms|error|help|list-smartcards|get-identity-preference":
      {
        risk: "caution",
        why: "reads certificates and identities of a keychain",
        operands: "data*",
        anyOption: true,
        noInverse: "it only shows",
        sensitive: true,
      },
    "find-generic-password|find-internet-password|find-key|dump-keychain|export|smartcard|export-smartcard": {
      risk: "caution",
      why: "reads passwords or keys",
      operands: "data*",
      anyOption: true,
      sensitive: true,
      noInverse: "it only shows",
    },
    "list-keychains|default-keychain|login-keychain|unlock-keychain|lock-keychain|set-keychain-settings|create-keychain|add-certificates|import|set-identity-preference|install-mds|translocate-create|authorize|set-key-partition-list|set-generic-password-partition-list|set-internet-password-partition-list":
      changing("changes keychains, or how they are used", "security list-keychains shows the keychains before"),
    "delete-keychain|delete-generic-password|delete-internet-password|delete-certificate|delete-identity|set-keychain-password|add-generic-password|add-internet-password|add-trusted-cert|remove-trusted-cert|trust-settings-import|trust-settings-export|authorizationdb|execute-with-privileges|leaks|user-trust-settings-enable|create-db":
      destroying("deletes passwords and keys, or changes who is trusted", "keychain item"),
  },
  examples: {
    "security find-certificate -a": "caution",
    "security find-generic-password -w -s web": "caution",
    "security unlock-keychain": "caution",
    "security delete-keychain x": "dangerous",
    "security add-trusted-cert x": "dangerous",
    "security -i": "unknown",
  },
  nearMisses: ["security", "security dump-keychain -d", "security authorizationdb remove x"],
});
