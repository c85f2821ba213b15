// 7-Zip, rar, ar, cpio and the compressors: the forms that list, test or print are safe.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";

const printed: CommandRule = {
  why: "lists or tests an archive, or prints checksums",
  anyOption: true,
  operands: "data*",
  options: { "-so": { arity: "flag" }, "-w|-o|-v": { arity: "optional", risk: "unknown", why: "names a folder to write" } },
};
const unpacked: CommandRule = {
  risk: (inv) => (inv.has("-so") ? "caution" : "dangerous"),
  noInverse: "with -so it only prints",
  why: "unpacks an archive; what has the same name is overwritten",
  safer: "l lists what is in it",
  anyOption: true,
  operands: "data*",
  options: { "-so": { arity: "flag" } },
  targets: (inv) => [{ kind: "path", name: inv.operands[0]?.text ?? "." }],
};
const packed: CommandRule = {
  risk: (inv) => (inv.has("-sdel") || inv.has("-df") ? "dangerous" : "caution"),
  why: "packs files into an archive, or changes one",
  anyOption: true,
  operands: "data*",
  options: { "-sdel|-df|-dr|-dw": { arity: "flag", risk: "dangerous", why: "deletes the files after packing" } },
  targets: (inv) => [{ kind: "path", name: inv.operands[0]?.text ?? "." }],
  noInverse: "the archive is a new file; where one of that name existed, its entries are replaced",
};
const deletes: CommandRule = { ...packed, risk: "dangerous", why: "deletes entries of the archive" };

export const sevenZip = program({
  names: "7z|7za|7zr|7zz|7zzs|p7zip",
  source: "7z(1), p7zip 16.02; 7zz 23.01",
  style: "long",
  risk: "safe",
  why: "prints how it is used",
  flags: "-h --help -? -bb0 -bd",
  verbs: { "l|t|h|i|b": printed, "x|e": unpacked, "a|u|rn": packed, d: deletes },
  examples: {
    "7z l x.7z": "safe",
    "7zz t -scrcSHA256 x.7z": "safe",
    "7z e -so x.7z a.txt": "caution",
    "7za x x.7z": "dangerous",
    "7z x x.7z -o/tmp": "dangerous",
    "7z a x.7z d": "caution",
    "7z a -sdel x.7z d": "dangerous",
    "7z d x.7z a": "dangerous",
    "7z l x.7z -w": "unknown",
    "7zz --help": "safe",
  },
  nearMisses: ["7z e x.7z", "7z u x.7z a", "7z frob x"],
});

export const rar = program({
  names: "unrar|rar|lsar|unar",
  source: "unrar(1) 6.2; lsar(1), unar 1.10",
  style: "long",
  risk: (inv) => (inv.program === "lsar" || (inv.operands.length === 0 && inv.options.length === 0) ? "safe" : "dangerous"),
  why: "lists, or unpacks, an archive",
  anyOption: true,
  operands: "data*",
  targets: (inv) => [{ kind: "path", name: inv.operands[0]?.text ?? "." }],
  verbs: {
    "l|lb|lt|lta|v|vb|vt|vta|t": { ...printed, why: "lists or tests an archive" },
    "p|P": { why: "prints what the archive holds", anyOption: true, operands: "data*" },
    "x|e": unpacked,
    "a|u|f|c|k|r|rc|rv|s|m|mf": packed,
    d: deletes,
  },
  examples: {
    "unrar l x.rar": "safe",
    "unrar p x.rar a": "safe",
    "lsar x.zip": "safe",
    "unrar x x.rar": "dangerous",
    "rar a x.rar d": "caution",
    "rar d x.rar a": "dangerous",
  },
  nearMisses: ["unar x.zip", "unrar e x.rar", "rar m x.rar d"],
});

/** ar: one word of letters, the first of p, t, d, m, q, r, s, x says what it does. */
function arRisk(inv: Invocation): Risk {
  if (inv.has("--version") || inv.has("--help") || inv.has("-V")) return "safe";
  const letters = (inv.operand(0) ?? "").replace(/^-/, "");
  if (/^[tp][cDfolNPsSTuUvVO]*$/.test(letters) && !/[dmqrx]/.test(letters)) return "safe";
  return /[dx]/.test(letters) ? "dangerous" : "caution";
}

