// gcloud storage: objects and buckets. Part of the gcloud rule. Printing an object is a read; what copies, moves or mirrors is judged by its
// operands and options, which are all listed, so that none of them can take `--dry-run` or `-` as its value.
import type { Invocation } from "../../../invocation.ts";
import { isWrittenOut } from "../aws/globals.ts";
import type { CommandRule, OptionRule, RuleContext } from "../../../rule.ts";
import { destroy, issue, printsManual, read, start, unlessHelp } from "./kinds.ts";

const copyFlags =
  "--recursive|-R|-r --no-clobber|-n --continue-on-error|-c --preserve-posix|-P --preserve-symlinks --ignore-symlinks --all-versions|-A " +
  "--do-not-decompress --gzip-in-flight-all|-J --gzip-local-all|-Z --print-created-message|-v --skip-unsupported|-U --daisy-chain|-D " +
  "--checksums-only --no-ignore-existing --ignore-existing --skip-if-dest-has-newer-mtime|-u --unordered --dry-run --predefined-default-object-acl";
const copyValues =
  "--content-type --cache-control --content-encoding --content-disposition --content-language --custom-metadata --storage-class|-s " +
  "--gzip-in-flight|-j --gzip-local|-z --manifest-path|-L --exclude|-x --include --encryption-key --decryption-keys --if-generation-match " +
  "--if-metageneration-match --canned-acl|--predefined-acl|-a --custom-time --retention-mode --retain-until --content-md5 --acl-file";
const copyOptions: Readonly<Record<string, OptionRule>> = {
  "--delete-unmatched-destination-objects|-d": { arity: "flag", why: "deletes what the source does not have", safer: "--dry-run first" },
  "--read-paths-from-stdin|-I": { arity: "flag", risk: "unknown", why: "takes the names from its input" },
  "--clear-all-custom-metadata": { arity: "flag", risk: "caution", why: "drops metadata" },
};

/** Only the last operand is `-`, and every source is a bucket: the objects are printed. */
export function printsObjects(inv: Invocation): boolean {
  const last = inv.operands.at(-1);
  const sources = inv.operands.slice(0, -1);
  return last?.shape === "literal" && last.text === "-" && sources.length > 0 && sources.every((arg) => arg.head.startsWith("gs://"));
}

function judgeDeletion(inv: Invocation, ctx: RuleContext): void {
  if (inv.has("--delete-unmatched-destination-objects") && !staysAsItIs(inv))
    ctx.report({ risk: "dangerous", why: "deletes what the source does not have", safer: "--dry-run first" });
}

/** The manual or a list of what would happen is printed. */
function staysAsItIs(inv: Invocation): boolean {
  return printsManual(inv) || (inv.has("--dry-run") && isWrittenOut(inv));
}

const objects = (inv: Invocation) => inv.operands.map((arg) => ({ kind: "object", name: arg.text }));
const copy: CommandRule = {
  risk: (inv) => (staysAsItIs(inv) || printsObjects(inv) ? "safe" : "caution"),
  why: "copies objects or files, over what was there",
  operands: "read*",
  flags: copyFlags,
  values: copyValues,
  options: copyOptions,
  inspect: judgeDeletion,
  safer: "--no-clobber keeps what is there; - as the target prints",
  targets: objects,
  noInverse: "what it overwrites is kept only where versions are switched on",
};

export const storage: Readonly<Record<string, CommandRule>> = {
  "storage ls|du|hash|diff": read,
  "storage cat": { ...read, why: "prints objects", operands: "read*" },
  "storage cp": copy,
  "storage rsync": { ...copy, safer: "--dry-run shows what it would do" },
  "storage rm": { ...destroy, why: "deletes objects or buckets", targets: objects },
  "storage mv": { ...destroy, why: "moves objects, over what was there", targets: objects },
  "storage service-agent": {
    ...read,
    why: "prints the service agent",
    options: { "--authorize-cmek": { risk: "dangerous", why: "gives the agent rights over a key" } },
  },
  "storage objects compose": { ...start, why: "joins objects into one, over what was there" },
  "storage restore": { ...start, why: "brings deleted objects back" },
  "storage buckets relocate": { ...destroy, why: "moves a bucket to another place" },
  "storage buckets update": {
    ...start,
    why: "changes a bucket",
    noInverse: "describe the bucket first and keep the answer",
    options: {
      "--lifecycle-file|--retention-period|--lock-retention-period|--clear-retention-period|--clear-lifecycle|--no-versioning|--no-public-access-prevention|--clear-soft-delete|--soft-delete-duration":
        { arity: "optional", risk: "dangerous", why: "may let objects be deleted, seen or locked for good" },
    },
  },
  "storage sign-url": { ...issue, risk: unlessHelp("caution"), why: "prints an address that opens a private object" },
};
