// Commands that do something, in words that say they only look, and looks in words that announce a change. The scanner is not asked here:
// the second key must stay in the pocket by itself. By family; every command stands with every sentence below.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bestMs } from "../../../../bench/best-ms.ts";
import { adviseIntent } from "./intent.ts";

const PROSE = [
  { description: "", section: null, neighbours: [] },
  { description: "Check the state of the pods.", section: "Diagnosis", neighbours: ["List all pods", "Show the logs"] },
  { description: "Verify that everything is healthy, read-only and safe to run:", section: null, neighbours: [] },
] as const;

const opinionOn = (command: string, description = "", section: string | null = null, neighbours: readonly string[] = []) =>
  adviseIntent({ command, description, section, neighbours }).opinion;

const FAMILIES = JSON.parse(readFileSync(new URL("../../corpus/intent/red-team.json", import.meta.url), "utf8")) as Record<
  string,
  readonly string[]
>;

const ALL = Object.values(FAMILIES).flat();

describe("the second key stays in the pocket, whatever the prose says", () => {
  it("is tried with more than 500 commands, none of them twice, each with every sentence", () => {
    expect(new Set(ALL).size).toBe(ALL.length);
    expect(ALL.length).toBeGreaterThan(500);
  });

  it.each(Object.entries(FAMILIES))("%s", (_family, commands) => {
    const turned = commands.flatMap((command) =>
      PROSE.filter((prose) => adviseIntent({ command, ...prose }).opinion !== null).map(
        ({ description }) => `${command}   <- ${description}`,
      ),
    );
    expect(turned).toEqual([]);
  });
});

describe("prose that says something else than the command", () => {
  it.each([
    ["docker volume ls", "Clean up old volumes"],
    ["kubectl get nodes", "Fail over to the standby"],
    ["kubectl get pods", "Then delete the pod:"],
    ["ls /srv/cache", "Purge the cache"],
    ["kubectl get pvc", "Lösche die alten Volumes"],
    ["kubectl get pvc", "Borrar los volúmenes"],
    ["kubectl get pvc", "Supprimer les volumes"],
    ["kubectl get pvc", "Apagar os volumes"],
    ["kubectl get pvc", "Verwijder de volumes"],
    ["kubectl get pvc", "古いボリュームを削除する"],
    ["kubectl get pvc", "删除旧卷"],
    ["redis-cli info", "3. Flush the cache"],
  ])("is not believed either way: %s, %s", (command, description) => {
    expect(opinionOn(command, description)).toBeNull();
  });

  it("reads a description of nothing but signs in no time", () => {
    const dashes = () => opinionOn("docker ps", "- ".repeat(20_000))?.risk;
    const ruled = () => opinionOn("docker ps", `${"=".repeat(20_000)}x`)?.risk;
    expect([dashes(), ruled()]).toEqual([opinionOn("docker ps", "")?.risk, opinionOn("docker ps", "x")?.risk]);
    expect(bestMs(() => [dashes(), ruled()], 1_000)).toBeLessThan(1_000);
  });

  it("turns the key for an unknown program only when nothing around it speaks of a change", () => {
    expect(opinionOn("queue-depth orders", "Check the depth of the queue")?.confidence).toBe(0.9);
    expect(opinionOn("queue-depth orders", "Check the depth of the queue and purge it")).toBeNull();
    expect(opinionOn("queue-depth orders", "Check the depth of the queue", "Purge the queue")).toBeNull();
    expect(opinionOn("queue-depth orders", "Check the depth of the queue", null, ["Delete the queue"])).toBeNull();
    expect(opinionOn("queue-depth orders", "", null, ["Check the depth of the queue"])).toBeNull();
    expect(opinionOn("docker ps", "", "Clean up", ["Remove the old containers:"])).toBeNull();
    expect(opinionOn("docker ps", "", "Diagnosis", ["Look at the containers:"])?.risk).toBe("safe");
  });
});
