// Tools of graphics processors.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";
import { changing, destroying, listing } from "../verb-rules.ts";

const gpuTarget = (inv: Invocation) => [{ kind: "gpu", name: inv.value("-i") ?? "all" }];

const samples = listing("prints the load of graphics processors line by line", {
  flags: "-h|--help",
  values: "-i|--id -d|--delay -c|--count -s|--select -o|--options --format",
  options: { "-f|--filename": { kind: "write", why: "writes a file" } },
  operands: "none",
  unbounded: (inv) => !inv.has("-h") && !/^[1-9]\d*$/.test(inv.value("-c") ?? ""),
  safer: "nvidia-smi dmon -c 1",
});

export const nvidiaSmi = program({
  names: "nvidia-smi",
  source: "nvidia-smi(1) 550",
  style: "long",
  risk: "safe",
  why: "prints the state of graphics processors",
  flags: "-L|--list-gpus -B|--list-excluded-gpus -q|--query -x|--xml-format -u|--unit --dtd -h|--help --version",
  values:
    "-i|--id -d|--display --format --query-gpu --query-compute-apps --query-accounted-apps --query-retired-pages --query-remapped-rows --query-supported-clocks --loop-count",
  options: {
    "-l|--loop|-lms|--loop-ms": { unbounded: true, why: "repeats its report without end", safer: "leave -l out" },
    "-f|--filename": { kind: "write", why: "writes a file" },
    "-pm|--persistence-mode|-e|--ecc-config|-c|--compute-mode|-pl|--power-limit|-ac|--applications-clocks|-lgc|--lock-gpu-clocks|-lmc|--lock-memory-clocks|-dm|--driver-model|-fdm|-am|--accounting-mode|-cc|-gtt|--gpu-target-temp|-t|--toggle-led|-p|--reset-ecc-errors|-gom|-vm|--virt-mode":
      { risk: "caution", why: "changes the settings of the processor" },
    "-rgc|--reset-gpu-clocks|-rmc|--reset-memory-clocks|-rac|--reset-applications-clocks|-caa|--clear-accounted-apps": {
      arity: "flag",
      risk: "caution",
      why: "resets settings of the processor",
    },
    "-r|--gpu-reset": { arity: "flag", risk: "dangerous", why: "resets the processor; work on it is lost" },
    "-mig|--multi-instance-gpu": { risk: "dangerous", why: "divides the processor anew and ends work on it" },
  },
  targets: gpuTarget,
  verbs: {
    topo: listing("prints how processors are connected", {
      flags: "-m|--matrix -mp -c -h|--help",
      values: "-i|--id -n -p2p -g",
      operands: "none",
    }),
    "dmon|pmon": samples,
    nvlink: listing("prints the state of links", {
      flags: "-s|--status -c|--capabilities -p|--pcibusid -R|--remotelinkinfo -e|--errorcounters -h|--help",
      values: "-i|--id -l|--link -gt|--getthroughput",
      operands: "none",
    }),
    mig: listing("lists or changes parts of a processor", {
      flags:
        "-lgip|--list-gpu-instance-profiles -lgipp -lgi|--list-gpu-instances -lcip|--list-compute-instance-profiles -lci|--list-compute-instances -h|--help",
      values: "-i|--id -gi -ci",
      options: {
        "-dgi|--destroy-gpu-instance|-dci|--destroy-compute-instance": {
          arity: "flag",
          risk: "dangerous",
          why: "removes parts of the processor",
        },
        "-cgi|--create-gpu-instance|-cci|--create-compute-instance": {
          arity: "optional",
          risk: "caution",
          why: "makes parts of the processor",
        },
      },
      operands: "data*",
      targets: gpuTarget,
    }),
    "vgpu|compute-policy|c2c|conf-compute|boost-slider|power-hint|power-smoothing|clocks": {
      risk: "unknown",
      why: "shows or changes settings",
    },
    drain: destroying("takes a processor away from the machine", "gpu"),
    daemon: changing("starts a program that records load", "it must be stopped"),
    replay: { risk: "unknown", why: "writes a file" },
  },
  examples: {
    "nvidia-smi": "safe",
    "nvidia-smi -L": "safe",
    "nvidia-smi -q -d MEMORY,ECC -i 0": "safe",
    "nvidia-smi --query-gpu=name,memory.used --format=csv,noheader": "safe",
    "nvidia-smi topo -m": "safe",
    "nvidia-smi nvlink -s": "safe",
    "nvidia-smi mig -lgi": "safe",
    "nvidia-smi pmon -c 1": "safe",
    "nvidia-smi dmon": "caution",
    "nvidia-smi dmon -c 1 -f x": "caution",
    "nvidia-smi -l 5": "caution",
    "nvidia-smi -pm 1": "caution",
    "nvidia-smi -rgc": "caution",
    "nvidia-smi -f x": "caution",
    "nvidia-smi mig -cgi 9": "caution",
    "nvidia-smi mig -dgi": "dangerous",
    "nvidia-smi --gpu-reset -i 0": "dangerous",
    "nvidia-smi -mig 1": "dangerous",
    "nvidia-smi -X": "unknown",
  },
  nearMisses: ["nvidia-smi -r", "nvidia-smi -c 3", "nvidia-smi drain -p 0 -m 1", "nvidia-smi -i 0 -pl 200", "nvidia-smi nvlink -r 0"],
});

export const otherGpu = program({
  names: "rocm-smi",
  source: "rocm-smi 6.0",
  why: "prints the state of graphics processors",
  style: "long",
  flags:
    "-i|--showid -a|--showallinfo -t|--showtemp -c|--showclocks -g|--showgpuclocks -f|--showfan -P|--showpower -u|--showuse -v|--showdriverversion -b --showbus --showmemuse --showpids --showproductname --showserial --showvoltage --showtopo --showhw --showuniqueid --json --csv -h|--help --version",
  values: "-d|--device --showmeminfo",
  operands: "none",
  examples: { "rocm-smi": "safe", "rocm-smi --showuse --json": "safe" },
  nearMisses: ["rocm-smi --gpureset -d 0", "rocm-smi --setfan 90"],
});
