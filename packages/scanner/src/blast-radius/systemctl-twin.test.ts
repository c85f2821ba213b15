// systemctl: units and patterns are shown by the same manager; groups of units, templates and paths have no twin.
import { expect, it } from "vitest";
import { twinOf, twinText } from "../test/twin-of.ts";

const shown =
  "show --no-pager --property=Id,LoadState,ActiveState,RequiredBy,RequisiteOf,BoundBy,ConsistsOf,PropagatesStopTo,PropagatesReloadTo --";

it.each([
  ["systemctl stop nginx", `systemctl ${shown} nginx`, "running"],
  ["systemctl restart nginx.service api.socket", `systemctl ${shown} nginx.service api.socket`, "loaded"],
  ["systemctl try-restart nginx", `systemctl ${shown} nginx`, "running"],
  ["systemctl stop 'nginx*'", `systemctl ${shown} 'nginx*'`, "running"],
  ["systemctl stop 'worker@[12].service'", `systemctl ${shown} 'worker@[12].service'`, "running"],
  ["systemctl restart worker@1", `systemctl ${shown} worker@1`, "loaded"],
  ["systemctl restart 'worker@*.service'", `systemctl ${shown} 'worker@*.service'`, "loaded"],
  ["systemctl --user stop app", `systemctl --user ${shown} app`, "running"],
  ["systemctl stop --user app", `systemctl --user ${shown} app`, "running"],
  ["systemctl --system stop app", `systemctl --system ${shown} app`, "running"],
  ["systemctl stop --no-block -q nginx", `systemctl ${shown} nginx`, "running"],
  ["systemctl --no-ask-password restart nginx", `systemctl ${shown} nginx`, "loaded"],
  ["systemctl stop backup.timer", `systemctl ${shown} backup.timer`, "running"],
  ["/usr/bin/systemctl stop nginx", `/usr/bin/systemctl ${shown} nginx`, "running"],
])("%s", (command, twin, only) => {
  expect(twinText(command)).toBe(twin);
  expect(twinOf(command)?.reading).toEqual({ kind: "units", only });
});

it.each([
  "systemctl status nginx",
  "systemctl stop",
  "systemctl stop multi-user.target",
  "systemctl stop user.slice",
  "systemctl stop session-1.scope",
  "systemctl stop data.mount",
  "systemctl stop /data",
  "systemctl stop dev-sda.device",
  "systemctl stop worker@",
  "systemctl stop worker@.service",
  "systemctl stop 'a b'",
  "systemctl stop 'a\\x2db.service'",
  "systemctl stop ''",
  "systemctl stop -- -x",
  "systemctl stop 1234",
  "systemctl stop 0123456789abcdef0123456789abcdef",
  "systemctl -H db stop nginx",
  "systemctl --host=db stop nginx",
  "systemctl -M box stop nginx",
  "systemctl -M=box stop nginx",
  "systemctl --machine=box stop nginx",
  "systemctl --root=/mnt stop nginx",
  "systemctl stop --all nginx",
  "systemctl stop --state=failed nginx",
  "systemctl stop -t service nginx",
  "systemctl stop --job-mode=isolate nginx",
  "systemctl isolate rescue.target",
  "systemctl stop nginx --frob",
  "systemctl --frob stop nginx",
  "systemctl reload nginx",
  "systemctl disable --now nginx",
  "systemctl kill nginx",
  "systemctl daemon-reload",
  "systemctl poweroff",
  "SYSTEMD_LOG_LEVEL=debug systemctl stop nginx",
  "sudo systemctl stop nginx",
  "service nginx stop",
  "systemctl stop nginx*",
])("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
