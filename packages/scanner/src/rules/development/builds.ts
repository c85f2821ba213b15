// Build tools, compilers, virtual machines: their versions are safe; what they build runs code of the project and is unknown.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, type ProgramRule, program } from "../../rule.ts";
import { asksVersion, changing, listing, reading, reportTasks, running } from "./verbs.ts";

const builder = (names: string, source: string, why: string, versions: string, extra: Partial<ProgramRule> = {}): ProgramRule =>
  program({
    names,
    source,
    why,
    risk: (inv) => (asksVersion(inv, ...versions.split(/[ |]/)) && inv.stdin.kind === "none" ? "safe" : "unknown"),
    flags: versions,
    anyOption: true,
    operands: "name*",
    inspect: reportTasks,
    targets: operandTargets("task"),
    examples: {
      [`${names.split("|")[0] ?? ""} ${versions.split(/[ |]/)[0] ?? ""}`]: "safe",
      [`${names.split("|")[0] ?? ""} deploy`]: "unknown",
      [`${names.split("|")[0] ?? ""} destroy-all`]: "dangerous",
    },
    nearMisses: names.split("|").flatMap((name) => [name, `${name} build`, `${name} --frob ${versions.split(/[ |]/)[0] ?? ""}`]),
    ...extra,
  });

/** Even -n runs what $(shell ...) and lines with + say. */
export const make = builder(
  "make|gmake|bmake|remake",
  "make(1), GNU make 4.4",
  "runs what the makefile says; -n still runs $(shell ...) and lines that begin with +",
  "--version|-v --help",
  {
    reads: "-f|--file|--makefile",
    options: { "--eval": { kind: "code", risk: "unknown", why: "runs makefile text" } },
    inspect: (inv, ctx) => {
      if (inv.all("-f").some((arg) => /^(-|\/dev\/(stdin|fd\/.*)|\/proc\/.*)$/.test(arg.text) || arg.shape !== "literal"))
        ctx.report({ risk: "dangerous", why: "runs whatever it is fed as a makefile", safer: "look at the text first" });
      reportTasks(inv, ctx);
    },
    examples: {
      "make --version": "safe",
      "make deploy": "unknown",
      "make -n deploy": "unknown",
      "make db-destroy": "dangerous",
      "make -f - all": "dangerous",
      "make --eval x": "unknown",
    },
  },
);

export const taskRunners = builder(
  "just|task|go-task|rake|rails|invoke|fab|cap|thor|ant|bazel|bazelisk|buck|buck2|pants|please|earthly|dagger|mage|ninja|meson|scons|waf|xmake|bitbake|sbt|mill|lein|boot|gradle|gradlew|ctest|cpack|msbuild|xcodebuild|nmake|jake|tup|cmake|ccmake|autoconf|automake|premake5|doit|garden",
  "the manual of each program",
  "runs tasks that the project defines",
  "--version --help",
);

export const maven = builder(
  "mvn|mvnw|mvnd",
  "maven.apache.org/ref/3.9 mvn --help",
  "runs plug-ins that the project names, for dependency:tree too",
  "-v|--version -h|--help",
);

export const compilers = builder(
  "gcc|g++|cc|c++|clang|clang++|gfortran|rustc|javac|kotlinc|scalac|ghc|ocamlc|ocamlopt|zig|nim|dmd|ldc2|fpc|gnatmake|swiftc|tsc|as|ld|lld|gold|nvcc|emcc|solc|protoc|buf|flex|bison|m4|llc|opt|gccgo|nasm|yasm",
  "gcc(1) 14, clang(1) 20, rustc 1.91",
  "compiles, which writes files and may load plug-ins",
  "--version -version -dumpversion -dumpmachine --help -V -vV",
  { style: "long", examples: { "gcc --version": "safe", "gcc -dumpmachine": "safe", "clang x.c": "unknown" } },
);

/** Options of the virtual machine that only choose memory or print. */
const quietOption =
  /^-(X(ms|mx|ss|mn)\d+[kKmMgG]?|XshowSettings(:\w+)?|XX:\+(Print(FlagsFinal|FlagsInitial|CommandLineFlags)|Unlock\w+Options|Use\w+GC)|XX:MaxRAMPercentage=[\d.]+|server|client|showversion|XX:ParallelGCThreads=\d+)$/;