export const ar = program({
  names: "ar|gar|llvm-ar",
  source: "ar(1), GNU binutils 2.41",
  style: "none",
  risk: arRisk,
  why: "lists, prints or changes an archive of object files",
  operands: "data*",
  noInverse: "the entries that are replaced are gone",
  inspect: (inv, ctx) => {
    if (inv.operands.slice(1).some((arg) => /^(--|@)/.test(arg.head)))
      ctx.report({ risk: "unknown", why: "an option that loads code, or options from a file" });
  },
  targets: (inv) => [{ kind: "path", name: inv.operands[1]?.text ?? "." }],
  examples: {
    "ar t libx.a": "safe",
    "ar tv libx.a": "safe",
    "ar p libx.a x.o": "safe",
    "ar rcs libx.a x.o": "caution",
    "ar x libx.a": "dangerous",
    "ar d libx.a x.o": "dangerous",
  },
  nearMisses: ["ar -x libx.a", "ar tx libx.a", "ar"],
});

export const cpio = program({
  names: "cpio|bsdcpio",
  source: "cpio(1), GNU cpio 2.15",
  risk: (inv) => {
    if (inv.has("-o") && !inv.has("-i") && !inv.has("-p")) return inv.has("-O") || inv.has("-F") ? "caution" : "safe";
    return inv.has("-t") && !inv.has("-p") ? "safe" : inv.has("--to-stdout") && inv.has("-i") ? "safe" : "dangerous";
  },
  why: "lists, prints, packs or unpacks an archive",
  safer: "-it lists what is in it",
  flags:
    "-i|--extract -o|--create -p|--pass-through -t|--list -v|--verbose -d|--make-directories -m|--preserve-modification-time -u|--unconditional -0|--null -a|--reset-access-time -A|--append -B -c -f|--nonmatching -k -l|--link -L|--dereference -n|--numeric-uid-gid -r|--rename -s -S -b -V|--dot --quiet --to-stdout --no-absolute-filenames --sparse --help --version",
  values: "-C|--io-size -H|--format -R|--owner -D|--directory -M|--message --block-size",
  reads: "-F|--file -I -E|--pattern-file",
  options: {
    "-O": { kind: "write", why: "writes the archive" },
    "--rsh-command": { kind: "code", risk: "dangerous", why: "runs a program" },
  },
  operands: "data*",
  inspect: (inv, ctx) => {
    for (const archive of [...inv.all("-F"), ...inv.all("-I")])
      if (/^[^/]*:/.test(archive.text)) ctx.report({ risk: "unknown", why: "the archive is on another machine", span: archive.span });
  },
  targets: () => [{ kind: "path", name: "." }],
  noInverse: "the archive or the files are new; those of the same name were replaced",
  examples: {
    "cpio -itv": "safe",
    "cpio -o": "safe",
    "cpio -i --to-stdout": "safe",
    "cpio -idmv": "dangerous",
    "cpio -o -O x": "caution",
    "cpio -it --rsh-command=sh": "dangerous",
  },
  nearMisses: ["cpio -pdm /srv", "cpio -i", "cpio --list --rsh-command sh"],
});

export const rpm2cpio = program({
  names: "rpm2cpio|rpm2archive",
  source: "rpm2cpio(8), rpm 4.18",
  risk: (inv) => (inv.program === "rpm2cpio" ? "safe" : "caution"),
  why: "prints the archive inside a package",
  operands: "data?",
  noInverse: "it makes a new file",
  examples: { "rpm2cpio x.rpm": "safe", "rpm2archive x.rpm": "caution" },
  nearMisses: ["rpm2cpio x.rpm | cpio -id", "rpm2cpio x.rpm > x"],
});

