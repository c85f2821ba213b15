// macOS: signatures, file converters, sampling and installing.
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";

export const codesign = program({
  names: "codesign",
  source: "codesign(1), macOS 14",
  risk: (inv) => ((inv.has("-d") || inv.has("-v")) && !inv.has("-s") && inv.unlisted.length === 0 ? "safe" : "caution"),
  why: "shows, checks or writes a signature",
  safer: "codesign -dv PATH",
  flags: "-d|--display -v|--verify -vv -vvv -vvvv --deep --strict -h --verbose -f|--force --remove-signature",
  values: "-s|--sign -r|--requirements -o|--options -i|--identifier -a|--architecture -R|--test-requirement",
  optional: "--entitlements",
  options: { "--file-list|--extract-certificates": { arity: "optional", risk: "caution", why: "writes files" } },
  operands: "data*",
  noInverse: "the signature before is gone",
  answers: [1, 3],
  examples: {
    "codesign -dv x.app": "safe",
    "codesign --verify --deep --strict x.app": "safe",
    "codesign -s id x.app": "caution",
    "codesign -d --extract-certificates x.app": "caution",
    "codesign --remove-signature x.app": "caution",
  },
  nearMisses: ["codesign -fs id x.app", "codesign -d --remove-signature -s x y"],
});

const converts = (
  why: string,
  names: string,
  reads: readonly string[],
  flags: string,
  values: string,
  source: string,
  examples: Readonly<Record<string, "safe" | "caution">>,
  nearMisses: readonly string[],
) =>
  program({
    names,
    source,
    style: "long",
    risk: (inv) =>
      inv.unlisted.length === 0 && (reads.some((name) => inv.has(name)) || (names === "plutil" && inv.options.length === 0))
        ? "safe"
        : "caution",
    why,
    flags,
    values,
    options: { "-o|-out|--out|-output|-create|-outdir": { kind: "write", why: "writes a file" } },
    anyOption: true,
    operands: "data*",
    noInverse: "the file before is overwritten, or a new one written",
    examples,
    nearMisses,
  });

export const plutil = converts(
  "reads, checks or changes a property list",
  "plutil",
  ["-p", "-lint", "-help", "-type"],
  "-p -lint -help -s -e -r -n -type",
  "-expect",
  "plutil(1), macOS 14",
  {
    "plutil -p x.plist": "safe",
    "plutil -lint x.plist": "safe",
    "plutil -convert xml1 x.plist": "caution",
    "plutil -p -o y x.plist": "caution",
  },
  ["plutil -remove a x.plist", "plutil -p -replace a -string b x.plist"],
);

export const lipo = converts(
  "reads or makes files for several processors",
  "lipo",
  ["-info", "-archs", "-detailed_info", "-verify_arch"],
  "-info -archs -detailed_info",
  "-verify_arch",
  "lipo(1), Xcode 15",
  { "lipo -info x": "safe", "lipo -archs x": "safe", "lipo x -thin arm64 -output y": "caution" },
  ["lipo -create a b -output c", "lipo -info x -remove arm64"],
);

export const sips = converts(
  "asks or changes pictures",
  "sips",
  ["-g", "--getProperty", "-1", "--formats", "--version"],
  "-1 --formats --version --oneLine",
  "-g|--getProperty",
  "sips(1), macOS 14",
  { "sips -g pixelWidth x.png": "safe", "sips -Z 100 x.png": "caution", "sips -g all --out y x.png": "caution" },
  ["sips -s format png x --out y"],
);

export const macSampling = program({
  names: "sample|spindump|fs_usage|sc_usage|sysdiagnose|latency|allmemory|nettop|powermetrics|iosnoop",
  source: "sample(1), spindump(8), fs_usage(1), nettop(1), powermetrics(1), macOS 14",
  risk: "caution",
  why: "samples what programs do, and writes it to a file or goes on without end",
  anyOption: true,
  operands: "data*",
  unbounded: (inv) => !/^(sample|spindump|sysdiagnose)$/.test(inv.program),
  sensitive: true,
  noInverse: "it changes no program",
  examples: { "sample 41 5": "caution", "fs_usage -w": "caution", nettop: "caution" },
  nearMisses: ["spindump 41", "sysdiagnose"],
});

export const macFiles = program({
  names:
    "mdimport|mdutil|SetFile|textutil|xcode-select|xcrun|installer|kextload|kextunload|tccutil|chflags|GetFileInfo|lsregister|mkbom|bless|startosinstall",
  source: "mdutil(1), installer(8), tccutil(1), kextload(8), xcode-select(1), macOS 14",
  risk: (inv) =>
    readsFile(inv)
      ? "safe"
      : /^(installer|kextload|kextunload|tccutil|bless|startosinstall|xcrun)$/.test(inv.program)
        ? "dangerous"
        : "caution",
  why: "changes files, indexes or what is installed",
  style: "long",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("path"),
  noInverse: "mdutil -s and ls -lO show the state before",
  examples: {
    "mdutil -s /": "safe",
    "xcode-select -p": "safe",
    "GetFileInfo x": "safe",
    "mdutil -i off /": "caution",
    "chflags hidden x": "caution",
    "tccutil reset All": "dangerous",
    "installer -pkg x -target /": "dangerous",
  },
  nearMisses: ["mdutil -E /", "xcrun rm x", "textutil -convert html x", "mdimport x"],
});

function readsFile(inv: Invocation): boolean {
  const only = inv.unlisted.map((arg) => arg.text).join(" ");
  if (inv.program === "GetFileInfo") return true;
  return (
    (inv.program === "mdutil" && /^-s(a| -a)?$/.test(only)) ||
    (inv.program === "xcode-select" && /^(-p|--print-path|-v|--version)$/.test(only) && inv.operands.length === 0)
  );
}

export const arch = program({
  names: "arch",
  source: "arch(1), macOS 14; GNU coreutils 9.4",
  style: "long",
  why: "prints the kind of processor, or runs a program as for another",
  flags: "-x86_64 -arm64 -arm64e -i386 -64 -32 -c -h --help --version",
  values: "-arch",
  options: { "-e|-d": { risk: "unknown", why: "changes the environment of what it runs" } },
  operands: "inner*",
  firstEnds: true,
  inspect: (inv, ctx) => ctx.scanArgv(inv.operands),
  examples: { arch: "safe", "arch -x86_64 ls": "safe", "arch -arm64 rm x": "dangerous", "arch -e A=b ls": "unknown" },
  nearMisses: ["arch -arch arm64 sh -c reboot"],
});
