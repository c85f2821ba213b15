import { program } from "../../rule.ts";

/** The newer listers: nothing that they can be told writes or executes. */
export const listers = program({
  names: "exa|eza|lsd",
  source: "eza(1) 0.18; lsd(1) 1.0",
  why: "lists names and attributes of files",
  anyOption: true,
  anyWord: true,
  operands: "data*",
  examples: { "eza -la --git /etc": "safe", "lsd --tree": "safe", "exa --long": "safe" },
  nearMisses: ["eza > out", "exa $(rm x)"],
});

export const ls = program({
  names: "ls|dir|vdir|gls|ll",
  source: "ls(1), GNU coreutils 9.4",
  why: "lists names and attributes of files",
  flags:
    "-a|--all -A|--almost-all --author -b|--escape -B|--ignore-backups -c -C -d|--directory -D|--dired -f -F -g -G|--no-group -h|--human-readable --si -H|--dereference-command-line -i|--inode -k|--kibibytes -l -L|--dereference -m -n|--numeric-uid-gid -N|--literal -o -p -q|--hide-control-chars --show-control-chars -Q|--quote-name -r|--reverse -R|--recursive -s|--size -S -t -u -U -v -x -X -Z|--context -1 -e -O -W -y -% -@ --full-time --group-directories-first --dereference-command-line-symlink-to-dir --zero --file-type --help --version",
  values: "--block-size --hide -I|--ignore --format --indicator-style --quoting-style --sort --time --time-style -T|--tabsize -w|--width",
  optional: "--color --hyperlink --classify",
  operands: "data*",
  anyWord: true,
  examples: { ls: "safe", "ls -la /var/log": "safe", "ls --sort=time -- -x": "safe", "ls *.log": "safe" },
  nearMisses: ["ls --unknown-option", "ls > listing.txt"],
});
