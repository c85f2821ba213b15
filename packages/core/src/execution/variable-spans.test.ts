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
});
