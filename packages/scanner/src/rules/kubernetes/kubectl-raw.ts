// `kubectl get --raw PATH`: which paths of the API server are plain reads. Paths that pass through a proxy reach services and kubelets,
// where a GET may run commands; only the kubelet's own reports are accepted there.
import type { Arg } from "../../arg.ts";
import type { Finding } from "../../rule.ts";

const plainPath = /^\/(?!.*(?:\/\/|\/\.{1,2}(?:\/|$)|%))[\w./:-]*(?:\?[\w.,=&:%!()-]*)?$/;
const health = /^\/(healthz|livez|readyz)(\/[\w./-]+)?(\?verbose(=\w*)?(&exclude=[\w.-]+)*)?$/;
const published =
  /^\/(version|metrics|metrics\/(slis|resources)|api|apis|openapi\/v[23](\/.*)?|\.well-known\/openid-configuration|openid\/v1\/jwks)\/?$/;
const objects = /^\/(api\/v1|apis\/[\w.-]+(\/v\w+)?)(\/|\?|$)/;
const kubeletReport = /^\/api\/v1\/nodes\/[\w.-]+\/proxy\/(metrics(\/(cadvisor|resource|probes))?|stats\/summary|healthz|pods|configz)\/?$/;
const runs = /\/(exec|attach|portforward|run|cri)(\/|\?|$)/;

const unknownPath: Finding = { risk: "unknown", why: "this path of the API server is not in the table" };

/** What reading `path` means; undefined for a plain read. */
export function rawFinding(path: Arg): Finding | undefined {
  const text = path.text;
  if (runs.test(text)) return { risk: "dangerous", why: "reaches into a container through the API server" };
  // An unquoted `?` makes a pattern of it, which stays itself where no such file is.
  if (path.shape === "glob" && health.test(text)) return undefined;
  if (path.shape !== "literal" || !plainPath.test(text)) return unknownPath;
  if (health.test(text) || published.test(text) || kubeletReport.test(text)) return undefined;
  return objectFinding(text);
}

function objectFinding(path: string): Finding | undefined {
  if (/\/proxy(\/|\?|$)/.test(path)) return { ...unknownPath, why: "goes through the API server to a service or a node" };
  if (!objects.test(path)) return unknownPath;
  if (/\/secrets(\/|\?|$)/.test(path)) return { risk: "caution", why: "prints secrets", sensitive: true };
  if (/[?&](watch|follow)(=|&|$)/.test(path) || path.includes("/watch/"))
    return { risk: "caution", why: "watches without end", unbounded: true };
  return undefined;
}
