// Subversion, Mercurial and others: what shows is safe, what changes the working copy is caution, what loses work is dangerous.
import { type CommandRule, operandTargets, type OptionRule, program } from "../../rule.ts";
import { asksVersion, changing, destroying, reading, undoable, undoneByVerb } from "./verbs.ts";

const traps: Readonly<Record<string, OptionRule>> = {
  "--diff-cmd|--config-option|--config-dir|--editor-cmd|--diff3-cmd|--merge-tool": { risk: "dangerous", why: "names a program to run" },
  "--config": { risk: "unknown", why: "settings can name programs to run" },
  "-o|--output|--bundle": { kind: "write", why: "writes a file" },
  "--password|--password-from-stdin": { arity: "optional", sensitive: true, why: "names a password" },
  "-p|--program|--pager": { arity: "flag", risk: "unknown", why: "runs another program, for some of them" },
};

const svnTraps: Readonly<Record<string, OptionRule>> = Object.fromEntries(
  Object.entries(traps).filter(([name]) => !/^(-p|-o|--config$)/.test(name)),
);
const svnRead = (why: string): CommandRule =>
  reading(why, {
    options: svnTraps,
    values: "-r|--revision -c|--change -l|--limit --depth --username -x|--extensions --search",
    flags: "-v|--verbose -q|--quiet -u|--show-updates --xml -g --stop-on-copy --summarize --diff -N -R --non-interactive",
  });

export const svn = program({
  names: "svn",
  source: "svnbook.red-bean.com, Subversion 1.14",
  globals: "anywhere",
  why: "works with a Subversion repository",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help",
  verbs: {
    "status|stat|st|log|info|diff|di|list|ls|cat|blame|praise|annotate|ann|propget|pget|pg|proplist|plist|pl|help|mergeinfo": svnRead(
      "prints what the repository or the working copy holds",
    ),
    "checkout|co|update|up|switch|sw|merge|export|import|mkdir|copy|cp|move|mv|rename|commit|ci|propset|ps|propdel|pd|propedit|pe|resolve|resolved|relocate|upgrade|patch|changelist|cl|lock":
      changing("changes the working copy or the repository", "svn merge -c -REVISION takes a commit back", {
        options: svnTraps,
        targets: operandTargets("path"),
      }),
    add: undoable("puts files under version control", undoneByVerb("revert")),
    "delete|del|remove|rm|revert|cleanup|unlock": destroying("deletes, or throws changes away", "path"),
  },
  examples: {
    "svn status -u": "safe",
    "svn log -l 5": "safe",
    "svn update": "caution",
    "svn add x": "caution",
    "svn revert -R .": "dangerous",
    "svn diff --diff-cmd x": "dangerous",
    "svn log --password x": "caution",
  },
  nearMisses: ["svn", "svn diff --diff-c x", "svn cleanup", "svn commit -m x"],
});

const hgTraps: Readonly<Record<string, OptionRule>> = {
  ...Object.fromEntries(Object.entries(traps).filter(([name]) => !/^-p/.test(name))),
  "--debugger": { arity: "flag", risk: "unknown", why: "starts a debugger, which runs what it is fed" },
  "-R|--repository|--cwd": { risk: "unknown", why: "takes another repository, whose settings may name code to load" },
};
const hgRead = (why: string): CommandRule =>
  reading(why, {
    options: hgTraps,
    values:
      "-r|--rev -l|--limit -T|--template --style -d|--date -u|--user -k|--keyword -b|--branch -I|--include -X|--exclude --color --pager",
    flags: "-v|--verbose -q|--quiet -p|--patch -G|--graph --stat -g|--git -A|--all -m -a -n --debug",
  });

export const hg = program({
  names: "hg|chg",
  source: "hg(1), Mercurial 7.1",
  globals: "anywhere",
  why: "works with a Mercurial repository",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help --noninteractive",
  values: "-R|--repository --cwd",
  options: { "--config": { risk: "unknown", why: "settings can name programs to run" } },
  verbs: {
    "status|st|log|history|summary|sum|diff|annotate|blame|branches|heads|tip|parents|identify|id|files|manifest|cat|tags|paths|root|grep|locate|incoming|in|outgoing|out|verify|version|help":
      hgRead("prints what the repository or the working copy holds"),
    "add|addremove|branch|commit|ci|copy|cp|rename|mv|move|pull|push|clone|init|merge|graft|rebase|shelve|unshelve|tag|bookmark|bookmarks|phase|resolve|backout|bundle|unbundle|import|archive|forget|amend|config|tracked":
      changing("changes the working copy or the repository", "hg log shows the revisions before", { options: hgTraps }),
    "update|up|checkout|co": changing("takes another revision into the working copy", "hg update REVISION goes back", {
      options: { "-C|--clean": { arity: "flag", risk: "dangerous", why: "throws changes away" } },
      targets: operandTargets("revision"),
    }),
    "revert|purge|strip|remove|rm|rollback|prune|histedit|debugstrip": destroying("deletes, or throws changes away", "path or revision"),
  },
  examples: {
    "hg status": "safe",
    "hg log -l 3 -p": "safe",
    "hg log --debugger": "unknown",
    "hg log -R /srv/x": "unknown",
    "hg pull": "caution",
    "hg update -C": "dangerous",
    "hg strip x": "dangerous",
    "hg --config a=b status": "unknown",
    "hg cat -o x y": "caution",
    "hg diff --diff-cmd x": "dangerous",
    "hg log --password x": "caution",
  },
  nearMisses: ["hg", "hg push", "hg incoming --bundle x", "hg status --conf a=b", "hg bookmarks x"],
});
