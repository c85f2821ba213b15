// A path that would be written -> how bad that is: nothing for /dev/null, caution for ordinary files, dangerous for devices and system files.
// Used for output redirections, options and operands of kind "write".
import type { Arg } from "./arg.ts";
import type { Finding } from "./rule.ts";
import type { Risk } from "./types.ts";

const harmless: ReadonlySet<string> = new Set(["/dev/null", "/dev/stdout", "/dev/stderr"]);

const critical: readonly string[] = [
  "/dev/",
  "/etc/",
  "/boot/",
  "/usr/",
  "/bin/",
  "/sbin/",
  "/lib",
  "/sys/",
  "/proc/",
  "/var/spool/cron",
  "/var/lib/",
  "/root/",
  "~/.ssh",
  "~/.bash",
  "~/.profile",
  "~/.zsh",
  "~/.kube",
  "~/.aws",
  "~/.gitconfig",
  "~/.config",
];

/** Whether writing to `path` destroys or takes over a system. `path` may be only the beginning of one. */
export function isCriticalPath(path: string): boolean {
  if (path === "/" || path.includes("/.ssh/") || path.includes("authorized_keys")) return true;
  return critical.some((start) => path.startsWith(start) || `${path}/` === start);
}

/** The finding for a written path; undefined when nothing is kept. `risk` overrides caution for ordinary files. */
export function writeFinding(arg: Arg, why: string | undefined, risk: Risk | undefined, safer: string | undefined): Finding | undefined {
  if (arg.shape === "literal" && harmless.has(arg.text)) return undefined;
  const path = arg.head.replaceAll(/\/(\.?\/)+/g, "/");
  const traversed = path.includes("/../");
  if (isCriticalPath(path) || traversed)
    return { risk: "dangerous", why: `writes ${arg.text}, which the system depends on`, span: arg.span };
  if (arg.shape !== "literal") return { risk: "unknown", why: `writes a file whose name is not written out: ${arg.text}`, span: arg.span };
  const finding: Finding = { risk: risk ?? "caution", why: why ?? `writes ${arg.text}`, span: arg.span };
  return safer === undefined ? finding : { ...finding, safer };
}
