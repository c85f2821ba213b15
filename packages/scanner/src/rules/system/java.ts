// Tools that look into a running JVM: what only prints is safe, what writes, forces a collection or changes is named.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { operandTargets, program } from "../../rule.ts";
import type { Finding } from "../../rule.ts";
import { listing } from "../verb-rules.ts";

/** Diagnostic commands that only print. */
const prints =
  /^(help|Thread\.print|Thread\.vthread_(pollers|scheduler)|VM\.(flags|command_line|uptime|version|native_memory|metaspace|info|dynlibs|stringtable|symboltable|systemdictionary|classloader_stats|classloaders|class_hierarchy|classes|events|log_list|print_touched_methods)|GC\.(heap_info|finalizer_info|class_stats)|JFR\.check|JFR\.view|Compiler\.(codecache|codelist|queue|CodeHeap_Analytics|directives_print|memory)|ManagementAgent\.status|PerfCounter\.print|System\.map)$/;

const memory = "writes all memory of the program, secrets among it, to a file and stops it meanwhile";

/** Further commands, by what they do. */
const further: readonly (readonly [RegExp, Omit<Finding, "span">])[] = [
  [/^VM\.system_properties$/, { risk: "caution", why: "prints properties, passwords among them", sensitive: true }],
  [/^(GC\.run|GC\.run_finalization|GC\.class_histogram)$/, { risk: "caution", why: "stops the program for a full collection of garbage" }],
  [/^GC\.heap_dump$/, { risk: "caution", why: memory, sensitive: true }],
  [
    /^(JFR\.(start|stop|dump|configure)|VM\.(set_flag|log|cds|unlock_commercial_features)|Thread\.dump_to_file|Compiler\.perfmap)$/,
    { risk: "caution", why: "changes the JVM or writes a file" },
  ],
  [
    /^(ManagementAgent\.(start|start_local)|JVMTI\.agent_load|VM\.start_java_debugging|Compiler\.directives_add)$/,
    { risk: "dangerous", why: "opens the JVM to the network, or loads code into it" },
  ],
];

const toFile = /^-{0,2}(filename|file|filepath|output)=|^-f$/;

/** What the words behind a printing command make of it. */
function printingFinding({ text, span }: Arg, rest: readonly Arg[]): Finding | undefined {
  if (rest.some((arg) => toFile.test(arg.text))) return { risk: "caution", why: "writes a file", span };
  const counts = text === "VM.native_memory" && rest.some((arg) => arg.shape !== "literal" || /^(baseline|shutdown)/.test(arg.text));
  return counts ? { risk: "caution", why: "sets or ends the counting of memory", span } : undefined;
}

function diagnosticFinding(inv: Invocation): Finding | undefined {
  const [, command, ...rest] = inv.operands;
  if (command === undefined) return undefined;
  const { span } = command;
  if (command.shape !== "literal") return { risk: "unknown", why: "the diagnostic command is not written out", span };
  if (command.text === "VM.log" && rest.length === 1 && rest[0]?.text === "list") return undefined;
  if (prints.test(command.text)) return printingFinding(command, rest);
  const known = further.find(([name]) => name.test(command.text));
  return known === undefined ? { risk: "unknown", why: "is not on the list of what a JVM only answers", span } : { ...known[1], span };
}

