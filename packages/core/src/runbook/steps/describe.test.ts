import { describe as suite, expect, it } from "vitest";
import { describe } from "./describe.ts";

suite("describe", () => {
  it.each([
    ["Make sure the pod is running", "Make sure the pod is running"],
    ["Check that both replicas are running.", "Check that both replicas are running."],
    ["Restart it by running:", "Restart it"],
    ["Restart it using:", "Restart it"],
    ["Restart it and run", "Restart it"],
    ["Den Dienst neu starten mit:", "Den Dienst neu starten"],
  ])("%j becomes %j", (text, description) => {
    expect(describe(text, [])).toBe(description);
  });
});
