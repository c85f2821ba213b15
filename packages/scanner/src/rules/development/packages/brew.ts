// Homebrew and MacPorts: what asks is safe; what installs or links is caution; what removes is dangerous.
import { type CommandRule, program } from "../../../rule.ts";
import { asksVersion, changing, destroying, reading, running, undoable, undoneByVerb } from "../verbs.ts";

const read = reading("prints facts about packages", {
  operands: "data*",
  options: { "--github|--homepage|--edit": { arity: "flag", risk: "unknown", why: "opens a browser or an editor" } },
});
const log = "the formula's other version can be installed again";
const install = changing("installs, upgrades or links packages, and may fetch newer formulae first", log);
const remove = destroying("removes packages or their files", "package");

const bundleRead: CommandRule = { ...read, values: "--file", anyOption: true };

export const brew = program({
  names: "brew",
  source: "docs.brew.sh/Manpage, Homebrew 5.0",
  globals: "anywhere",
  why: "works with packages",
  risk: (inv) =>
    asksVersion(
      inv,
      "--version",
      "--help",
      "--prefix",
      "--repository",
      "--config",
      "--env",
      "--cellar",
      "--caskroom",
      "--cache",
      "--taps",
    ) || ["--prefix", "--cellar", "--caskroom", "--cache", "--repository"].some((name) => inv.has(name))
      ? "safe"
      : "unknown",
  flags:
    "-h|--help -v|--version --cache --cellar --caskroom --prefix --repository|--repo --env --config --taps -d|--debug -q|--quiet --verbose --installed --unbrewed --formula|--formulae --cask|--casks -s|--build-from-source --force-bottle --HEAD --bottle-tag --plain",
  values: "--os --arch",
  operands: "data*",
  verbs: {
    "info|abv|list|ls|search|-S|deps|desc|leaves|uses|outdated|missing|config|options|formulae|casks|formula|cat|log|docs-path|commands|help|doctor|dr|which-formula|shellenv|tap-info|log-path|livecheck|linkage|which-update|tab-info|command|--version-info":
      read,
    "cache-path|casks-path": read,
    tap: { ...install, risk: "caution", why: "adds a source of packages", noInverse: "brew untap takes it away" },
    "install|upgrade|reinstall|update|up|link|ln|unlink|fetch|migrate|postinstall|post_install|update-if-needed|update-reset|analytics|completions|developer|tab|alias|gist-logs|tap-new|extract|create|edit|home|homepage|docs|log-upload":
      install,
    pin: undoable("keeps packages at their version", undoneByVerb("unpin")),
    unpin: undoable("lets packages be upgraded again", undoneByVerb("pin")),
    "uninstall|remove|rm|untap|cleanup|autoremove|zap|unalias": remove,
    "services list|info": { ...changing("lists services; the sub-command may be fetched first", "nothing else is changed") },
    "services start|run|restart|cleanup": changing("starts services", "brew services stop ends them"),
    "services stop|kill": destroying("stops a service and takes it out of what starts by itself", "service"),
    "bundle list|check": { ...changing("reads a list of packages and may fetch the sub-command first", "nothing else is changed") },
    "bundle install|dump|add|upgrade|edit|env": { ...bundleRead, ...changing("installs what a file lists, or writes that file", log) },
    bundle: changing("installs what a file lists", log),
    "bundle cleanup|remove": remove,
    "bundle exec|sh": running("runs a command"),
    "test|audit|style|bottle|bump|bump-formula-pr|bump-cask-pr|readall|ruby|irb|sh|exec|vendor-install|tests|typecheck|rubocop|command-not-found-init|mcp-server|prof|pr-pull|dispatch-build-bottle|release|vendor-gems|contributions|update-test|install-bundler-gems|debugger|setup-ruby|x":
      running("runs code of formulae or of Homebrew itself"),
  },
  examples: {
    "brew list --versions": "safe",
    "brew info --json=v2 jq": "safe",
    "brew --prefix jq": "safe",
    "brew --version": "safe",
    "brew info --github jq": "unknown",
    "brew install jq": "caution",
    "brew install --help": "safe",
    "brew upgrade -n": "caution",
    "brew pin jq": "caution",
    "brew uninstall jq": "dangerous",
    "brew cleanup -s": "dangerous",
    "brew services start redis": "caution",
    "brew services stop --all": "dangerous",
    "brew bundle exec ls": "unknown",
    "brew test jq": "unknown",
  },
  nearMisses: [
    "brew",
    "brew frob",
    "brew services",
    "brew bundle list",
    "brew autoremove -n",
    "brew --cache install jq",
    "brew log --edit",
  ],
});

export const port = program({
  names: "port",
  source: "port(1), MacPorts 2.10",
  globals: "anywhere",
  why: "works with packages",
  flags: "-v -d -q -n -R -u -f -y -s -b -p -k -t",
  verbs: {
    "list|search|info|installed|outdated|deps|rdeps|dependents|rdependents|variants|contents|provides|version|echo|dir|work|url|livecheck|notes|help|location|space|select-list|platform|maintainers|description|leaves|requested|unrequested":
      reading("prints facts about packages"),
    "install|upgrade|activate|deactivate|selfupdate|sync|select|setrequested|setunrequested|fetch|load|reload|reclaim-list|snapshot":
      changing("changes packages", "port installed shows the versions before"),
    "uninstall|unload|clean|reclaim|restore|migrate": destroying("removes packages or their files", "package"),
  },
  examples: {
    "port installed": "safe",
    "port -q list outdated": "safe",
    "port install jq": "caution",
    "port -f uninstall jq": "dangerous",
  },
  nearMisses: ["port", "port frob"],
});
