// Filters and small programs that only compute, convert or lay out and print.
import type { Invocation } from "../../invocation.ts";
import { program, type RuleContext } from "../../rule.ts";

export const layout = program({
  names: "pr|tsort|look|ul|col|colcrt",
  source: "pr(1), tsort(1), GNU coreutils 9.4; look(1), col(1), ul(1), bsdextrautils 2.38",
  why: "prints text in another layout or order",
  anyOption: true,
  anyWord: true,
  operands: "read*",
  examples: { "pr -2 -l 60 list.txt": "safe", "tsort deps.txt": "safe", "look inter words": "safe", "col -b": "safe" },
  nearMisses: ["pr x > y", "look x /etc/shadow"],
});

export const recode = program({
  names: "iconv|uconv|recode",
  source: "iconv(1), glibc 2.38",
  risk: (inv) => (inv.program === "recode" && inv.operands.length > 1 ? "caution" : "safe"),
  why: "prints text in another encoding",
  flags: "-c -l|--list -s|--silent --verbose -h|-?|--help --usage -V|--version",
  values: "-f|--from-code -t|--to-code -x",
  options: { "-o|--output": { kind: "write", why: "writes a file" } },
  operands: "read*",
  anyWord: true,
  noInverse: "the file is replaced by its other encoding",
  examples: {
    "iconv -f ISO-8859-1 -t UTF-8 x.csv": "safe",
    "iconv -l": "safe",
    "iconv -f a -t b -o y x": "caution",
    "recode latin1..utf8 x": "caution",
  },
  nearMisses: ["iconv -t utf8 x -oy", "iconv --outp=y x"],
});

export const lineEnds = program({
  names: "dos2unix|unix2dos|mac2unix|unix2mac",
  source: "dos2unix(1) 7.5",
  risk: (inv) => (inv.has("-i") || inv.has("-h") || inv.has("-V") || inv.operands.length === 0 ? "safe" : "caution"),
  why: "changes the line ends of files in place",
  safer: "-i only says what it would find",
  flags: "-f|--force -k|--keepdate -q|--quiet -s|--safe -v|--verbose -b -m -r -u -7 -ascii -iso -h|--help -V|--version -L|--license",
  values: "-c|--convmode",
  optional: "-i|--info",
  options: { "-n|--newfile": { arity: "flag", risk: "caution", why: "writes another file" }, "-O|--to-stdout": { arity: "flag" } },
  operands: "read*",
  inverse: (inv) => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    const back = { dos2unix: "unix2dos", unix2dos: "dos2unix" }[inv.program];
    const simple = path !== undefined && more === undefined && /^[\w./-]+$/.test(path) && inv.options.length === 0;
    return back === undefined || !simple ? undefined : { kind: "command", command: `${back} ${path}` };
  },
  noInverse: "line ends of mixed kinds are all made one",
  examples: { "dos2unix -i x.csv": "safe", "dos2unix x.csv": "caution", "unix2dos -n a b": "caution", dos2unix: "safe" },
  nearMisses: ["dos2unix *.csv", "dos2unix --newf a b"],
});

export const calendar = program({
  names: "cal|ncal|units",
  source: "cal(1), ncal(1), bsdmainutils 12; units(1) 2.22",
  why: "prints a calendar or a calculation",
  options: { "-f|--file|-L|--log|-A|-B|--unitsfile": { risk: "unknown", why: "reads definitions from, or logs to, a file" } },
  flags: "-1 -3 -y -j -m -s -h -w -b -C -M -N -p -e -v -V -q -t --terse --compact --verbose --version --help --monday --sunday",
  values: "-n -d -H",
  operands: "data*",
  examples: { cal: "safe", "ncal -w 2031": "safe", "cal -3": "safe", "units '2 inch' cm": "safe", "units -f x 1 2": "unknown" },
  nearMisses: ["cal --frob", "units -L log 1 2"],
});

/** What dc is told: `!` runs a command, `?` runs what it reads. */
function judgeDc(inv: Invocation, text: string, ctx: RuleContext): void {
  if (text.includes("!")) ctx.report({ risk: "dangerous", why: "the ! of dc runs a command" });
  if (text.includes("?")) ctx.report({ risk: "unknown", why: "the ? of dc runs what it reads" });
  if (inv.stdin.kind === "data")
    ctx.report({ risk: "unknown", why: "dc can run commands, and what it reads is not seen here", safer: "bc" });
}

function judgeCalculation(inv: Invocation, ctx: RuleContext): void {
  const given = inv.stdin.kind === "text" ? inv.stdin.text : "";
  if (inv.program === "dc") judgeDc(inv, [given, ...inv.all("-e").map((arg) => arg.text)].join("\n"), ctx);
  if (inv.operands.length > 0) ctx.report({ risk: "unknown", why: "the calculation is in a file that is not seen here" });
  if (inv.stdin.kind === "none" && inv.options.length === 0) ctx.report({ risk: "unknown", why: "waits for input at the keyboard" });
}

