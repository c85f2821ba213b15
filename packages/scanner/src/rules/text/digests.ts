import { program } from "../../rule.ts";

export const checksum = program({
  names: "md5sum|sha1sum|sha224sum|sha256sum|sha384sum|sha512sum|b2sum|cksum|sum|shasum",
  source: "sha256sum(1), cksum(1), GNU coreutils 9.4; shasum(1)",
  why: "prints checksums of files",
  flags:
    "-b|--binary -c|--check -t|--text --tag -z|--zero --ignore-missing --quiet --status --strict -w|--warn --raw --base64 -r -s|--sysv --help --version",
  values: "-a|--algorithm -l|--length",
  operands: "data*",
  anyWord: true,
  answers: [1],
  examples: { "sha256sum app.tar.gz": "safe", "md5sum -c sums.md5": "safe" },
  nearMisses: ["sha256sum x > sums"],
});

export const dumpers = program({
  names: "od|hexdump|hd|strings",
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
  why: "prints the bytes of a file",
  flags: "-a -b -C -d -e -E -h -i -p -ps -plain -postscript -u -v",
  values: "-c -cols -g -l -len -n -o -R -s -seek",
  options: { "-r|-revert": { arity: "flag", risk: "caution", why: "turns text back into bytes" } },
  operands: "read? write?",
  examples: { "xxd -l 64 x": "safe", "xxd -p": "safe", "xxd a b": "caution" },
  nearMisses: ["xxd -r a b", "xxd -p a /etc/passwd"],
});

export const encoders = program({
  names: "base64|base32|basenc",
  source: "base64(1), basenc(1), GNU coreutils 9.4",
  why: "encodes or decodes and prints",
  flags:
    "-d|-D|--decode -i|--ignore-garbage --base64 --base64url --base32 --base32hex --base16 --base2msbf --base2lsbf --z85 --help --version",
  values: "-w|--wrap",
  operands: "read?",
  anyWord: true,
  examples: { "base64 -d": "safe", "base64 -w0 x": "safe" },
  nearMisses: ["base64 -o out", "base64 -i in -o out"],
});
