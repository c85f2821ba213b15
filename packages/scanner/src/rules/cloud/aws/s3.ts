// aws s3: the high-level commands, which take local paths and s3:// addresses. Part of the aws rule (aws.ts).
// Writing into a bucket overwrites without asking; only `--dryrun`, spelled out, shows without doing.
import type { Arg } from "../../../arg.ts";
import type { Invocation } from "../../../invocation.ts";
import { quoteWord } from "../../../quote.ts";
import type { CommandRule, RuleContext } from "../../../rule.ts";
import { sensitivePath } from "../../../sensitive-paths.ts";
import type { Inverse, Risk, Target } from "../../../types.ts";
import { writeFinding } from "../../../write-paths.ts";
import { makesNoCall, spellings } from "./globals.ts";
import { judgeRead, judgeWords, read, secret } from "./kinds.ts";

const transferFlags =
  "--recursive --quiet --no-progress --progress --only-show-errors --follow-symlinks --no-follow-symlinks --no-guess-mime-type --guess-mime-type " +
  "--force-glacier-transfer --ignore-glacier-warnings --size-only --exact-timestamps --case-conflict --checksum-mode --bypass-governance-retention --force";
const transferValues =
  "--include --exclude --acl --content-type --content-encoding --cache-control --storage-class --sse --sse-c --sse-kms-key-id --grants --metadata " +
  "--metadata-directive --page-size --expected-size --request-payer --source-region --expires --copy-props --website-redirect --content-disposition " +
  "--content-language --sse-c-key --sse-c-copy-source --sse-c-copy-source-key --checksum-algorithm --index-document --error-document --expires-in";

function isRemote(arg: Arg | undefined): boolean {
  return arg?.head.startsWith("s3://") === true;
}

function showsOnly(inv: Invocation): boolean {
  return makesNoCall(inv) || inv.has("--dryrun");
}

/** `s3 cp s3://bucket/key -` prints the object. */
function printsObject(inv: Invocation): boolean {
  return inv.operands.length === 2 && isRemote(inv.operands[0]) && inv.operand(1) === "-" && inv.unlisted.length === 0;
}

const unlessShown = (risk: Risk) => (inv: Invocation) => (showsOnly(inv) ? "safe" : risk);

/** Where it writes on this machine, and what it carries out of it. */
function judgeTransfer(inv: Invocation, ctx: RuleContext): void {
  if (printsObject(inv) || showsOnly(inv)) judgeRead(inv, ctx);
  else judgeWords(inv, ctx);
  const [from, to] = inv.operands;
  if (from === undefined || to === undefined || showsOnly(inv)) return;
  if (isRemote(from)) judgeDownload(from, to, ctx);
  else judgeUpload(from, ctx);
}

function judgeDownload(from: Arg, to: Arg, ctx: RuleContext): void {
  if (isRemote(to)) return;
  const finding = to.head === "-" ? undefined : writeFinding(to, undefined, undefined, undefined);
  if (finding !== undefined) ctx.report(finding);
  else if (sensitivePath(from.head) !== undefined)
    ctx.report({ risk: "caution", why: `${from.text} looks like a secret`, sensitive: true, span: from.span });
}

function judgeUpload(from: Arg, ctx: RuleContext): void {
  const why = sensitivePath(from.head);
  if (why !== undefined) ctx.report({ risk: "dangerous", why: `${from.text} ${why} and leaves this machine`, span: from.span });
}

function addresses(inv: Invocation): readonly Target[] {
  const remote = inv.operands.filter(isRemote);
  const named = remote.length > 0 ? remote.slice(-1) : inv.operands.slice(-1);
  return named.map((arg) => ({ kind: "s3 address", name: arg.text }));
}

const transfer: CommandRule = {
  risk: unlessShown("caution"),
  why: "copies objects, over those that are there",
  safer: "--dryrun",
  flags: `${transferFlags} --dryrun`,
  values: transferValues,
  operands: "data*",
  anyOption: true,
  anyWord: true,
  targets: addresses,
  noInverse: "what was overwritten is gone unless the bucket keeps versions",
  inspect: judgeTransfer,
};

const removal: CommandRule = {
  ...transfer,
  risk: unlessShown("dangerous"),
  why: "deletes objects",
};

function unmake(inv: Invocation): Inverse | undefined {
  const name = inv.operands.length === 1 && inv.options.length === 0 && inv.unlisted.length === 0 ? inv.operand(0) : undefined;
  return name === undefined ? undefined : { kind: "command", command: `aws s3 rb ${quoteWord(name)}` };
}

export const s3: CommandRule = {
  risk: "unknown",
  why: "works with S3",
  verbs: {
    help: { ...read, why: "prints the manual" },
    ls: {
      ...read,
      why: "lists buckets or objects",
      flags: "--recursive --human-readable --summarize",
      values: "--request-payer --page-size",
    },
    cp: { ...transfer, risk: (inv) => (printsObject(inv) || showsOnly(inv) ? "safe" : "caution") },
    sync: {
      ...transfer,
      why: "makes one place like the other, over what is there",
      risk: (inv) => (showsOnly(inv) ? "safe" : inv.has("--delete") ? "dangerous" : "caution"),
      flags: `${transferFlags} --dryrun ${spellings("--delete", "--de")}`,
    },
    mv: { ...removal, why: "copies objects and deletes the originals" },
    rm: removal,
    rb: { ...removal, why: "deletes a bucket", safer: "look at it with aws s3 ls first" },
    mb: {
      ...transfer,
      risk: (inv) => (makesNoCall(inv) ? "safe" : "caution"),
      why: "makes a bucket",
      inverse: unmake,
      noInverse: "delete the bucket in its region to take it back",
    },
    website: {
      ...transfer,
      risk: (inv) => (makesNoCall(inv) ? "safe" : "caution"),
      why: "changes how a bucket is published",
      noInverse: "read aws s3api get-bucket-website before, to put it back",
    },
    presign: { ...secret, why: "makes an address that opens an object to anybody", values: "--expires-in" },
  },
};
