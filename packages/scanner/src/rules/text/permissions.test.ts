import { describe, expect, it } from "vitest";
import { scan } from "../../scan.ts";

// chmod, chown and chgrp change what a link leads to, so that is what has to be read; numbers are also there for users without a name.
describe("what undoes a change of rights", () => {
  it.each([
    ["chmod 640 /srv/a", "stat -L -c %a /srv/a", "chmod {capture} /srv/a"],
    ["chmod -v 640 /srv/a", "stat -L -c %a /srv/a", "chmod {capture} /srv/a"],
    ["chown app:app /srv/a", "stat -L -c %u:%g /srv/a", "chown {capture} /srv/a"],
    ["chgrp adm /srv/a", "stat -L -c %g /srv/a", "chgrp {capture} /srv/a"],
  ])("%s", (command, capture, undo) => {
    expect(scan(command).inverse).toEqual({ kind: "capture", capture, command: undo });
  });

  // The mode of the directory would not bring back the modes below it, nor the link's owner that of the file.
  it.each([
    "chmod -R 640 /srv/a",
    "chown --recursive app /srv/a",
    "chown -h app /srv/a",
    "chown --no-dereference app /srv/a",
    "chown --from=root app /srv/a",
    "chmod --reference=/srv/b /srv/a",
    "chmod 640 /srv/a /srv/b",
    "chmod 640 /srv/*",
  ])("nothing undoes %s", (command) => {
    expect(scan(command).inverse).toBeUndefined();
  });
});
