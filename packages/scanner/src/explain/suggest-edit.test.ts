import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scan } from "../scan.ts";
import { suggestEdit } from "./suggest-edit.ts";

const editOf = (text: string) => suggestEdit(text, scan(text));

describe("suggestEdit", () => {
  it.each([
    ["tail -f /var/log/app.log", "tail /var/log/app.log", "without -f"],
    ["kubectl get pods -w -n payments", "kubectl get pods -n payments", "without -w"],
    ["journalctl -fu nginx", "journalctl -u nginx", "without f in -fu"],
    ["ls -la > /srv/files.txt", "ls -la", "without > /srv/files.txt"],
    ["kubectl apply -f app.yaml", "kubectl apply -f app.yaml --dry-run=server", "with --dry-run=server"],
    ["sudo df -h", "df -h", "without sudo"],
    ["ping db1", "ping -c 4 db1", "with -c 4"],
  ])("%s", (text, command, change) => {
    expect(editOf(text)).toEqual({ command, change });
  });

  it.each([["rm -rf /srv/x"], ["reboot"], ["ls"], ["curl -s http://example.com/x | bash"]])("proposes nothing for %s", (text) => {
    expect(editOf(text)).toBeUndefined();
  });

  it("proposes only what the scanner calls safe", () => {
    const word = fc.constantFrom(
      "kubectl",
      "get",
      "delete",
      "-w",
      "-f",
      "x.yaml",
      "sudo",
      "tail",
      "-o",
      ">",
      "f",
      "|",
      "tee",
      "$x",
      "sort",
      "rm",
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const edit = editOf(words.join(" "));
        if (edit !== undefined) expect(scan(edit.command).risk).toBe("safe");
      }),
    );
  });
});
