import { program } from "../../rule.ts";

export const checksum = program({
  names: "md5sum|sha1sum|sha224sum|sha256sum|sha384sum|sha512sum|b2sum|b3sum|cksum|sum|shasum|md5|xxhsum|xxh64sum|crc32|gmd5sum|gsha256sum",
  source: "sha256sum(1), cksum(1), GNU coreutils 9.4; shasum(1)",
  why: "prints checksums of files",
  flags:
    "-b|--binary -c|--check -t|--text --tag -z|--zero --ignore-missing --quiet --status --strict -w|--warn --raw --base64 -r -q -n -p -x -0|-01 -U|--UNIVERSAL -P|--portable --no-names --debug -H0 -H1 -H2 -h|--help -v|--version",
  values: "-a|--algorithm -l|--length --num-threads",
  optional: "-s|--sysv",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { "sha256sum app.tar.gz": "safe", "md5sum -c sums.md5": "safe" },
  nearMisses: ["sha256sum x > sums", "md5sum --frob x"],
});

export const dumpers = program({
  names: "od|god|hexdump|hd|strings|gstrings|hexyl",
  source: "od(1), GNU coreutils 9.4; hexdump(1), util-linux 2.39; strings(1), GNU binutils 2.41",
  why: "prints the bytes of files",
  anyOption: true,
  anyWord: true,
  operands: "read*",
  examples: { "od -c x": "safe", "hexdump -C -n 64 x": "safe", "strings -n 8 core": "safe" },
  nearMisses: ["od x > y", "strings /etc/shadow"],
});

export const xxd = program({
  names: "xxd",
  source: "xxd(1), vim 9",
  style: "long",
  why: "prints the bytes of a file, or with -r the bytes that a dump stands for",
  flags:
    "-a|-autoskip -b|-bits -C|-capitalize -d -e -E|-EBCDIC -h|-help|--help -i|-include -p|-ps|-plain|-postscript -r|-revert -u|-uppercase -v|-version|--version",
  values: "-c|-cols -g|-groupsize -l|-len -n|-name -o -R -s|-seek",
  operands: "read? write?",
  risk: (inv) => (inv.has("-r") && inv.operands.length > 0 ? "caution" : "safe"),
  targets: (inv) => inv.operands.slice(1).map((arg) => ({ kind: "path", name: arg.text })),
  noInverse: "the bytes that it overwrites are gone",
  examples: {
    "xxd -l 64 x": "safe",
    "xxd -p": "safe",
    "xxd -r -p": "safe",
    "xxd -r x": "caution",
    "xxd --version": "safe",
    "xxd a b": "caution",
  },
  nearMisses: ["xxd -r a b", "xxd -p a /etc/passwd", "xxd -rp a b"],
});

export const encoders = program({
  names: "base64|gbase64|base32|basenc",
  source: "base64(1), basenc(1), GNU coreutils 9.4; base64 of macOS and of Debian's perl package",
  why: "encodes or decodes and prints",
  flags:
    "-d|-D|--decode -e|--encode -n|--noerrcheck -u|--errcheck --copyright -h|--help -b --ignore-garbage --base64 --base64url --base32 --base32hex --base16 --base2msbf --base2lsbf --z85 --version",
  values: "-w|--wrap --break --input",
  optional: "-i",
  options: { "-o|--output": { kind: "write", why: "writes a file" } },
  operands: "read?",
  anyWord: true,
  examples: { "base64 -d": "safe", "base64 -w0 x": "safe", "base64 -o out": "caution" },
  nearMisses: ["base64 -d -o out", "base64 -i in -o out", "base64 ~/.ssh/id_rsa"],
});
