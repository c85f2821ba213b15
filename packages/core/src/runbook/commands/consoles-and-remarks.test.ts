import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

interface Case {
  readonly name: string;
  readonly text: string;
  /** Line and text of each command of a step. */
  readonly commands: readonly string[];
}

const commandsOf = (text: string): readonly string[] => {
  const result = parseRunbook(text);
  return result.ok ? result.runbook.steps.flatMap(({ commands }) => commands.map((one) => `${String(one.line)} ${one.text}`)) : [];
};

const fence = (...lines: readonly string[]): string => ["# A", "", "1. Look:", "", "```", ...lines, "```", ""].join("\n");

const CONSOLES: readonly Case[] = [
  { name: "the prompt of a database's own shell", text: fence("RMAN> RESTORE DATAFILE 4;"), commands: ["6 RESTORE DATAFILE 4;"] },
  {
    name: "a client opened behind a drive's prompt",
    text: fence("C:\\>diskpart", "DISKPART> list volume", "", "  Volume 2  D  Shares", "", "DISKPART> extend"),
    commands: ["6 diskpart", "7 list volume", "11 extend"],
  },
  {
    name: "a host's name, a blank and a dollar",
    text: fence("db7 $ sudo -u postgres psql SHOP", "Password:", "SHOP=# grant connect on database SHOP to watch;"),
    commands: ["6 sudo -u postgres psql SHOP", "8 grant connect on database SHOP to watch;"],
  },
  {
    name: "levels of a cluster shell",
    text: fence("crm(live)# cd configure", "crm(live)configure# show", "node a"),
    commands: ["6 cd configure", "7 show"],
  },
  {
    name: "the mark of a documented terminal",
    text: "# A\n\n1. Look:\n\n```{terminal}\n:input: incus start web\n\nConsole log:\n```\n",
    commands: ["6 incus start web"],
  },
  {
    name: "zsh in a folder",
    text: fence("mia@mbp ~ % kubectl get events -n shop | tail -3", "41s   Warning"),
    commands: ["6 kubectl get events -n shop | tail -3"],
  },
  {
    name: "one word behind root's mark among other commands",
    text: fence("# git clone https://git.example.net/prof", "# cd prof", "# ./prof.py -p <pid>"),
    commands: ["6 git clone https://git.example.net/prof", "7 cd prof", "8 ./prof.py -p <pid>"],
  },
  {
    name: "a caret that continues behind a drive's prompt",
    text: fence("D:\\>robocopy \\\\old\\D$ D:\\Shares /MIR ^", "      /R:1 /W:1", "D:\\>echo %ERRORLEVEL%"),
    commands: ["6 robocopy \\\\old\\D$ D:\\Shares /MIR /R:1 /W:1", "8 echo %ERRORLEVEL%"],
  },
  {
    name: "meta commands on top of a query",
    text: fence("\\c shop", "\\x", "select * from pgstattuple('visit');", "table_len          | 425984", "tuple_count        | 580"),
    commands: ["6 \\c shop", "7 \\x", "8 select * from pgstattuple('visit');"],
  },
  {
    name: "a block whose tag is an editor's default",
    text: "# A\n\n1. Set up:\n\n```jsx\nexport DAY=2025-01-02\ncd ~/src/dwh && git pull\n```\n",
    commands: ["6 export DAY=2025-01-02", "7 cd ~/src/dwh && git pull"],
  },
  {
    name: "Windows programs in capitals",
    text: "# A\n\nRun the following to see who holds the roles.\n```Netdom query fsmo```\n",
    commands: ["4 Netdom query fsmo"],
  },
];

