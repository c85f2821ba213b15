import { describe, expect, it } from "vitest";
import { followContext, followSteps } from "./context-switch.ts";
import { opens } from "./shell-openers.ts";

describe("opens", () => {
  it.each([
    "ssh db-1",
    "ssh -i key.pem -p 2222 root@10.0.0.1",
    "ssh root@host -p 22",
    "ssh -J bastion db-1",
    "ssh -t bastion ssh db-1",
    "ssh db-1 sudo -i",
    "ssh db-1 'sudo su -'",
    "ssh db-1 bash -l",
    "sshpass -p x ssh root@h",
    "mosh db-1",
    "cd keys && ssh -i key h",
    "AWS_PROFILE=x ssh h",
    "Enter-PSSession -ComputerName web1",
    "telnet 10.0.0.1",
    "oc debug node/worker-1",
    "oc debug node/worker-1 -- chroot /host bash",
    "oc rsh etcd-0",
    "oc -n x rsh -c etcd etcd-0",
    "oc rsh -n x $(oc get po -o name | awk -F/ 'NR==1{ print $2 }')",
    "ssh <user>@<host name>",
    "ssh $(terraform output -raw ip)",
    "kubectl debug node/n1 -it --image=busybox",
    "kubectl exec -it web-0 -- bash",
    "kubectl -n shop exec -it web-0 -c app -- /bin/sh",
    "kubectl exec -it web-0 bash",
    "kubectl exec --stdin --tty web-0 -- sh",
    "kubectl exec -it pg-0 -- su - postgres",
    "kubectl run tmp -it --rm --image=busybox -- sh",
    "kubectl run -i --tty tmp --image=busybox",
    "kubectl attach -it web-0",
    "docker exec -it web bash",
    "docker exec -u root -e X=1 web sh",
    "docker compose exec db bash",
    "docker run -it --rm -v /:/host alpine",
    "docker run -it --rm alpine sh",
    "docker run -it --entrypoint sh alpine",
    "docker attach web",
    "podman exec -it web /bin/bash",
    "crictl exec -it abc sh",
    "sudo -i",
    "sudo -s",
    "sudo su",
    "sudo su - postgres",
    "sudo -iu postgres",
    "sudo -u postgres -i",
    "sudo bash",
    "su - postgres",
    "su",
    "chroot /host",
    "sudo chroot /mnt/sysimage /bin/bash",
    "nsenter -t 1 -m -u -i -n sh",
    "nsenter --target 1 --mount",
    "aws ssm start-session --target i-1",
    "aws ecs execute-command --cluster c --task t --interactive --command /bin/sh",
    "gcloud compute ssh vm-1 --zone z --tunnel-through-iap",
    "az ssh vm -g rg -n vm1",
    "az network bastion ssh --name b",
    "tsh ssh root@node",
    "vagrant ssh web",
    "virsh console vm1",
    "lxc exec web -- bash",
    "pct enter 101",
    "heroku run bash -a shop",
    "ipmitool -H x -U y sol activate",
    "toolbox",
  ])("%s: a shell elsewhere", (text) => {
    expect(opens(text)).toBe("remote");
  });

  it.each([
    "psql",
    "psql -h db -U app shop",
    "sudo -u postgres psql",
    "mysql -u root -p shop",
    "mysql -h db -uroot -psecret",
    "redis-cli",
    "redis-cli -h r1 -p 6379 -a x",
    "mongosh mongodb://db/shop",
    "sqlite3 app.db",
    "cqlsh db-1 9042",
    "clickhouse-client --host x",
    "sqlcmd -S db -U sa",
    "cockroach sql --insecure",
    "kubectl exec -it pg-0 -- psql -U postgres",
    "docker exec -it r1 redis-cli",
    "ssh db-1 psql",
    "bundle exec rails console",
    "bin/rails c production",
    "sudo gitlab-rails console",
    "gitlab-rails dbconsole",
    "python manage.py shell",
    "./manage.py dbshell",
    "php artisan tinker",
    "python3",
    "irb",
    "node",
    "virsh",
    "fdisk /dev/sdb",
    "sftp host",
    "hbase shell",
    "zkCli.sh -server zk1:2181",
  ])("%s: an interactive program", (text) => {
    expect(opens(text)).toBe("repl");
  });

  it.each([
    "ssh db-1 uptime",
    "ssh -t db-1 sudo systemctl restart x",
    "ssh db-1 'sudo systemctl restart x'",
    'ssh db-1 "cd /srv && ls"',
    "ssh -N -L 8080:x:80 bastion",
    "ssh -fNL 8080:x:80 bastion",
    "ssh -O exit host",
    "ssh -T git@github.com",
    "ssh db-1 < script.sh",
    "ssh <host> uptime",
    "kubectl exec -it <pod name> -- ls",
    "vagrant ssh-config a >> x",
    "ssh-copy-id host",
    "echo uptime | ssh db-1",
    "scp a host:b",
    "oc debug node/w -- chroot /host uptime",
    "oc rsh etcd-0 etcdctl endpoint health",
    "kubectl exec web-0 -- ls /tmp",
    "kubectl exec -it web-0 -- bash -c 'ls /tmp'",
    "kubectl exec -it pg-0 -- psql -c 'select 1'",
    "kubectl run tmp --image=busybox",
    "kubectl run tmp -it --rm --image=busybox -- wget -O- http://x",
    "kubectl get pods -n exec",
    "kubectl logs debug",
    "docker exec web ls",
    "docker run -d --name x nginx",
    "docker run --rm -it alpine ls /",
    "docker ps",
    "sudo systemctl restart x",
    "sudo -u postgres pg_ctl promote",
    "sudo su - postgres -c 'psql -l'",
    "su -c 'ls' postgres",
    "bash",
    "bash script.sh",
    "chroot /host systemctl status chronyd",
    "nsenter -t 1 -n ss -lntp",
    "aws ssm start-session --target i-1 --document-name AWS-StartPortForwardingSession",
    "aws ssm send-command --targets x",
    "aws ecs execute-command --cluster c --task t --interactive --command 'ls /'",
    "gcloud compute ssh vm-1 --command uptime",
    "gcloud compute ssh vm-1 --command='ls'",
    "gcloud compute ssh vm-1 -- uptime",
    "gcloud compute instances list",
    "vagrant ssh -c uptime",
    "virsh list --all",
    "screen -r",
    "tmux attach -t x",
    "tmux new -s work",
    "psql -c 'select 1'",
    "psql -h db -f fix.sql",
    "psql -l",
    "psql shop < dump.sql",
    "cat dump.sql | psql shop",
    "mysql -e 'show processlist'",
    "redis-cli info memory",
    "redis-cli -h r1 get key",
    "redis-cli --bigkeys",
    "mongosh --eval 'rs.status()'",
    "sqlite3 app.db 'select 1'",
    "python3 fix.py",
    "python3 -c 'print(1)'",
    "python manage.py migrate",
    "node index.js",
    "rails db:migrate",
    "gitlab-rails runner x",
    "fdisk -l",
    "psql <<EOF\nselect 1;\nEOF",
    "kubectl exec -i pg-0 -- psql <<EOF\nselect 1;\nEOF",
    "",
    "'",
  ])("%s opens nothing", (text) => {
    expect(opens(text)).toBeNull();
  });
});

