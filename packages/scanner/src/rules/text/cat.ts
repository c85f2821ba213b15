import { program } from "../../rule.ts";

export const cat = program({
  names: "cat|gcat|tac|gtac|nl|rev",
  source: "cat(1), tac(1), nl(1), GNU coreutils 9.4; rev(1), util-linux 2.39",
  why: "prints the content of files",
  flags:
    "-A|--show-all -e -E|--show-ends -t -T|--show-tabs -u -r|--regex -q|--quiet -p|--no-renumber --help --version --number-nonblank --squeeze-blank --show-nonprinting --number -l -0",
  values:
    "--separator --body-numbering --section-delimiter --footer-numbering --header-numbering --number-format --number-separator --starting-line-number --number-width --line-increment --join-blank-lines",
  optional: "-b -n -s -v -w -i -f -h -d",
  operands: "read*",
  anyWord: true,
  examples: {
    "cat /etc/hosts": "safe",
    "cat -n /var/log/syslog": "safe",
    "tac app.log": "safe",
    "nl -ba -w3 x": "safe",
    "cat /etc/shadow": "caution",
    "cat ~/.ssh/id_rsa": "caution",
  },
  nearMisses: ["cat a > b", "cat --frob a", "nl -o /etc/passwd x"],
});
