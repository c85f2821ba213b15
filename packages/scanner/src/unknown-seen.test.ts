// What is counted of a command that no rule knows: the program and what was missing, and nothing of what stood behind it.
import { describe, expect, it } from "vitest";
import { scan } from "./scan.ts";
import { unknownSeen } from "./unknown-seen.ts";

const seen = (command: string): readonly string[] => unknownSeen(scan(command)).map(({ program, reason }) => `${program} ${reason}`);

describe("what is seen of unknown commands", () => {
  it.each([
    ["frob --now", ["frob program"]],
    ["/opt/tools/frob --now", ["frob program"]],
    ["timeout 5 frob x", ["frob program"]],
    ["frob x | nicate y | frob z", ["frob program", "nicate program"]],
    ["kubectl frob x", ["kubectl sub_command"]],
    ["kubectl get pods --frob", ["kubectl option"]],
    ["ls --frob", ["ls option"]],
    ["FOO=bar ls", ["(shell) shell"]],
    ["$X y", ["(shell) shell"]],
    ["frob delete-everything", ["frob program"]],
    ["ls", []],
    ["rm -rf /data", []],
  ])("%s", (command, expected) => expect(seen(command)).toEqual(expected));

  it.each([
    ["SECRET=hunter2 frob --password hunter2 hunter2", "frob program"],
    ["frob'hunter2 and more' x", "(other) program"],
    ["'hunter2 is my password'", "(other) program"],
    ["AKIAABCDEFGHIJKLMN12 x", "(other) program"],
    ["ghp_hunter2hunter2HUNTER2 x", "(other) program"],
    ["user:hunter2@db x", "(other) program"],
    ["d41d8cd98f00b204e9800998ecf8427e", "(other) program"],
    [`${"x".repeat(60)} y`, "(other) program"],
    ["frobé hunter2", "(shell) shell"],
    ["aws hunter2 describe-hunter2", "aws other"],
    ["kubectl hunter2", "kubectl sub_command"],
  ])("keeps no secret of %s", (command, expected) => {
    const found = seen(command);
    expect(found).toContain(expected);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|AKIA|d41d8|xxx/);
  });

  it("is nothing but a bare name or a word in brackets", () => {
    const odd = [
      "frob\tx",
      "./frob",
      "../frob",
      "~/frob",
      "frob;",
      "fro%b",
      "(frob)",
      "`frob`",
      "frob\\ nic",
      '"frob"',
      "f{a,b}",
      "\u202efrob",
    ];
    for (const gap of odd.flatMap((command) => unknownSeen(scan(command))))
      expect(gap.program).toMatch(/^([A-Za-z0-9._+-]{1,40}|\((other|shell)\))$/);
  });
});