const BARE: readonly Case[] = [
  { name: "a number in brackets behind it", text: "Disk\n\n1. How full is it? df –h / (2 GB free is enough)\n", commands: ["3 df -h /"] },
  {
    name: "calls with their keywords in capitals",
    text: "QBATCH hangs\n\n1. Look what is active: WRKACTJOB SBS(QBATCH) SEQ(*STS)\n2. Hold the queue\n     HLDJOBQ JOBQ(QGPL/QBATCH)\n3. RLSJOBQ JOBQ(QGPL/QBATCH)\n",
    commands: ["3 WRKACTJOB SBS(QBATCH) SEQ(*STS)", "5 HLDJOBQ JOBQ(QGPL/QBATCH)", "6 RLSJOBQ JOBQ(QGPL/QBATCH)"],
  },
  {
    name: "a remark in brackets behind options",
    text: "Lock\n\n1) check it: aws dynamodb get-item --table-name locks --profile net (you must see the same ID)\n",
    commands: ["3 aws dynamodb get-item --table-name locks --profile net"],
  },
  {
    name: "a command in brackets and one behind the colon",
    text: "Lock\n\n1) go in the folder of the stack (cd stacks/core) and init: terraform init -reconfigure\n",
    commands: ["3 cd stacks/core", "3 terraform init -reconfigure"],
  },
  {
    name: "what a comma leads to",
    text: "Lock\n\n1) make a copy of the state before you touch it, terraform state pull > ~/core.tfstate\n",
    commands: ["3 terraform state pull > ~/core.tfstate"],
  },
  {
    name: "a drawn arrow behind a command of its own line",
    text: 'Lock\n\n1) terraform plan -lock-timeout=60s    ==> "No changes" or only your own\n',
    commands: ["3 terraform plan -lock-timeout=60s"],
  },
  {
    name: "what is to be done instead of what is refused",
    text: "Lock\n\n1) if the plan wants to destroy things: do not apply, push back the copy (terraform state push ~/core.tfstate) and call Miro\n",
    commands: ["3 terraform state push ~/core.tfstate"],
  },
  {
    name: "a loop that sets a separator",
    text: "Markers\n\nDelete them in a loop:\n\nwhile IFS=$'\\t' read -r key ver; do\n  aws s3api delete-object --key \"$key\"\ndone < markers.tsv\n",
    commands: ["5 while IFS=$'\\t' read -r key ver; do\n  aws s3api delete-object --key \"$key\"\ndone < markers.tsv"],
  },
  {
    name: "a command at the end of a remark in brackets",
    text: "Markers\n\n1. Delete them (with 16 in parallel, split the file with split -n l/16 markers.tsv part_)\n",
    commands: ["3 split -n l/16 markers.tsv part_"],
  },
  {
    name: "dashes that a word processor drew inside a name",
    text: "Upgrade\n\n–\tGet the packages — sudo apt–get update\n–\tThen — sudo apt–get –y upgrade | tee ~/upgrade.log\n",
    commands: ["3 sudo apt-get update", "4 sudo apt-get -y upgrade | tee ~/upgrade.log"],
  },
  {
    name: "a quoted format",
    text: "Secret\n\n1. Change the secret: printf ‘%s’ “<new-ip>” | gcloud secrets versions add db-host –data-file=-\n",
    commands: ["3 printf '%s' \"<new-ip>\" | gcloud secrets versions add db-host --data-file=-"],
  },
  {
    name: "emphasis inside and behind a command",
    text: "# A\n\n1. Destroy it as below.\n   - tools/build.sh -c **destroy** -p mongo\n   - tools/build.sh -c apply -p mongo **you can do a targeted apply but need not**\n",
    commands: ["4 tools/build.sh -c destroy -p mongo", "5 tools/build.sh -c apply -p mongo"],
  },
  {
    name: "a script of a folder with its verb",
    text: "# A\n\n* Run bin/gerrit.sh run to confirm that all is well.\n",
    commands: ["3 bin/gerrit.sh run"],
  },
];