export const java = program({
  names: "java",
  source: "docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
  style: "long",
  why: "runs a program of Java",
  risk: (inv) => (asksJavaVersion(inv) ? "safe" : "unknown"),
  flags: "-version --version -fullversion --full-version -help --help -h -X --help-extra --list-modules",
  values: "-cp -classpath --class-path -p --module-path --add-modules",
  options: { "-jar|-m|--module": { kind: "read", risk: "unknown", why: "runs a program" } },
  anyOption: true,
  operands: "data*",
  inspect: reportTasks,
  targets: operandTargets("program"),
  examples: {
    "java -version": "safe",
    "java -XX:+PrintFlagsFinal -version": "safe",
    "java -jar x.jar": "unknown",
    "java -Xmx1g Main": "unknown",
  },
  nearMisses: [
    "java",
    "java -javaagent:x.jar -version",
    "java -XX:OnError=sh -version",
    "java -agentpath:/x -version",
    "java -cp x -version",
    "java @args -version",
  ],
});

function asksJavaVersion(inv: Invocation): boolean {
  const plain = inv.options.length > 0 && inv.options.every((use) => use.spec.arity === "flag");
  return plain && inv.operands.length === 0 && inv.unlisted.every((arg) => quietOption.test(arg.text));
}

export const objectWriters = program({
  names: "objcopy|strip|ranlib|patchelf|install_name_tool|chrpath|elfedit|upx",
  source: "binutils 2.45: objcopy(1), strip(1); patchelf 0.18",
  why: "changes a program file in place",
  risk: (inv) =>
    asksVersion(inv, "--version", "--help")
      ? "safe"
      : inv.program === "patchelf" && inv.unlisted.length === 0 && inv.options.length > 0
        ? "safe"
        : "caution",
  flags: "--version --help --print-rpath --print-needed --print-interpreter --print-soname",
  anyOption: true,
  operands: "name*",
  noInverse: "the file before is overwritten; the package holds it",
  examples: { "strip x": "caution", "patchelf --print-rpath x": "safe", "patchelf --set-rpath y x": "caution" },
  nearMisses: ["objcopy a b", "patchelf --print-rpath --set-rpath y x"],
});

/** Checkers that read files and load no code of the project. */
export const linters = program({
  names: "shellcheck|pycodestyle|pyflakes|checkbashisms|bashate|vulture|tokei",
  source: "shellcheck(1) 0.11 and the manuals of the others",
  why: "checks files and prints what it finds",
  flags: "-x|--external-sources -a|--check-sourced --version -V --list-optional -h|--help -q|--quiet -v|--verbose -r|--recursive",
  values:
    "-s|--shell -f|--format -e|--exclude -i|--include -S|--severity -o|--enable -P|--source-path -W|--wiki-link-count --max-line-length --ignore --select",
  optional: "--color",
  operands: "read*",
  answers: [1],
  examples: { "shellcheck -f gcc deploy.sh": "safe" },
  nearMisses: ["vulture --make-whitelist x", "shellcheck --rcfile x y"],
});

/** Formatters: safe where they only compare; they write in place otherwise. */
export const formatters = program({
  names:
    "black|isort|gofmt|goimports|shfmt|rustfmt|autopep8|yapf|autoflake|pyupgrade|docformatter|clang-format|taplo|dprint|stylua|buildifier|sqlfmt|xmlformat|gofumpt|ktlint|google-java-format|swiftformat",
  source: "black 25.9, gofmt (Go 1.25), shfmt 3.12, rustfmt 1.8, isort 6",
  why: "formats files in place",
  safer: "--check or -d only compares",
  risk: (inv) => (asksVersion(inv, "--version", "--help") || comparesOnly(inv) ? "safe" : "caution"),
  flags: "--version -V -h|--help -q|--quiet -v|--verbose --check|--check-only --diff -d -l|--list --fast --safe -s --color",
  values: "-t|--target-version --line-length --include --exclude --extend-exclude --profile -p|--project -i|--indent --edition -ln -ci",
  operands: "data*",
  answers: [1, 123],
  noInverse: "git checkout holds the files before, where they were committed",
  examples: { "black --check .": "safe", "gofmt -l .": "safe", "shfmt -d x.sh": "safe", "black .": "caution", "gofmt -w x.go": "unknown" },
  nearMisses: ["isort x.py", "gofmt -l -w .", "shfmt -l -w x", "black -q src", "rustfmt x.rs", "black -l 100 x.py"],
});

