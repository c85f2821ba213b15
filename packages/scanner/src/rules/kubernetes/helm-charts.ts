// What the helm rules share: options that render a chart, and which charts and values files are plain ones.
// A chart or values file named by another scheme than these makes helm run a downloader plug-in.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import type { Finding, OptionRule, RuleContext } from "../../rule.ts";
import { sensitivePath } from "../../sensitive-paths.ts";

const plugin: Finding = { risk: "unknown", why: "this scheme is fetched by a plug-in, which is a program" };
const scheme = /^([\w+.-]+):\/\//;

/** A chart, a values file or a URL: undefined when helm reads it by itself. */
export function chartFinding(arg: Arg): Finding | undefined {
  const found = scheme.exec(arg.text)?.[1];
  if (found === undefined || /^(https?|oci)$/.test(found)) return undefined;
  return { ...plugin, span: arg.span };
}

function valuesFinding(arg: Arg): Finding | undefined {
  const why = sensitivePath(arg.head);
  return chartFinding(arg) ?? (why === undefined ? undefined : { risk: "caution", why: `${arg.text} ${why}`, sensitive: true });
}

/** `--set-file key=PATH`. */
function setFileFinding(arg: Arg): Finding | undefined {
  const why = sensitivePath(arg.head.slice(arg.head.indexOf("=") + 1));
  return why === undefined ? undefined : { risk: "caution", why: `${arg.text} ${why}`, sensitive: true };
}

/** Looks at every operand of a call that takes charts. */
export function inspectCharts(inv: Invocation, ctx: RuleContext): void {
  for (const arg of inv.operands) {
    const finding = chartFinding(arg);
    if (finding !== undefined) ctx.report(finding);
  }
}

export const chartValues =
  "--set --set-string --set-json --set-literal --repo --version --keyring --username --ca-file --cert-file --key-file --description --timeout --name-template --kube-version -a|--api-versions -s|--show-only -l|--labels --history-max --server-side -o|--output";
export const chartFlags =
  "--devel --verify --plain-http --pass-credentials --insecure-skip-tls-verify --include-crds --skip-crds --no-hooks --skip-tests --is-upgrade --release-name --render-subchart-notes --disable-openapi-validation --skip-schema-validation --validate --atomic --rollback-on-failure --cleanup-on-fail --create-namespace -g|--generate-name --hide-notes --hide-secret --replace --reset-values --reuse-values --reset-then-reuse-values -i|--install --take-ownership --wait-for-jobs --force-conflicts --strict --with-subcharts --quiet --crds";

export const chartOptions: Readonly<Record<string, OptionRule>> = {
  "-f|--values": { check: valuesFinding },
  "--set-file": { check: setFileFinding },
  "--password": { risk: "caution", sensitive: true, why: "names a password" },
  "--post-renderer|--post-renderer-args": { risk: "dangerous", why: "runs a program over the manifests", safer: "leave it out" },
  "--enable-dns": { arity: "flag", risk: "unknown", why: "lets the chart look up names of its choice" },
  "--dependency-update": { arity: "flag", risk: "caution", why: "downloads charts into the chart's folder", safer: "leave it out" },
};