const OTHERS: readonly Case[] = [
  {
    name: "the body of a numbered step that is set in below it",
    text: "AGENT STUCK\n\nSTEP 1: is it alive\n\tsc \\\\<server> query Agent\n\nSTEP 2: start\n\tsc \\\\<server> start Agent\n\ttimeout /t 60\n",
    commands: ["4 sc \\\\<server> query Agent", "7 sc \\\\<server> start Agent", "8 timeout /t 60"],
  },
  { name: "a lone program behind sudo", text: "# A\n\n1. Patch it and then run sudo reboot.\n", commands: ["3 sudo reboot"] },
  {
    name: "a command behind a question",
    text: "Logs\n\n1) nginx logs big? -> logrotate -f /etc/logrotate.d/nginx (if it complains do chmod 755 /var/log/nginx first)\n",
    commands: ["3 logrotate -f /etc/logrotate.d/nginx", "3 chmod 755 /var/log/nginx"],
  },
  {
    name: "what is asked in front of a pipe",
    text: "Logs\n\n1) whats big: du -ah /var/log | sort -rh | head -15\n",
    commands: ["3 du -ah /var/log | sort -rh | head -15"],
  },
  {
    name: "letters that stand together behind a drawn dash, by the program of each stage",
    text: "Nginx\n\n1. sudo rm –rf /etc/nginx/ssl\n2. Check: curl –sI https://x.example | head –1 … must be 200\n3. Test: echo | openssl s_client –connect x.example:443 | openssl x509 –noout –enddate\n4. Keep: gzip –keep /tmp/a\n",
    commands: [
      "3 sudo rm -rf /etc/nginx/ssl",
      "4 curl -sI https://x.example | head -1",
      "5 echo | openssl s_client -connect x.example:443 | openssl x509 -noout -enddate",
      "6 gzip --keep /tmp/a",
    ],
  },
  {
    name: "a procedure of a database's agent, and a change of database",
    text: fence("USE ERP_PROD;", "EXEC msdb.dbo.sp_start_job @job_name = N'LogBackup';"),
    commands: ["6 USE ERP_PROD;", "7 EXEC msdb.dbo.sp_start_job @job_name = N'LogBackup';"],
  },
  {
    name: "how it was found and fixed in a review",
    text: "# Incident review: carts lost\n\n## Summary\n\nCarts.\n\n## How we fixed it\n\n1. We raised the limit:\n\n   ```\n   redis-cli config set maxmemory 8gb\n   ```\n\n## What we tried in vain\n\nWe ran `redis-cli flushall` without effect.\n\n## Lessons\n\n- Alert.\n",
    commands: ["12 redis-cli config set maxmemory 8gb"],
  },
];

const MARKED: readonly Case[] = [
  {
    name: "commands like this one",
    text: "# A\n\n1. Use commands like `kubectl get pods -o wide` to see it.\n",
    commands: ["3 kubectl get pods -o wide"],
  },
  {
    name: "what is confirmed using it",
    text: "# A\n\n1. Confirm that it will be the only pool removed using `make prod plan`.\n",
    commands: ["3 make prod plan"],
  },
  {
    name: "a script that is named after its order",
    text: "# A\n\n* In the slave (check again) run the script `/root/recover.sh`\n",
    commands: ["3 /root/recover.sh"],
  },
  { name: "meta commands behind a colon", text: "# A\n\n1. List databases: `\\list` or `\\l`\n", commands: ["3 \\list", "3 \\l"] },
  {
    name: "how something can be done",
    text: "# A\n\n1. This requires a login, which can be done using `aws configure` or by a role.\n",
    commands: ["3 aws configure"],
  },
  {
    name: "what closes an order behind a purpose",
    text: "# A\n\n1. To ensure that nothing lands on the old pool (it may be full) disable the autoscaler `make prod disable-autoscaler POOL=a`.\n",
    commands: ["3 make prod disable-autoscaler POOL=a"],
  },
  {
    name: "a request of a search engine's console",
    text: "# A\n\n1. Delete the index via the devtools `DELETE _cold/live-2024`\n",
    commands: ["3 DELETE _cold/live-2024"],
  },
  { name: "a Chinese order", text: "# A\n\n1. 滚动升级节点；监控 `kubectl get pods`。\n", commands: ["3 kubectl get pods"] },
];