/** `-l` and `-d` compare for some and mean a length or a folder for others. */
function comparesOnly(inv: Invocation): boolean {
  if (/^(gofmt|goimports|gofumpt|shfmt)$/.test(inv.program)) return inv.has("-d") || inv.has("-l");
  if (!/^(black|isort|rustfmt)$/.test(inv.program) || inv.has("-d") || inv.has("-l")) return false;
  return inv.has("--check") || (inv.has("--diff") && inv.program !== "rustfmt");
}

export const ruff = program({
  names: "ruff",
  source: "docs.astral.sh/ruff 0.14",
  globals: "anywhere",
  why: "checks or formats files of Python",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help -q|--quiet -v|--verbose -n|--no-cache --isolated",
  verbs: {
    "version|rule|linter|config|help": reading("prints rules"),
    check: {
      ...listing("checks files; settings of the project may let it change them", {
        flags: "--no-fix --diff --statistics --show-files --show-settings -e|--exit-zero --preview --isolated",
        values: "--select --ignore --output-format --target-version --extend-select --line-length",
        options: {
          "--fix|--fix-only|--unsafe-fixes|--add-noqa|-w|--watch": { arity: "flag", risk: "caution", why: "changes files" },
          "-o|--output-file": { kind: "write", why: "writes a file" },
        },
      }),
      risk: (inv) => (inv.has("--no-fix") || inv.has("--diff") || inv.has("--isolated") ? "safe" : "caution"),
      noInverse: "git checkout holds the files before, where they were committed",
      safer: "--no-fix",
      answers: [1],
    },
    "format|clean|server|analyze": changing("formats files in place", "git checkout holds the files before, where they were committed"),
  },
  examples: {
    "ruff --version": "safe",
    "ruff rule E501": "safe",
    "ruff check --no-fix src": "safe",
    "ruff check src": "caution",
    "ruff check --no-fix --fix x": "caution",
    "ruff check --no-fix -o x y": "caution",
    "ruff format .": "caution",
  },
  nearMisses: ["ruff", "ruff format --diff", "ruff clean", "ruff check --no-fix --config x y"],
});

export const preCommit = program({
  names: "pre-commit|prek|lefthook|husky|commitlint|overcommit",
  source: "pre-commit.com 4.3",
  globals: "anywhere",
  why: "runs hooks of the repository",
  risk: (inv) => (asksVersion(inv, "--version", "--help") ? "safe" : "unknown"),
  flags: "-V|--version -h|--help",
  verbs: {
    "install|uninstall|autoupdate|clean|gc|migrate-config|sample-config|init-templatedir|install-hooks|add": changing(
      "changes hooks or settings of the repository",
      "git checkout holds the settings before",
    ),
    "run|try-repo|hook-impl|validate-config|validate-manifest": running("runs programs that the repository names"),
  },
  examples: { "pre-commit --version": "safe", "pre-commit install": "caution", "pre-commit run --all-files": "unknown" },
  nearMisses: ["pre-commit", "pre-commit sample-config"],
});

export const scanners = program({
  names:
    "sonar-scanner|eslint|prettier|mypy|pylint|flake8|pyright|rubocop|stylelint|golangci-lint|staticcheck|phpstan|psalm|phpcs|checkstyle|pmd|spotbugs|detekt|swiftlint|markdownlint|cspell|vale|pytest|phpunit|rspec|nosetests|behave|robot|newman|coverage|gcov|lcov|clang-tidy|cppcheck|semgrep|codeql|cloc|credo|dialyzer|sqlfluff|djlint",
  source: "the manual of each program",
  why: "loads settings or plug-ins of the project, which are code, or runs its tests",
  risk: (inv) => (asksVersion(inv, "--version", "--help", "-V") ? "safe" : "unknown"),
  flags: "--version -V -h|--help",
  anyOption: true,
  operands: "data*",
  inspect: reportTasks,
  targets: operandTargets("path"),
  examples: { "eslint --version": "safe", "pytest --collect-only": "unknown", "mypy src": "unknown" },
  nearMisses: ["eslint .", "prettier --check .", "pytest", "mypy --version x"],
});
