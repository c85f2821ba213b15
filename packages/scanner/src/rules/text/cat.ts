import { program } from "../../rule.ts";

export const cat = program({
  names: "cat|tac|nl|rev|zcat|bzcat|xzcat|zstdcat",
  source: "cat(1), tac(1), nl(1), GNU coreutils 9.4; rev(1), util-linux 2.39; zcat(1), bzcat(1), xzcat(1), zstd(1)",
  why: "prints the content of files",
  flags:
    "-A|--show-all -b|--number-nonblank -e -E|--show-ends -n|--number -s|--squeeze-blank -t -T|--show-tabs -u -v|--show-nonprinting -r|--regex -q|--quiet -p --no-renumber --help --version",
  values: "--separator -w|--number-width -i|--line-increment -l|--join-blank-lines",
  operands: "read*",
  anyWord: true,
  examples: {
    "cat /etc/hosts": "safe",
    "cat -n /var/log/syslog": "safe",
    "tac app.log": "safe",
    "zcat /var/log/syslog.2.gz": "safe",
    "cat /etc/shadow": "caution",
    "cat ~/.ssh/id_rsa": "caution",
  },
  nearMisses: ["cat a > b", "cat --frob a", "nl -o /etc/passwd x"],
});