const LEFT: readonly Case[] = [
  {
    name: "a second thing that a sentence may forbid",
    text: "# A\n\n1. Call us. Do not restart it, delete the claim (`kubectl delete pvc data`) before we say so.\n",
    commands: [],
  },
  {
    name: "what a pod does every night",
    text: "# A\n\n1. Call us.\n\nThe pod deletes old ones every night with `curator_cli --config /etc/c.yml delete_indices`, leave it alone.\n",
    commands: [],
  },
  {
    name: "what runs at night in German",
    text: "# A\n\n1. Call us.\n\nNachts läuft `restic forget --prune`, ältere Stände gibt es nicht.\n",
    commands: [],
  },
  { name: "a question about a command", text: "# A\n\n1. Call us.\n\ndoes `sudo systemctl restart kubelet` do anything?\n", commands: [] },
  {
    name: "what a pipeline does",
    text: "# A\n\n1. Call us.\n\nAppendix: the pipeline does “az webapp deploy” followed by the swap.\n",
    commands: [],
  },
  {
    name: "steps of a table that are named",
    text: "# A\n\n| Value | Action |\n|---|---|\n| LOG_BACKUP | step 3 |\n\n1. Call us.\n",
    commands: [],
  },
  {
    name: "what must not be done, with drawn dashes",
    text: "Upgrade\n\n1. Call us.\n\nWhat you should NOT do: “sudo apt–get dist–upgrade” – that jumps.\n",
    commands: [],
  },
  {
    name: "what must not be done",
    text: "# A\n\n1. Call us.\n\nWhat you should NOT do: “sudo apt-get dist-upgrade” - that jumps.\n",
    commands: [],
  },
  {
    name: "what a robot runs",
    text: "# A\n\n1. Call us.\n\nCertificates are reissued by a non-dryrun `kops update cluster` when it is rotated.\n",
    commands: [],
  },
  {
    name: "a section of a configuration",
    text: "# A\n\n1. Remove this section from `/tmp/restore.conf`\n\n```\nruby {\n  code => '1'\n}\n```\n",
    commands: [],
  },
  { name: "a program that is doing something", text: "# A\n\n1. Run logstash passing in your file:\n", commands: [] },
  {
    name: "the parts of a command that are explained",
    text: "# A\n\n1. Call us.\n\nIn the above example, we:\n\n- `find -type d` - find all folders\n- `-ctime +1` - limit the results of `find`\n",
    commands: [],
  },
  {
    name: "files that matter",
    text: "# A\n\n## Relevant Files\n\n- `/var/www/scripts/sync.sh`\n\n## Steps\n\n1. Call us.\n",
    commands: [],
  },
  { name: "a habit to lose", text: "# A\n\n1. Call us.\n\n- remove the habit of running `rm -rf /srv/*` in trainings\n", commands: [] },
  {
    name: "what something means",
    text: "# A\n\n1. Call us.\n\nNO. a `curl -X DELETE $C/connectors/cdc` means full snapshot\n",
    commands: [],
  },
  {
    name: "an expected text in Spanish",
    text: "# A\n\n1. Mirar:\n\n```\ndf -h\n```\n\nResultado esperado: `media recovery complete`\n",
    commands: ["6 df -h"],
  },
  {
    name: "who launches it in Spanish",
    text: "# A\n\n1. Llamar.\n\nEl job lo lanza Airflow a las 04:00 con `spark-submit ventas.py`\n",
    commands: [],
  },
  { name: "a Korean sentence about it", text: "# A\n\n1. Call us.\n\n`./boot.sh job` 이 자동으로 처리한다.\n", commands: [] },
];

describe("consoles and remarks", () => {
  it.each(CONSOLES)("reads $name", ({ text, commands }) => {
    expect(commandsOf(text)).toEqual(commands);
  });

  it.each(BARE)("finds $name", ({ text, commands }) => {
    expect(commandsOf(text)).toEqual(commands);
  });

  it.each(OTHERS)("reads also $name", ({ text, commands }) => {
    expect(commandsOf(text)).toEqual(commands);
  });

  it.each(MARKED)("takes $name", ({ text, commands }) => {
    expect(commandsOf(text)).toEqual(commands);
  });

  it.each(LEFT)("leaves $name", ({ text, commands }) => {
    expect(commandsOf(text)).toEqual(commands);
  });
});
