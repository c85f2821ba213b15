// Habits of pages that people paste: numbered code on a wiki page, a sheet with a head of its own, rows named by their first cell, titles
// underlined with tildes, boxes ticked with a capital. Texts go in, the steps are expected.

import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

function stepsOf(text: string): readonly string[] {
  const result = parseRunbook(text);
  if (!result.ok) return [];
  return result.runbook.steps.map(({ description, commands }) =>
    [description, ...commands.map(({ line, text: command }) => `${String(line)} ${command}`)].join(" | "),
  );
}

describe("habits of pasted pages", () => {
  it("reads the numbered code of a wiki page up to its button", () => {
    const text = [
      "Wiki » Identity » Directory certificate",
      "Edit   History   Watch   Print",
      "",
      "Directory certificate",
      "Last edited by o.lind 4 months ago",
      "",
      "== Create the request ==",
      "",
      "1  cd /etc/dir/tls",
      "2  openssl req -new -nodes \\",
      "3    -keyout new.key -out new.csr",
      "copy",
      "",
      "== Install ==",
      "",
      "1  systemctl restart slapd",
      "copy",
      "",
      "Was this page helpful?  Yes  No",
    ];
    expect(stepsOf(text.join("\n"))).toEqual([
      "Create the request | 9 cd /etc/dir/tls | 10 openssl req -new -nodes -keyout new.key -out new.csr",
      "Install | 16 systemctl restart slapd",
    ]);
  });

  it("finds the head of a sheet below its title rows, and commands of no known program in the column for them", () => {
    const rows = [
      ["Storage full, checklist", "", ""],
      ["Valid for:", "cluster nas-1", ""],
      ["No.", "Task", "Command (filer)"],
      ["1", "Find the volume", "volume show -vserver files -percent-used >90"],
      ["2", "Ask the owner", ""],
      ["3", "Look from the client", "df -h /mnt/files"],
    ];
    expect(stepsOf(rows.map((cells) => cells.join("\t")).join("\n"))).toEqual([
      "Find the volume | 4 volume show -vserver files -percent-used >90",
      "Ask the owner",
      "Look from the client | 6 df -h /mnt/files",
    ]);
  });

  it("reads the first row of a table whose rows are named by their first cell", () => {
    const html = [
      "<h2>Transports</h2><table><tbody>",
      "<tr><th>1</th><td><p>Is one running?</p><p><code>ssh app-1 ps -ef</code></p></td></tr>",
      "<tr><th>2</th><td><p>Start the job: <code>systemctl start job</code></p></td></tr>",
      "</tbody></table>",
    ];
    expect(stepsOf(html.join("\n")).map((step) => step.split(" | ").at(-1))).toEqual(["2 ssh app-1 ps -ef", "3 systemctl start job"]);
  });

  it("takes tildes below a title of reStructuredText as its underline", () => {
    const text =
      "Recover a host\n~~~~~~~~~~~~~~\n\n#. Reboot it:\n\n   .. code-block:: console\n\n      # openstack server reboot x\n\n.. note::\n\n   Later.\n";
    expect(stepsOf(text)).toEqual(["Reboot it | 8 openstack server reboot x"]);
  });

  it("reads the rows of a table inside a page", () => {
    const rows = ["#\tAction\tCommand\tExpected", "1\tFind the drive\tmc admin info prod\tone offline", "2\tSwap it\t(hands)\tgreen"];
    const text = [
      "Storage team",
      "Drives",
      "Created by Dora Malik, last modified on Nov 06, 2025",
      "",
      "Replace a drive",
      "",
      "Needs: sudo.",
      "",
    ];
    expect(stepsOf([...text, ...rows, "", "Never pull two.", "", "No labels"].join("\n"))).toEqual([
      "Find the drive | 10 mc admin info prod",
      "Swap it - (hands)",
    ]);
  });

  it("fences the code below its numbers in any text, and takes numbered steps below the prerequisites", () => {
    const text =
      "Broker disk\n\nPrerequisites\n\nMembership of the group\n\n1. Look at the disk\n\n1\nssh <broker> df -h\n\n2. Find the topic\n\n1\n2\nssh <broker> du -s\nssh <broker> ls\n";
    expect(stepsOf(text)).toEqual([
      "Look at the disk | 10 ssh <broker> df -h",
      "Find the topic | 16 ssh <broker> du -s | 17 ssh <broker> ls",
    ]);
  });

  it("finds what is needed among other fields", () => {
    const result = parseRunbook(
      "Spooler stuck\n-------------\n\nFor:     Service desk\nNeeded:  member of PrintOperators\nBefore:  the change is open\n\n1. Look: sc query spooler\n",
    );
    expect(result.ok && result.runbook.prerequisites.map(({ description, line }) => `${String(line)} ${description}`)).toEqual([
      "5 member of PrintOperators",
      "6 the change is open",
    ]);
  });

  it("knows by the command as it will run whether a client stays open", () => {
    const result = parseRunbook("Bloat\n\n1. Look: psql –h db –c “select 1”\n2. Then: ssh db-1 'df -h'\n");
    expect(result.ok && result.runbook.steps.flatMap(({ commands }) => commands.map(({ context }) => context ?? "local"))).toEqual([
      "local",
      "local",
    ]);
  });

  it("takes a remark right below a command as what it shows, and a long line that numbers a step as its heading", () => {
    const text =
      "Ring\n\nStep 1: Look at it\n\nnodetool status\n\nLoad% must be below 75.\n\nStep 2: If the node is still down after half an hour, take it out of the ring (its number stands in the output of the step above)\n\nnodetool removenode <id>\n";
    const result = parseRunbook(text);
    expect(result.ok && result.runbook.steps.map(({ expected_output, commands }) => [expected_output ?? null, commands.length])).toEqual([
      ["Load% must be below 75", 1],
      [null, 1],
    ]);
  });

  it("numbers with a dash, and keeps the bare commands below each number", () => {
    const text =
      "Vault selado\n\n1 - Entrar no host\nssh vault-1.example.net\n\n2 - Confirmar\nexport VAULT_ADDR=https://vault-1:8200\nvault status\n";
    expect(stepsOf(text)).toEqual([
      "Entrar no host | 4 ssh vault-1.example.net",
      "Confirmar | 7 export VAULT_ADDR=https://vault-1:8200 | 8 vault status",
    ]);
  });

  it("reads what stands behind the end of a ticket's block", () => {
    const text = "h2. Restart\n\n{code:bash}\nsystemctl restart web\n{code} Then run {{systemctl status web}}\n\nh2. End\n\n# Call us\n";
    expect(stepsOf(text).join("\n")).toContain("5 systemctl status web");
  });
});

