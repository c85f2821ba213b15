// Other clients of HTTP services: gRPC, websockets, and the tools that load a server with requests.
import type { Invocation } from "../../invocation.ts";
import { program } from "../../rule.ts";

/** `list` and `describe` ask for what there is; anything else calls a method, which only its name tells apart. */
function grpcRisk(inv: Invocation): "safe" | "caution" {
  const words = inv.operands.map((arg) => (arg.shape === "literal" ? arg.text : ""));
  if (inv.has("-version") || inv.has("-help") || words.slice(0, 2).some((word) => word === "list" || word === "describe")) return "safe";
  return words.some((word) => /^grpc\.(health\.v1\.Health[/.]Check|reflection\.)/.test(word)) ? "safe" : "caution";
}

export const grpcurl = program({
  names: "grpcurl",
  source: "github.com/fullstorydev/grpcurl 1.9",
  style: "long",
  risk: grpcRisk,
  why: "asks a gRPC server what it offers, or calls it",
  safer: "grpcurl HOST describe SERVICE",
  flags:
    "-plaintext -insecure -v -vv -version -help -emit-defaults -allow-unknown-fields -msg-template -format-error -use-reflection -alts",
  values:
    "-H -d -rpc-header -reflect-header -authority -servername -cacert -cert -key -connect-timeout -max-time -keepalive-time -max-msg-sz -format -import-path -proto -protoset -user-agent -expand-headers",
  options: { "-protoset-out|-proto-out-dir": { kind: "write", why: "writes the description to a file" } },
  operands: "data*",
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "method", name: arg.text })),
  noInverse: "what undoes a call depends on the service",
  examples: {
    "grpcurl -plaintext svc:9090 list": "safe",
    "grpcurl -plaintext svc:9090 describe shop.Orders": "safe",
    "grpcurl -plaintext svc:9090 grpc.health.v1.Health/Check": "safe",
    "grpcurl -d '{}' svc:9090 shop.Orders/Delete": "caution",
    "grpcurl -protoset-out f svc:9090 list": "caution",
  },
  nearMisses: [
    "grpcurl -plaintext svc:9090 shop.Orders/Get",
    "grpcurl svc:9090 $X",
    "grpcurl svc:9090 shop.Orders/Delete list",
    "grpcurl -unheard svc:9090 list",
  ],
});

export const grpcHealth = program({
  names: "grpc_health_probe|grpc-health-probe",
  source: "github.com/grpc-ecosystem/grpc-health-probe 0.4",
  style: "long",
  why: "asks a gRPC server whether it is healthy",
  flags: "-tls -tls-no-verify -v -gzip -spiffe -alts -version -help",
  values:
    "-addr -service -connect-timeout -rpc-timeout -tls-ca-cert -tls-client-cert -tls-client-key -tls-server-name -rpc-header -user-agent",
  operands: "none",
  answers: [1, 2, 3, 4],
  examples: { "grpc_health_probe -addr=:9090": "safe", "grpc_health_probe -addr svc:9090 -service shop.Orders": "safe" },
  nearMisses: ["grpc_health_probe -addr :1 x", "grpc_health_probe --exec x"],
});

export const websockets = program({
  names: "websocat|wscat|evans|grpcui|ghz",
  source: "websocat 1.13 --help; github.com/websockets/wscat",
  risk: "unknown",
  why: "opens a connection over which anything may be sent",
  operands: "data*",
  inspect: (inv, ctx) => {
    const words = [...inv.operands, ...inv.unlisted];
    if (
      words.some((arg) =>
        /^(sh-c|cmd|exec|writefile|appendfile|ws-listen|ws-l|tcp-listen|tcp-l|mirror|autoreconnect|--exec)/.test(arg.head),
      )
    )
      ctx.report({ risk: "dangerous", why: "connects a program or a file to the network" });
  },
  anyOption: true,
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "address", name: arg.text })),
  examples: { "websocat ws://x/feed": "unknown", "websocat ws-listen:0.0.0.0:8080 sh-c:bash": "dangerous" },
  nearMisses: ["wscat -c ws://x"],
});

const informs = /^(-h|--help|-V|-v|--version|version|help)$/;

/** What sends nothing, by the first word of each. */
const quiet: Readonly<Record<string, RegExp>> = { vegeta: /^(report|plot|encode)$/, k6: /^version$/ };

function loadRisk(inv: Invocation): "safe" | "caution" {
  const words = [...inv.operands, ...inv.unlisted].map((arg) => arg.text);
  const [first = ""] = words;
  const only = words.length === 1 && informs.test(first) && !(first === "-v" && /^(siege|httperf)$/.test(inv.program));
  return only || quiet[inv.program]?.test(first) === true ? "safe" : "caution";
}

export const loadTools = program({
  names:
    "ab|wrk|wrk2|hey|oha|siege|vegeta|k6|bombardier|locust|artillery|h2load|httperf|autocannon|drill-bench|fortio|jmeter|tsung|gatling",
  source: "ab(1), Apache 2.4; wrk 4.2; hey 0.1; k6 0.52; vegeta 12; siege 4.1; h2load(1)",
  risk: loadRisk,
  why: "loads a server with many requests at once, which may take it down for everybody",
  safer: "one request by curl",
  anyOption: true,
  operands: "data*",
  options: {
    "-o|--output|--out|--log-output|--console-output|--summary-export|-output|-g|-e": {
      kind: "write",
      risk: "caution",
      why: "writes the result to a file",
    },
  },
  targets: (inv) => inv.operands.slice(-1).map((arg) => ({ kind: "address", name: arg.text })),
  noInverse: "requests that were sent cannot be taken back; stop it to end the load",
  examples: {
    "ab -n 1000 -c 50 http://x/": "caution",
    "wrk -t4 -c100 -d30s http://x/": "caution",
    "hey -z 30s http://x": "caution",
    "k6 run load.js": "caution",
    "vegeta report results.bin": "safe",
    "vegeta report -output f results.bin": "caution",
    "ab -V": "safe",
    "k6 version": "safe",
    "k6 version --log-output=file=x": "caution",
    "siege -v": "caution",
  },
  nearMisses: ["siege -c 50 http://x", "vegeta attack -rate 100", "ab -n 1 http://x/ -V", "h2load -n 100 https://x"],
});