export const jcmd = program({
  names: "jcmd",
  source: "jcmd(1), OpenJDK 21",
  style: "posix",
  why: "asks a running JVM",
  safer: "jcmd PID help",
  flags: "-l -h|--help|-?",
  options: { "-f": { kind: "code", why: "runs a file of diagnostic commands" } },
  operands: "data*",
  anyWord: true,
  inspect: (inv, ctx) => {
    if (inv.operands.some((arg) => arg.text.includes("\n")))
      ctx.report({ risk: "unknown", why: "a line break begins another diagnostic command" });
    const finding = diagnosticFinding(inv);
    if (finding !== undefined) ctx.report(finding);
  },
  targets: operandTargets("process"),
  examples: {
    jcmd: "safe",
    "jcmd -l": "safe",
    "jcmd 41 Thread.print -l": "safe",
    "jcmd 41 VM.native_memory summary": "safe",
    "jcmd 41 GC.heap_info": "safe",
    "jcmd 41 help": "safe",
    "jcmd 41 VM.log list": "safe",
    "jcmd 41 GC.run": "caution",
    "jcmd 41 GC.class_histogram": "caution",
    "jcmd 41 GC.heap_dump /tmp/h": "caution",
    "jcmd 41 VM.system_properties": "caution",
    "jcmd 41 JFR.start duration=60s filename=/tmp/a.jfr": "caution",
    "jcmd 41 ManagementAgent.start jmxremote.port=9010": "dangerous",
    "jcmd 41 JVMTI.agent_load /tmp/x.so": "dangerous",
    "jcmd 41 Foo.bar": "unknown",
    "jcmd -f x 41": "unknown",
  },
  nearMisses: [
    "jcmd 41 Thread.print $'\\nGC.run'",
    "jcmd 41 VM.set_flag X true",
    "jcmd 41 $x",
    "jcmd 41 Thread.dump_to_file x",
    "jcmd 41 VM.flags; reboot",
  ],
});

export const jvmReaders = program({
  names: "jps|jstack",
  source: "jps(1), jstack(1), OpenJDK 21",
  why: "lists JVMs or prints their threads",
  flags: "-q -m -l -v -V -e -h|--help|-help",
  options: { "-F": { arity: "flag", risk: "caution", why: "halts a hung JVM while it looks" } },
  operands: "data*",
  noInverse: "the JVM goes on afterwards",
  examples: { "jps -lm": "safe", "jstack 41": "safe", "jstack -l 41": "safe", "jps -lvm": "safe", "jstack -F 41": "caution" },
  nearMisses: ["jstack -lF 41"],
});

const statOption =
  /^-(class|compiler|gc|gccapacity|gccause|gcnew|gcnewcapacity|gcold|gcoldcapacity|gcmetacapacity|gcutil|printcompilation)$/;

export const jstat = program({
  names: "jstat",
  source: "jstat(1), OpenJDK 21",
  style: "long",
  why: "prints counters of a JVM",
  flags:
    "-class -compiler -gc -gccapacity -gccause -gcnew -gcnewcapacity -gcold -gcoldcapacity -gcmetacapacity -gcutil -printcompilation -options -help -t -snap -J-Xmx64m",
  values: "-h",
  operands: "data*",
  anyWord: true,
  unbounded: (inv) => inv.operands.length === 2 && inv.options.some((use) => statOption.test(use.spec.names[0] ?? "")),
  safer: "give a count too: jstat -gcutil PID 1000 5",
  examples: { "jstat -gcutil 41": "safe", "jstat -gc -t 41 1000 5": "safe", "jstat -options": "safe", "jstat -gcutil 41 1s": "caution" },
  nearMisses: ["jstat -gcutil -J-agentpath:/x 41", "jstat -gcutil 41 1000"],
});

export const jmap = program({
  names: "jmap",
  source: "jmap(1), OpenJDK 21",
  style: "long",
  why: "prints what is in the memory of a JVM",
  flags: "-clstats -finalizerinfo -heap -histo -help -h|--help",
  options: {
    "-histo:live|-histo:all|-histo:live,parallel=0": {
      arity: "flag",
      risk: "caution",
      why: "stops the program for a full collection of garbage",
    },
    "-permstat": { arity: "flag", risk: "caution", why: "stops the program while it looks" },
    "-F": { arity: "flag", risk: "caution", why: "halts the program while it looks" },
  },
  operands: "data*",
  noInverse: "the program goes on afterwards",
  inspect: (inv, ctx) => {
    if (inv.unlisted.some((arg) => arg.text.startsWith("-dump")))
      ctx.report({
        risk: "caution",
        why: "writes all memory of the program, secrets among it, to a file and stops it meanwhile",
        sensitive: true,
      });
  },
  anyOption: true,
  risk: (inv) =>
    inv.unlisted.length === 0 ? "safe" : inv.unlisted.every((arg) => /^-(dump|histo):/.test(arg.text)) ? "caution" : "unknown",
  examples: {
    "jmap -clstats 41": "safe",
    "jmap -histo 41": "safe",
    "jmap -histo:live 41": "caution",
    "jmap -dump:live,format=b,file=/tmp/h 41": "caution",
    "jmap -F 41": "caution",
    "jmap -J-agentlib:x 41": "unknown",
  },
  nearMisses: ["jmap -histo:live,file=x 41", "jmap -permstat 41"],
});