describe("numbers, titles and needs as people write them", () => {
  it("takes numbers that Markdown does not know", () => {
    expect(
      stepsOf("Certificado\n\n1.- Copiar el fichero: cp -p /etc/a.pem /root/\n\n2.- Repetir en lb-2\n\n3.) Borrar: shred -u /tmp/a.pem\n"),
    ).toEqual(["Copiar el fichero | 3 cp -p /etc/a.pem /root/", "Repetir en lb-2", "Borrar | 7 shred -u /tmp/a.pem"]);
  });

  it("names a page that says how to do something by its first line", () => {
    const result = parseRunbook("How to restore a database to a point in time\nVersion 1.4, last edit by Mo\n\n1. Look: df -h\n");
    expect(result.ok && result.runbook.title).toBe("How to restore a database to a point in time");
  });

  it("ends what is needed at the first order above code", () => {
    const result = parseRunbook(
      "Volume nearly full\n\nPrerequisites\n- SSH with your own account\n\nIdentify the volume\n\n```\n$ df -h\n```\n\nIf less than 1 TB is left, stop here and open a ticket.\n",
    );
    expect(
      result.ok && [result.runbook.prerequisites.length, result.runbook.steps[0]?.section_kind, result.runbook.branches.length],
    ).toEqual([1, null, 1]);
  });

  it("knows what is good by the words people use for it", () => {
    const text =
      "# Queue\n\n| No. | What | How | Good if |\n|---|---|---|---|\n| 1 | Compare the clocks | `chronyc tracking` | below 0.5 seconds |\n\n1. Follow it with `curl -s $URL/_tasks` until created = total\n2. **Leader**: `vault operator raft list-peers` has one leader\n3. Look: `df -h`\n\n   normal day = 40 to 60 %\n";
    const result = parseRunbook(text);
    expect(result.ok && result.runbook.steps.map(({ expected_output }) => expected_output)).toEqual([
      "below 0.5 seconds",
      expect.stringContaining("until created = total"),
      expect.stringContaining("has one leader"),
      "normal day = 40 to 60 %",
    ]);
  });
});
