import { AppError } from "@dd0c/core";
import { expect, it } from "vitest";
import { firstReachable, serversInTurn } from "./servers.ts";

const three = { server: "a:1", otherServers: ["b:1", "c:1", "a:1"] };

it.each([
  [0, ["a:1", "b:1", "c:1"]],
  [0.34, ["b:1", "c:1", "a:1"]],
  [0.999, ["c:1", "a:1", "b:1"]],
])("begins at a place of chance (%s) and leaves none out", (chance, order) => {
  expect(serversInTurn(three, () => chance)).toEqual(order);
});

it("asks the next one only where the one before cannot be reached", async () => {
  const asked: string[] = [];
  const answers = (code: "AGENT_OFFLINE" | "CERTIFICATE_INVALID") => async (server: string) => {
    asked.push(server);
    if (server !== "c:1") throw new AppError(code);
    return "yes";
  };
  expect(await firstReachable(serversInTurn(three), answers("AGENT_OFFLINE"))).toBe("yes");
  await expect(firstReachable(serversInTurn(three), answers("CERTIFICATE_INVALID"))).rejects.toMatchObject({ code: "CERTIFICATE_INVALID" });
  expect(asked).toEqual(["a:1", "b:1", "c:1", "a:1"]);
  await expect(firstReachable(["d:1"], answers("AGENT_OFFLINE"))).rejects.toMatchObject({ code: "AGENT_OFFLINE" });
});
