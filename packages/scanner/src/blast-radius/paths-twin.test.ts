// rm, chmod, chown, chgrp and mv: which paths are listed, how links are followed, and which forms have no twin.
// paths-twin.real.test.ts compares the lists with what the programs really touch.
import { expect, it } from "vitest";
import { twinOf, twinText } from "../test/twin-of.ts";

const print = "-printf '%y %p\\n'";

it.each([
  ["rm -rf /srv/a /srv/b", `find -P /srv/a /srv/b ${print}`],
  ["rm -fr -- a", `find -P a ${print}`],
  ["rm -R a/", `find -P a/ ${print}`],
  ["rm --recursive --force --verbose /srv/a", `find -P /srv/a ${print}`],
  ["rm /srv/a 'b c'", `find -P /srv/a 'b c' -maxdepth 0 '!' -type d ${print}`],
  ["rm -f a", `find -P a -maxdepth 0 '!' -type d ${print}`],
  ["/bin/rm -f a", `find -P a -maxdepth 0 '!' -type d ${print}`],
  ["rm 'a*'", `find -P 'a*' -maxdepth 0 '!' -type d ${print}`],
  ["rm .a ..a", `find -P .a ..a -maxdepth 0 '!' -type d ${print}`],
  ["chmod 600 a b", `find -H a b -maxdepth 0 '!' -type l ${print}`],
  ["chmod -R u+rwX,o-w /srv", `find -H /srv '!' -type l ${print}`],
  ["chmod -v -c +x a", `find -H a -maxdepth 0 '!' -type l ${print}`],
  ["chown app:app a", `find -H a -maxdepth 0 '!' -type l ${print}`],
  ["chown -h app a", `find -P a -maxdepth 0 ${print}`],
  ["chown -R app: /srv/", `find -P /srv/ ${print}`],
  ["chown --recursive --no-dereference app /srv", `find -P /srv ${print}`],
  ["chgrp -R app /srv", `find -P /srv ${print}`],
])("%s", (command, twin) => {
  expect(twinText(command)).toBe(twin);
});

const moved = (paths: string): string => `find -P ${paths} -maxdepth 0 ${print}`;

it.each([
  ["mv -n a b", moved("a"), null],
  ["mv a b c /dst", `${moved("a b c")}; find -H /dst/ -mindepth 1 -maxdepth 1 '(' -name a -o -name b -o -name c ')' ${print}`, null],
  ["mv /srv/a /dst/", `${moved("/srv/a")}; find -H /dst/ -mindepth 1 -maxdepth 1 '(' -name a ')' ${print}`, null],
  ["mv a/ .", `${moved("a")}; find -H ./ -mindepth 1 -maxdepth 1 '(' -name a ')' ${print}`, null],
  ["mv a ../", `${moved("a")}; find -H ../ -mindepth 1 -maxdepth 1 '(' -name a ')' ${print}`, null],
  ["mv 'a[1]*' /dst/", `${moved("'a[1]*'")}; find -H /dst/ -mindepth 1 -maxdepth 1 '(' -name 'a\\[1\\]\\*' ')' ${print}`, null],
  [
    "mv -f a /srv/b",
    `${moved("a")}; find -H /srv -mindepth 1 -maxdepth 2 '(' -path /srv/b '!' -type d -o -path /srv/b/a ')' ${print} -o '!' -path /srv/b -prune`,
    "/srv/b",
  ],
  [
    "mv x/a b",
    `${moved("x/a")}; find -H . -mindepth 1 -maxdepth 2 '(' -path ./b '!' -type d -o -path ./b/a ')' ${print} -o '!' -path ./b -prune`,
    "./b",
  ],
  [
    "mv a x///b",
    `${moved("a")}; find -H x -mindepth 1 -maxdepth 2 '(' -path x/b '!' -type d -o -path x/b/a ')' ${print} -o '!' -path x/b -prune`,
    "x/b",
  ],
  [
    "mv a //b",
    `${moved("a")}; find -H / -mindepth 1 -maxdepth 2 '(' -path /b '!' -type d -o -path /b/a ')' ${print} -o '!' -path /b -prune`,
    "/b",
  ],
  [
    "mv a /b",
    `${moved("a")}; find -H / -mindepth 1 -maxdepth 2 '(' -path /b '!' -type d -o -path /b/a ')' ${print} -o '!' -path /b -prune`,
    "/b",
  ],
])("%s", (command, twin, link) => {
  expect(twinText(command)).toBe(twin);
  expect(twinOf(command)?.reading).toEqual({ kind: "paths", link });
});