describe("followContext", () => {
  const contexts = (...texts: readonly string[]): readonly string[] => {
    const follower = followContext();
    return texts.map((text) => follower.next(text));
  };

  it.each<[readonly string[], readonly string[]]>([
    [
      ["oc debug node/x", "chroot /host", "systemctl status x", "exit", "exit", "oc get no"],
      ["local", "remote", "remote", "remote", "remote", "local"],
    ],
    [
      ["ssh db", "psql", "select 1;", "\\q", "uptime", "exit", "ls"],
      ["local", "remote", "repl", "repl", "remote", "remote", "local"],
    ],
    [
      ["ssh a", "ssh b", "exit", "ls", "exit", "ls"],
      ["local", "remote", "remote", "remote", "remote", "local"],
    ],
    [
      ["ssh db uptime", "ls"],
      ["local", "local"],
    ],
    [
      ["tmux attach", "ls"],
      ["local", "local"],
    ],
    [
      ["ssh db <<EOF\nuptime\nEOF", "ls"],
      ["remote", "local"],
    ],
    [
      ["ssh db 'bash -s' <<'EOF'\nuptime\nEOF", "ls"],
      ["remote", "local"],
    ],
    [
      ["psql <<EOF\nselect 1;\nEOF", "cat <<EOF\nssh x\nEOF", "ls"],
      ["local", "local", "local"],
    ],
    [
      ["sudo -i", "systemctl stop x; exit", "ls"],
      ["local", "remote", "local"],
    ],
    [
      ["exit", "ls"],
      ["local", "local"],
    ],
  ])("%j", (texts, expected) => {
    expect(contexts(...texts)).toEqual(expected);
  });
});

describe("followSteps", () => {
  const step = (commands: readonly string[], text = "", section: string | null = "Fix"): Parameters<typeof followSteps>[0][number] => ({
    text,
    commands,
    section,
  });

  it("closes what is open with the section", () => {
    expect(followSteps([step(["ssh a"]), step(["ls"]), step(["ls"], "", "Next")])).toEqual([["local"], ["remote"], ["local"]]);
  });

  it("does not take the next numbered step for another section", () => {
    expect(followSteps([step(["ssh a"], "", "Step 1: log in"), step(["ls"], "", "Step 2: look"), step(["ls"], "", "Check")])).toEqual([
      ["local"],
      ["remote"],
      ["local"],
    ]);
  });

  it.each<[string, string]>([
    ["SSH to the affected broker.", "remote"],
    ["Log in to the primary database server", "remote"],
    ["Then connect to the master node.", "remote"],
    ["ssh into `db-1`", "remote"],
    ["Log in to the AWS console", "local"],
    ["Connect to the VPN", "local"],
    ["SSH to the bastion", "local"],
    ["Log in to the jump host", "local"],
    ["Check the node", "local"],
    ["The pod cannot connect to the database server", "local"],
  ])("%j: what follows is %s", (text, context) => {
    expect(followSteps([step([], text), step(["systemctl restart x"])])).toEqual([[], [context]]);
  });

  it.each<[string, string]>([
    ["Log out of the node and look again", "local"],
    ["Exit the shell", "local"],
    ["Back on your laptop, look again", "local"],
    ["Locally, look again", "local"],
    ["Look again", "remote"],
    ["Exit code 0 is fine", "remote"],
  ])("after ssh, %j: %s", (text, context) => {
    expect(followSteps([step(["ssh a"]), step(["ls"], text)])).toEqual([["local"], [context]]);
  });

  it("leaves once where the step has the command for it", () => {
    expect(followSteps([step(["ssh a"]), step(["sudo -i"]), step(["exit"], "Leave the root shell"), step(["ls"])])).toEqual([
      ["local"],
      ["remote"],
      ["remote"],
      ["remote"],
    ]);
  });
});