/** Printing and testing change nothing; the rest replaces the file by its packed or unpacked form. */
function compressorRisk(inv: Invocation): Risk {
  const prints = ["-l", "-t", "-c", "-h", "-V", "-L", "--list", "-H"].some((flag) => inv.has(flag));
  return prints || (inv.operands.length === 0 && !inv.has("-r")) ? "safe" : "caution";
}

export const compressors = program({
  names:
    "gzip|gunzip|bzip2|bunzip2|xz|unxz|lzma|unlzma|zstd|unzstd|zstdmt|pzstd|lz4|unlz4|compress|uncompress|pigz|unpigz|pbzip2|lzip|lzop|brotli|7zcat",
  source: "gzip(1) 1.13, bzip2(1), xz(1) 5.4, zstd(1) 1.5, lz4(1)",
  why: "lists, tests or prints compressed data, or replaces files by their other form",
  safer: "-l lists, -t tests, -dc prints",
  risk: compressorRisk,
  flags:
    "-l|--list -t|--test -c|--stdout|--to-stdout -d|--decompress|--uncompress -k|--keep -q|--quiet -v|--verbose -z|--compress -n|--no-name -N|--name -h|--help -H|--long-help -V|--version -L|--license -e|--extreme -a|--ascii --best --fast -C --no-sparse --sparse --ultra --robot --info-memory --no-progress --no-adjust --ignore-check --single-stream --rsyncable --adapt --no-check --check --format-auto -NUM",
  values: "-S|--suffix -T|--threads -M|--memlimit|--memory -F|--format -D --long --block-size -b -p|--processes",
  optional: "--fast-level",
  options: {
    "-f|--force": { arity: "flag", risk: "safe", why: "overwrites" },
    "-r|--recursive": { arity: "flag", risk: "caution", why: "replaces every file below the directory" },
    "-o|--output": { kind: "write", why: "writes a file" },
    "--output-dir-flat|--output-dir-mirror|-O": { kind: "write", why: "writes files into a folder" },
    "--rm": { arity: "flag", risk: "dangerous", why: "deletes the source" },
  },
  operands: "read*",
  noInverse: "other files than the named one were replaced",
  inverse: (inv) => {
    const [path, more] = [inv.operand(0), inv.operands[1]];
    const simple = path !== undefined && more === undefined && /^[\w./-]+$/.test(path) && !path.startsWith("-");
    if (!simple || inv.options.length > 0) return undefined;
    if (inv.program === "gzip") return { kind: "command", command: `gunzip ${path}.gz` };
    return inv.program === "gunzip" && path.endsWith(".gz") ? { kind: "command", command: `gzip ${path.slice(0, -3)}` } : undefined;
  },
  targets: (inv) => inv.operands.map((arg) => ({ kind: "path", name: arg.text })),
  examples: {
    "gzip -l x.gz": "safe",
    "gzip -dc x.gz": "safe",
    "xz -t x.xz": "safe",
    "gunzip -cf x.gz": "safe",
    "gzip -9": "safe",
    "zstd -T0 -c x": "safe",
    "gzip x": "caution",
    "gunzip x.gz": "caution",
    "gzip -r d": "caution",
    "zstd -d x -o y": "caution",
    "xz --output-dir-flat d x": "caution",
    "zstd -c --rm x": "dangerous",
  },
  nearMisses: ["zstd -dc --rm x", "zstd x -o y", "bzip2 -f x", "gzip --rec d", "zstd --output-dir-m d x"],
});

export const decompressToStdout = program({
  names: "zcat|gzcat|bzcat|xzcat|lzcat|zstdcat|lz4cat",
  source: "zcat(1), bzcat(1), xzcat(1), zstd(1)",
  why: "prints unpacked files",
  flags: "-f|--force -q|--quiet -v|--verbose -t|--test -l|--list -n -c|--stdout -d -k -s -h|--help -V|--version -L -M",
  values: "-S|--suffix -T|--threads",
  operands: "read*",
  anyWord: true,
  examples: { "zcat /var/log/syslog.2.gz": "safe", "xzcat -q *.xz": "safe" },
  nearMisses: ["zcat --rm x", "zcat ~/.ssh/x.gz", "zcat x > y"],
});