it.each([
  ["rm -f /var/log/app/*.gz", `find -H /var/log/app -mindepth 1 -maxdepth 1 -name '*.gz' '!' -name '.*' '!' -type d ${print}`],
  ["rm app-?.log", `find -H . -mindepth 1 -maxdepth 1 -name 'app-?.log' '!' -name '.*' '!' -type d ${print}`],
  ["rm ./*", `find -H . -mindepth 1 -maxdepth 1 -name '*' '!' -name '.*' '!' -type d ${print}`],
  ["rm .cache*", `find -H . -mindepth 1 -maxdepth 1 -name '.cache*' '!' -type d ${print}`],
  ["rm /srv/'a*b'*", `find -H /srv -mindepth 1 -maxdepth 1 -name 'a\\*b*' '!' -name '.*' '!' -type d ${print}`],
  ["rm /x*", `find -H / -mindepth 1 -maxdepth 1 -name 'x*' '!' -name '.*' '!' -type d ${print}`],
  [
    "rm -rf /srv/app/* /srv/b",
    `find -P /srv/b ${print}; find -H /srv/app -mindepth 1 '(' -path '/srv/app/*/*' -o -name '*' '!' -name '.*' ')' ${print} -o -prune`,
  ],
  ["chmod 600 /srv/*.key", `find -H /srv -mindepth 1 -maxdepth 1 -name '*.key' '!' -name '.*' ${print}`],
  ["chown -R app /srv/a*", `find -H /srv -mindepth 1 '(' -path '/srv/*/*' -o -name 'a*' '!' -name '.*' ')' ${print} -o -prune`],
])("a pattern: %s", (command, twin) => {
  expect(twinText(command)).toBe(twin);
});

it.each([
  "rm *.log",
  "rm -- *.log",
  "rm -rf *",
  "rm /srv/*/x",
  "rm -rf /srv/*/",
  "rm /srv/[ab]*",
  "rm /srv/.*",
  "rm -rf ./.?*",
  "rm .*.",
  "rm ~/x*",
  "rm $DIR/*",
  "rm /srv/{a,b}*",
  "rm /srv/@(a|b)*",
  "rm -f* /srv/a",
  "rm /srv/a* > /dev/null",
  "X=1 rm /srv/a*",
  "rm /srv/a*; ls",
  "rm /srv/a* &",
  "chmod -R 700 /srv/a*",
  "chmod 6* /srv/a",
  "ls a",
  "rm",
  "rm -rf /",
  "rm -rf //",
  "rm -rf .",
  "rm -rf ..",
  "rm -rf ./",
  "rm -rf a/..",
  "rm -rf a/../",
  "rm -rf a /",
  "rm -rf ''",
  "rm -rf --no-preserve-root a",
  "rm -rf --preserve-root=all a",
  "rm --one-file-system -rf a",
  "rm -i a",
  "rm -I a",
  "rm --interactive=never a",
  "rm -d a",
  "rm a/",
  "rm -- -rf",
  "rm -rf -- -a",
  "rm -rf '(a'",
  "rm -rf '!'",
  "rm -rf $'a\\nb'",
  "rm --recurs a",
  "rm -rf $DIR",
  'rm -rf "$DIR"/x',
  "rm -rf ~/x",
  "rm -rf {a,b}",
  "rm -rf $(cat x)",
  "find . -name x | xargs rm",
  "find . -delete",
  "POSIXLY_CORRECT=1 rm a -r",
  "sudo rm -rf a",
  "unlink a",
  "shred a",
  "chmod 600",
  "chmod -R 600 /",
  "chmod --reference=b a",
  "chmod -x a",
  "chmod 600 a/",
  "chown app",
  "chown --from=a b c",
  "chown -RL app a",
  "chown -RH app a",
  "chown --dereference app a",
  "chown --reference=a b",
  "mv a",
  "mv -t /dst a",
  "mv -T a b",
  "mv -u a b",
  "mv -b a b",
  "mv --backup=numbered a b",
  "mv -i a b",
  "mv . b",
  "mv a/.. b",
  "mv a '-b'",
  "mv a -- -b",
  "mv a $'b\\nc'",
  "mv a* /dst/",
])("no twin: %s", (command) => {
  expect(twinText(command)).toBeNull();
});