export const jinfo = program({
  names: "jinfo",
  source: "jinfo(1), OpenJDK 21",
  style: "long",
  why: "prints the flags and properties of a JVM",
  risk: (inv) => (inv.unlisted.length === 0 ? "safe" : "unknown"),
  flags: "-flags -help -h|--help",
  values: "-flag",
  options: { "-sysprops": { arity: "flag", sensitive: true, why: "prints properties, passwords among them" } },
  operands: "data*",
  sensitive: (inv) => inv.options.length === 0 && inv.operands.length > 0,
  inspect: (inv, ctx) => {
    const flag = inv.arg("-flag");
    if (flag !== undefined && !/^\w+$/.test(flag.text)) ctx.report({ risk: "caution", why: "changes a flag of the JVM", span: flag.span });
  },
  noInverse: "jinfo -flag NAME PID prints the value before",
  examples: {
    "jinfo -flags 41": "safe",
    "jinfo -flag MaxHeapSize 41": "safe",
    "jinfo -flag +HeapDumpOnOutOfMemoryError 41": "caution",
    "jinfo -sysprops 41": "caution",
    "jinfo 41": "caution",
  },
  nearMisses: ["jinfo -flag MinHeapFreeRatio=10 41", "jinfo -flag $x 41", "jinfo -J-javaagent:x 41"],
});

export const jfr = program({
  names: "jfr",
  source: "jfr(1), OpenJDK 21",
  why: "reads recordings of a JVM",
  verbs: {
    "print|summary|metadata|view|version|help": listing("reads a recording", {
      operands: "read*",
      flags: "--xml --json --exact --verbose",
      values: "--categories --events --stack-depth --width --truncate --cell-height --numeric",
    }),
    "assemble|disassemble|scrub|configure": {
      risk: "caution",
      why: "writes files",
      operands: "data*",
      anyOption: true,
      noInverse: "the files are new",
    },
  },
  examples: { "jfr summary a.jfr": "safe", "jfr print --events GCPhasePause --json a.jfr": "safe", "jfr scrub a.jfr b.jfr": "caution" },
  nearMisses: ["jfr", "jfr assemble d x"],
});

export const asyncProfiler = program({
  names: "asprof|profiler.sh|async-profiler|jattach|jhsdb|jdb|jconsole|jvisualvm|jmc|jstatd|arthas|as.sh|btrace",
  source: "github.com/async-profiler 3.0; jhsdb(1), jstatd(1), OpenJDK 21",
  risk: (inv) => (["arthas", "as.sh", "btrace", "jattach", "jstatd"].includes(inv.program) ? "dangerous" : "caution"),
  why: "attaches to a JVM: slows it down, may halt it or load code into it",
  safer: "jcmd PID Thread.print",
  anyOption: true,
  operands: "name*",
  targets: operandTargets("process"),
  noInverse: "the JVM goes on afterwards",
  examples: {
    "asprof -d 30 -f /tmp/f.html 41": "caution",
    "jhsdb jmap --heap --pid 41": "caution",
    "jstatd -p 1099": "dangerous",
    "jattach 41 load x": "dangerous",
  },
  nearMisses: ["profiler.sh start 41", "as.sh 41"],
});
