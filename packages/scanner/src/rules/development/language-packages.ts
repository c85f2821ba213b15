// cargo, rustup, go, gem, bundle, composer, dotnet and others: what asks is safe; building runs code of packages; publishing is for everybody.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program } from "../../rule.ts";
import type { Risk } from "../../types.ts";
import { asksHelp, asksVersion, changing, destroying, each, listing, reading, running } from "./verbs.ts";

const locked = "the lock file in version control holds the versions before";
const again = "what is built can be built again";
const builds = running("builds the project, which runs code of its packages");
const install = changing("installs or downloads packages", locked, { targets: operandTargets("package") });
const remove = destroying("removes packages or what was built", "package");
const publishes = destroying("publishes a package for everybody, or takes one away", "package");
const read = (why: string, extra: Partial<CommandRule> = {}): CommandRule => reading(why, { options: {}, flags: "-h|--help", ...extra });

export const cargo = program({
  names: "cargo",
  source: "doc.rust-lang.org/cargo/commands, cargo 1.91",
  globals: "anywhere",
  why: "works with packages of Rust",
  risk: (inv) => (asksVersion(inv, "--version", "--help", "--list") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help -q|--quiet -v|--verbose -vv --locked --offline --frozen --list --release|-r",
  values: "--color",
  options: {
    "--config|-Z|-C|--lockfile-path": { risk: "unknown", why: "settings can name programs to run" },
    "--target-dir|--artifact-dir|--out-dir": { kind: "write", why: "writes files" },
  },
  verbs: {
    "help|version|search|info|read-manifest|locate-project|pkgid|verify-project|logout-list": listing("prints facts about packages", {
      flags: "-h|--help --verbose",
      values: "--limit --message-format --manifest-path -p|--package --registry --index",
      operands: "data*",
    }),
    "tree|metadata": listing("prints the dependencies", {
      anyOption: true,
      values:
        "--format-version --depth -e|--edges -i|--invert -p|--package --manifest-path --prefix --format -F|--features --filter-platform --target --prune",
    }),
    "outdated|audit|report": {
      ...listing("prints the dependencies, and may write the lock file", { anyOption: true, operands: "data*" }),
      risk: (inv) => (inv.has("--locked") || inv.has("--frozen") || inv.has("--offline") || asksHelp(inv) ? "safe" : "caution"),
      values: "--format-version --depth -e|--edges -i|--invert -p|--package --manifest-path --prefix --format -F|--features",
      noInverse: locked,
      safer: "--locked refuses to write the lock file",
    },
    "fetch|update|generate-lockfile|vendor|add|remove|rm|new|init|fmt|fix|login|logout|install|binstall|install-update|package": install,
    "uninstall|clean": remove,
    "publish|yank|owner": publishes,
    "build|b|run|r|test|t|check|c|bench|doc|d|rustc|rustdoc|clippy|nextest|miri|expand|flamegraph|watch|llvm-cov|bloat|deny|script": builds,
  },
  examples: {
    "cargo --version": "safe",
    "cargo search serde --limit 5": "safe",
    "cargo tree --locked -i serde": "safe",
    "cargo tree": "safe",
    "cargo outdated": "caution",
    "cargo outdated --locked": "safe",
    "cargo build --help": "safe",
    "cargo build": "unknown",
    "cargo add serde": "caution",
    "cargo publish": "dangerous",
    "cargo --config x search y": "unknown",
    "cargo tree --locked --target-dir x": "caution",
  },
  nearMisses: ["cargo", "cargo frob", "cargo +nightly build", "cargo clean", "cargo audit", "cargo tree -Z x --locked"],
});

export const rustup = program({
  names: "rustup",
  source: "rust-lang.github.io/rustup 1.28",
  globals: "anywhere",
  why: "works with versions of Rust",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help -v|--verbose -q|--quiet",
  verbs: {
    "show|check|which|help|completions": read("prints versions"),
    ...each(
      "show_active-toolchain show_home show_profile toolchain_list target_list component_list override_list",
      read("prints versions"),
    ),
    ...each(
      "update upgrade default install toolchain_install toolchain_add toolchain_link toolchain_update target_add component_add override_set override_unset self_update set_profile set_default-host set_auto-self-update set",
      install,
    ),
    ...each("uninstall toolchain_uninstall toolchain_remove target_remove component_remove self_uninstall", remove),
    "doc|man": running("opens a program"),
    run: running("runs a program", {
      firstEnds: true,
      operands: "data inner*",
      inspect: (inv, ctx) => ctx.scanArgv(inv.operands.slice(1)),
      targets: operandTargets("program"),
    }),
  },
  examples: {
    "rustup show": "safe",
    "rustup toolchain list": "safe",
    "rustup update": "caution",
    "rustup self uninstall": "dangerous",
    "rustup run stable ls": "unknown",
  },
  nearMisses: ["rustup", "rustup run stable rm x", "rustup default nightly"],
});

/** `go env -w` writes. */
export const go = program({
  names: "go",
  source: "pkg.go.dev/cmd/go, Go 1.25",
  style: "goflag",
  globals: "before",
  why: "works with packages of Go",
  values: "-C",
  verbs: {
    version: listing("prints the version of Go, or with what a program was built", { flags: "-m -v -json", operands: "read*" }),
    env: listing("prints settings", {
      flags: "-json -changed",
      operands: "data*",
      options: { "-w|-u": { arity: "flag", risk: "caution", why: "changes settings, which can name programs to run" } },
      noInverse: "go env NAME shows the setting before",
    }),
    help: read("prints help"),
    doc: listing("prints documentation", {
      flags: "-all -c -cmd -short -src -u",
      options: { "-http": { arity: "flag", risk: "unknown", why: "opens a browser" } },
    }),
    "mod graph|why|verify": listing("prints the modules", { flags: "-m -vendor -x", values: "-go" }),
    "tool nm|objdump|addr2line|buildid": listing("prints what is in a program", {
      flags: "-n -size -sort -type -gnu -S",
      values: "-s",
      operands: "read*",
      risk: (inv) => (inv.has("-w") ? "caution" : "safe"),
    }),
    tool: {
      why: "lists tools, or runs one",
      risk: (inv) => (inv.operands.length === 0 ? "safe" : "unknown"),
      operands: "data*",
      anyOption: true,
    },
    list: listing("prints packages", {
      flags: "-m -json -deps -test -u -versions -e -find -retracted",
      values: "-f",
      options: { "-mod": { allow: "readonly vendor", why: "may change go.mod" } },
    }),
    "mod tidy|download|vendor|init|edit": install,
    "get|install|work|fmt|fix|telemetry|bug": install,
    clean: remove,
    "build|run|test|generate|vet": builds,
  },
  examples: {
    "go version": "safe",
    "go version -m /usr/bin/x": "safe",
    "go env GOPROXY": "safe",
    "go env -w GOPROXY=off": "caution",
    "go mod graph": "safe",
    "go doc -http": "unknown",
    "go list -m -mod=readonly all": "safe",
    "go list -mod=mod all": "unknown",
    "go tool nm x": "safe",
    "go build ./...": "unknown",
    "go clean -cache": "dangerous",
  },
  nearMisses: ["go", "go run x.go", "go tool pprof x", "go vet -vettool=x", "go env --w A=b", "go list -toolexec x"],
});

export const gem = program({
  names: "gem",
  source: "guides.rubygems.org/command-reference, RubyGems 3.7",
  globals: "anywhere",
  why: "works with packages of Ruby",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags:
    "-v|--version -h|--help -q|--quiet -V|--verbose --backtrace --local -l --remote -r -b --both -a --all -d --details --no-details --prerelease --no-versions --norc",
  values: "-n|--name-matches",
  options: { "--config-file": { risk: "unknown", why: "loads other settings" }, "--debug": { arity: "flag" } },
  verbs: {
    "list|search|query|info|outdated|environment|env|which|contents|dependency|specification|stale|help|lock|cert-list|check":
      read("prints packages"),
    sources: {
      ...read("prints or changes where packages come from"),
      risk: (inv) =>
        inv.options.every((use) => ["-l", "--list", "-h"].some((name) => use.spec.names.includes(name))) &&
        inv.operands.length === 0 &&
        inv.unlisted.length === 0
          ? "safe"
          : "caution",
      flags: "-l|--list -h|--help",
      noInverse: "gem sources --list shows them before",
    },
    "install|i|update|fetch|unpack|build|pristine|rdoc|open|rebuild|setup|signin|signout|generate_index|mirror": install,
    "uninstall|cleanup": remove,
    "push|yank|owner|cert": publishes,
    "exec|server": builds,
  },
  examples: {
    "gem list --local": "safe",
    "gem env": "safe",
    "gem sources --list": "safe",
    "gem sources --add x": "caution",
    "gem install x": "caution",
    "gem uninstall -aIx": "dangerous",
    "gem exec x": "unknown",
    "gem list --config-file x": "unknown",
    "gem list --debug": "safe",
  },
  nearMisses: ["gem", "gem update --system", "gem sources -r x", "gem frob"],
});

export const bundle = program({
  names: "bundle|bundler|rbenv|rvm|asdf|mise|chruby|tfenv|tfswitch|jenv|sdk|nodenv|goenv|kerl|phpenv|plenv",
  source: "bundler.io/man 2.7; github.com/rbenv/rbenv 1.3, asdf-vm.com 0.18",
  globals: "anywhere",
  why: "works with packages of a project, or with versions of a language",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-v|--version -h|--help",
  verbs: {
    "versions|version|list|ls|current|which|where|whence|root|shims|latest|info|help|list-all|version-name|version-file|commands|prefix|ls-remote|list-remote":
      read("prints versions"),
    ...each("plugin_list plugins_list plugins_ls list_all", read("prints plug-ins")),
    "show|outdated|licenses|platform|viz-list": { ...builds, why: "loads the Gemfile, which is code" },
    "install|add|update|lock|cache|global|local|set|use|reshim|rehash|trust|init|config|upgrade|default": install,
    "uninstall|remove|clean|implode|prune|flush": remove,
    "exec|run|open|console|gem|shell|activate|env|x|task|tasks|check|doctor": builds,
  },
  examples: {
    "rbenv versions": "safe",
    "asdf current": "safe",
    "bundle --version": "safe",
    "bundle install": "caution",
    "asdf uninstall nodejs 20": "dangerous",
    "bundle exec rake": "unknown",
  },
  nearMisses: ["bundle", "bundle show x", "rvm implode"],
});

export const composer = program({
  names: "composer",
  source: "getcomposer.org/doc/03-cli.md 2.8",
  globals: "anywhere",
  why: "works with packages of PHP",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help -q|--quiet -n|--no-interaction --no-plugins --no-scripts -v --ansi --no-ansi --no-cache",
  values: "-d|--working-dir",
  verbs: {
    "show|info|outdated|search|licenses|license|depends|why|prohibits|why-not|check-platform-reqs|diagnose|about|fund|suggests|audit|status|validate|help|list|browse-list":
      {
        ...read("prints packages"),
        risk: (inv) => (inv.has("--no-plugins") ? "safe" : "caution"),
        noInverse: "plug-ins of the project may have run",
        safer: "--no-plugins",
      },
    "install|i|update|u|upgrade|require|r|create-project|init|bump|dump-autoload|dumpautoload|config|global|archive|reinstall|self-update|selfupdate|clear-cache|clearcache|cc":
      install,
    "remove|rm|uninstall": changing("removes packages from the project", locked),
    "exec|run-script|run|browse|home": builds,
  },
  examples: {
    "composer --version": "safe",
    "composer show --no-plugins": "safe",
    "composer show": "caution",
    "composer install": "caution",
    "composer exec x": "unknown",
  },
  nearMisses: ["composer", "composer remove x", "composer frob"],
});

function dotnetRisk(inv: Invocation): Risk {
  return asksVersion(inv, "--info", "--version", "--list-sdks", "--list-runtimes", "--help") ? "safe" : "unknown";
}

export const dotnet = program({
  names: "dotnet",
  source: "learn.microsoft.com/dotnet/core/tools, .NET 10",
  why: "works with .NET",
  risk: dotnetRisk,
  flags: "--info --version --list-sdks --list-runtimes -h|--help -d|--diagnostics",
  verbs: {
    "tool list": read("prints tools"),
    "nuget locals": {
      ...read("prints or empties caches"),
      risk: (inv) => (inv.has("--list") || inv.has("-l") ? "safe" : "caution"),
      flags: "-l|--list -c|--clear",
      noInverse: "what is cached can be fetched again",
    },
    "sdk check": read("prints versions"),
    "workload list|search": read("prints workloads"),
    "add|restore|new|tool|workload|pack|format|sln|solution|reference|package": install,
    "remove|clean": remove,
    "nuget push|delete": publishes,
    "build|run|test|publish|msbuild|vstest|watch|exec|ef|fsi|script|dev-certs|user-secrets": builds,
  },
  examples: {
    "dotnet --info": "safe",
    "dotnet --list-sdks": "safe",
    "dotnet tool list -g": "safe",
    "dotnet nuget locals all --list": "safe",
    "dotnet nuget locals all --clear": "caution",
    "dotnet add package x": "caution",
    "dotnet run": "unknown",
    "dotnet nuget delete x 1": "dangerous",
  },
  nearMisses: ["dotnet", "dotnet x.dll", "dotnet --roll-forward x y.dll"],
});

export const dotnetTrace = program({
  names: "dotnet-counters|dotnet-trace|dotnet-dump|dotnet-gcdump|dotnet-stack",
  source: "learn.microsoft.com/dotnet/core/diagnostics, 9.0",
  globals: "anywhere",
  why: "looks into running programs of .NET",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "--version -h|--help",
  values: "-p|--process-id -n|--name",
  verbs: {
    "ps|list|list-profiles|list-processes": read("lists processes"),
    report: read("prints the stacks or the heap of a process"),
    monitor: { ...read("shows counters"), unbounded: true },
    collect: changing("writes a record or a memory dump, and may stop the process meanwhile", again),
    analyze: running("opens a dump"),
  },
  examples: {
    "dotnet-counters ps": "safe",
    "dotnet-stack report -p 12": "safe",
    "dotnet-counters monitor -p 12": "caution",
    "dotnet-dump collect -p 12": "caution",
    "dotnet-dump analyze x": "unknown",
  },
  nearMisses: ["dotnet-trace", "dotnet-dump frob"],
});