/** bc and dc compute; dc can run `!command`, and both may read files of their own. */
export const calculators = program({
  names: "bc|dc|gbc",
  source: "bc(1), GNU bc 1.07; dc(1)",
  why: "calculates",
  flags: "-l|--mathlib -q|--quiet -s|--standard -w|--warn -i|--interactive -h|--help -v|-V|--version",
  options: {
    "-e|--expression": { kind: "code", risk: "safe" },
    "-f|--file": { kind: "code", risk: "unknown", why: "the calculation is in a file that is not seen here" },
  },
  operands: "data*",
  inspect: judgeCalculation,
  examples: {
    "echo '2 ^ 10' | bc -l": "safe",
    "bc <<< 'scale=2; 7/3'": "safe",
    "dc -e '2 3 + p'": "safe",
    "dc -e '!id'": "dangerous",
    "bc -f prog": "unknown",
    bc: "unknown",
  },
  nearMisses: ["dc -e '2 !rm x'", "cat f | dc", "dc prog", "dc -f prog", "echo '!id' | dc"],
});

export const objectFiles = program({
  names:
    "nm|objdump|readelf|size|addr2line|c++filt|pahole|dwarfdump|otool|eu-readelf|eu-nm|eu-size|eu-addr2line|llvm-nm|llvm-objdump|llvm-readelf|llvm-size",
  source: "nm(1), objdump(1), readelf(1), GNU binutils 2.41",
  why: "prints what object files and programs hold",
  options: {
    "--plugin": { kind: "code", risk: "dangerous", why: "loads code" },
    "-J|--btf_encode|--btf_encode_detached": { arity: "optional", why: "is a writing option of pahole" },
  },
  anyOption: true,
  anyWord: true,
  operands: "read*",
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => arg.head.startsWith("@")))
      ctx.report({ risk: "unknown", why: "takes options from a file that is not seen here" });
    if (inv.program === "pahole" && (inv.has("-J") || inv.has("--btf_encode_detached")))
      ctx.report({ risk: "caution", why: "writes type information into a file" });
  },
  examples: { "nm -D libx.so": "safe", "objdump -d x.o": "safe", "readelf -d /bin/ls": "safe", "nm --plugin ./x.so y": "dangerous" },
  nearMisses: ["objdump -d x > y", "nm --plugin=./x.so y", "nm --plug=./x.so y", "objdump @options", "pahole -J vmlinux"],
});

export const linkedLibraries = program({
  names: "ldd",
  source: "ldd(1), glibc 2.38: with an untrusted program it may run that program",
  why: "prints the libraries that a program needs",
  safer: "objdump -p FILE | grep NEEDED",
  flags: "-v|--verbose -u|--unused -d|--data-relocs -r|--function-relocs --help --version",
  operands: "read*",
  inspect: (inv, ctx) => {
    for (const arg of inv.operands) {
      const trusted = arg.shape === "literal" && /^\/(usr\/)?(local\/)?s?(bin|lib|lib64|libexec)\/(?!.*\.\.)/.test(arg.text);
      if (!trusted)
        ctx.report({ risk: "unknown", why: "ldd may run a program that is not of the system", safer: "objdump -p FILE", span: arg.span });
    }
  },
  examples: { "ldd /usr/bin/curl": "safe", "ldd --version": "safe", "ldd ./app": "unknown" },
  nearMisses: ["ldd $x", "ldd /tmp/app", "ldd /usr/bin/../../tmp/x"],
});

export const progress = program({
  names: "pv|delta|diff-so-fancy",
  source: "pv(1) 1.8; delta 0.16",
  why: "prints its input, with colours or progress on the side",
  flags:
    "-p|--progress -t|--timer -e|--eta -I|--fineta -r|--rate -a|--average-rate -b|--bytes -T|--buffer-percent -l|--line-mode -0|--null -f|--force -n|--numeric -q|--quiet -W|--wait -c|--cursor -V|--version -h|--help --side-by-side --color-only --line-numbers --dark --light --raw",
  values: "-L|--rate-limit -B|--buffer-size -i|--interval -w|--width -H|--height -N|--name -F|--format -D|--delay-start -s|--size",
  options: {
    "-d|--watchfd|-R|--remote|-P|--pidfile|--pager|-E|-S|-Y|-X": {
      risk: "unknown",
      why: "an option that reaches other processes or runs a pager",
    },
    "--output|-g": { kind: "write", why: "writes a file" },
  },
  operands: "read*",
  examples: { "pv -q dump.gz": "safe", "delta --color-only": "safe", "pv -R 12 -L 1": "unknown", "pv --output y x": "caution" },
  nearMisses: ["pv x > y", "delta --pager sh", "pv -d 1 x"],
});
