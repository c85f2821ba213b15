import { describe, expect, it } from "vitest";
import { replaceSpans, variableSpans } from "./variable-spans.ts";

const variables = [
  { name: "pod", placeholders: ["<pod>", "$POD", "${POD}", "{{pod}}", "%POD%", "POD_NAME"] },
  { name: "pods", placeholders: ["$PODS"] },
];

describe("variableSpans", () => {
  it.each([
    ["kubectl logs <pod> -n x", "kubectl logs [pod] -n x"],
    ["a $POD b ${POD} c {{pod}} d %POD%", "a [pod] b [pod] c [pod] d [pod]"],
    ["$PODS $POD $PODX ${PODX}", "[pods] [pod] $PODX ${PODX}"],
    ["$POD/x$POD.y$POD-z", "[pod]/x[pod].y[pod]-z"],
    ["logs POD_NAME MYPOD_NAME", "logs [pod] MYPOD_NAME"],
    ["<pod><pod> <other>", "[pod][pod] <other>"],
    ["nothing here", "nothing here"],
    ["", ""],
  ])("%s", (command, expected) => {
    expect(replaceSpans(command, variableSpans(command, variables), ({ name }) => `[${name}]`)).toBe(expected);
  });

  it("tells several `...` apart by what stands before them, and fills none that belongs to no variable", () => {
    const elided = [
      { name: "bucket", placeholders: ["..."] },
      { name: "prefix", placeholders: ["..."] },
      { name: "DOMAIN", placeholders: ["DOMAIN"] },
    ];
    const command = "aws s3api ls --prefix ... --bucket ... --key ... DOMAIN SUBDOMAIN";
    const expected = "aws s3api ls --prefix [prefix] --bucket [bucket] --key ... [DOMAIN] SUBDOMAIN";
    expect(replaceSpans(command, variableSpans(command, elided), ({ name }) => `[${name}]`)).toBe(expected);
  });
});
