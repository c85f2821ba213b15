// Text that could not be understood -> whether something destructive plainly stands in it. It only ever raises unknown to
// dangerous, so it may be crude; it never runs on text that the rules understood. Not on the hot path.
import type { Arg } from "./arg.ts";

const patterns: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\brm\s+(-\w+\s+){0,6}-\w{0,12}[rRf]/, "rm"],
  [/\b(mkfs(\.\w+)?|wipefs|shred|blkdiscard|sgdisk|fdisk|mkswap|pvremove|vgremove|lvremove)\b/, "a program that erases disks"],
  [/\bdd\b[^|;&]{0,200}\bof=/, "dd of="],
  [/>\s*\/dev\/(sd|nvme|vd|xvd|hd|mapper)/, "a write to a disk device"],
  [/\bfind\b.{0,200}\s-(delete|exec(dir)?\s+(rm|shred|unlink)\b)/, "find -delete"],
  [/\b(shutdown|reboot|poweroff|halt|init\s+[06])\b/, "a shutdown"],
  [
    /\b(rmtree|unlinkSync|rmSync|rmdirSync|rm_rf|rm_r|remove_tree|unlink\s|unlink\(|os\.remove|os\.unlink|File\.delete|shutil\.)/,
    "code that deletes files",
  ],
  [/\b(drop|truncate)\s+(table|database|schema|index|view|role|user|keyspace|collection)\b/i, "SQL that drops data"],
  [/\bdelete\s+from\b/i, "SQL that deletes rows"],
  [/\b(flushall|flushdb)\b/i, "a cache flush"],
  [/\bdropDatabase\b|\.drop\s*\(|deleteMany\s*\(/, "a database drop"],
  [/\bkubectl\b.{0,200}\b(delete|drain)\b/, "kubectl delete"],
  [/\b(terraform|tofu)\b.{0,200}\b(destroy|-auto-approve)\b/, "terraform destroy"],
  [/\bgit\b.{0,200}\b(push\s+.{0,200}(--force|-f\b)|reset\s+--hard|clean\s+-\w{0,12}f)/, "git that loses work"],
  [/\baws\b.{0,200}\b(delete|terminate|deregister|rb|rm)\b/, "aws delete"],
  [/\b(docker|podman)\b.{0,200}\b(rm|rmi|prune)\b/, "docker rm"],
  [/\bchmod\s+(-R\s+)?[0-7]*777\b/, "chmod 777"],
  [/:\s*\(\s*\)\s*\{.{0,80}\|.{0,80}&.{0,80}\}/, "a fork bomb"],
  [/(\||<\()\s*(sudo\s+)?(ba|z|da|k)?sh\b/, "a pipe into a shell"],
  [/\b(curl|wget)\b[^|;]{0,200}\|\s*\w*(sh|python\d?|perl|ruby|node)\b/, "a download that is run"],
  [/\/dev\/tcp\/|\bnc\b.{0,200}\s-e\b/, "a reverse shell"],
  [/\b(sudo|doas|pkexec)\s/, "a change of user"],
  [/\bsocat\b.{0,200}\b(EXEC|SYSTEM|SHELL)\b|\bn(c|cat)\b.{0,200}\s(-\w{0,6}[ec]\b|--(sh-)?exec)/, "a network connection to a program"],
  [/\b(terraform|tofu|pulumi)\b.{0,200}(-auto-approve|\bup\b.{0,100}--yes)/, "a change without asking"],
  [/\bkill\s+-9\s+-1\b|\bpkill\b|\bkillall\b/, "killing processes"],
  [/\b(userdel|groupdel|crontab\s+-r|iptables\s+-F|nft\s+flush|swapoff|umount)\b/, "an administrative change"],
  [/\b(base64|xxd|openssl)\b[^|]{0,200}\|\s*\w{0,8}sh\b/, "decoded text that is run"],
];

const longest = 4096;

/** What destructive thing stands in `text`, or undefined. Looks at the first and last 4,096 characters. */
export function destructiveText(text: string): string | undefined {
  const looked = text.length <= 2 * longest ? text : `${text.slice(0, longest)}\n${text.slice(-longest)}`;
  for (const [pattern, what] of patterns) if (pattern.test(looked)) return what;
  return undefined;
}

/** Words that programs use for what cannot be taken back. */
const verbs: ReadonlySet<string> = new Set(
  "delete del destroy remove rm rmi drop purge wipe erase unpublish terminate uninstall revoke prune truncate flush flushall nuke obliterate decommission deprovision teardown killall force-delete delete-all".split(
    " ",
  ),
);

/** Only as part of a task name: `db:reset`, `migrate:fresh`. */
const ofTask: ReadonlySet<string> = new Set(["reset", "fresh", "kill", "rollback", "unset"]);

const searchedWords = 8;

/** The word among the first ones of a command that no rule knows by which programs name what cannot be taken back: `apps:destroy`, `delete-stack`. */
export function destructiveVerb(args: readonly Arg[]): string | undefined {
  const found = args.slice(1, searchedWords).find((arg) => isDestructiveVerb(arg.text));
  return found === undefined ? undefined : `the word ${found.text.slice(0, 40)}`;
}

function isDestructiveVerb(word: string): boolean {
  if (word === "-rf" || word === "-fr" || word === "-Rf") return true;
  const bare = word.replace(/^-{1,2}/, "").toLowerCase();
  if (bare.length > 40) return false;
  if (verbs.has(bare)) return true;
  const parts = bare.split(/[:._-]/);
  return parts.length > 1 && parts.length <= 4 && parts.some((part) => verbs.has(part) || (ofTask.has(part) && bare.includes(":")));
}
