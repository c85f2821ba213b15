// kubeseal and sops: secrets that are kept encrypted beside the code.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, program } from "../../rule.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";

const written = "the file before is overwritten; git may have it";

export const kubeseal = program({
  names: "kubeseal",
  source: "github.com/bitnami-labs/sealed-secrets, README of 0.32",
  style: "go",
  why: "encrypts secrets for a cluster and prints them",
  operands: "none",
  flags: "--fetch-cert --validate --re-encrypt --raw --allow-empty-data -h|--help --version --controller-tls",
  values:
    "--controller-name --controller-namespace --context --cluster -n|--namespace --name --scope -o|--format --user --as -v|--v --request-timeout",
  options: {
    "-w|--sealed-secret-file": { kind: "write", why: "writes a file" },
    "-f|--secret-file|--cert|--from-file": { kind: "data" },
    "--merge-into": { kind: "write", why: "changes a file" },
    "--recovery-unseal": { arity: "flag", sensitive: true, why: "prints decrypted secrets" },
    "--recovery-private-key": { risk: "caution", sensitive: true, why: "reads a private key" },
    "--kubeconfig|-s|--server": { risk: "unknown", why: "another cluster or configuration" },
  },
  noInverse: written,
  targets: () => [],
  examples: {
    "kubeseal --fetch-cert": "safe",
    "kubeseal --format yaml < x.yaml": "safe",
    "kubeseal -f x.yaml -w y.yaml": "caution",
    "kubeseal --merge-into y.yaml": "caution",
    "kubeseal --recovery-unseal --recovery-private-key k.key": "caution",
    "kubeseal --fetch-cert --kubeconfig /tmp/x": "unknown",
  },
  nearMisses: ["kubeseal -w y.yaml", "kubeseal --frob"],
});

const shown = freeRead("prints decrypted secrets", {
  sensitive: true,
  options: {
    "-i|--in-place": { arity: "flag", risk: "caution", why: "writes the decrypted secrets over the file" },
    "--output": { kind: "write", why: "writes the decrypted secrets to a file" },
  },
  noInverse: written,
});

const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: namedTargets("file"), noInverse: written, ...more });

/** `exec-env FILE COMMAND`: the second operand is shell text. */
const runs: CommandRule = {
  risk: "caution",
  why: "runs a command that is given the decrypted secrets",
  operands: "read inner*",
  flags: "--pristine --background --no-fifo --same-process",
  values: "--user --filename",
  inspect: (inv: Invocation, ctx) => {
    const text = inv.operands[1];
    if (text !== undefined) ctx.scanText(text);
  },
  targets: namedTargets("file"),
  sensitive: true,
  noInverse: "what the command changes is not recorded",
};

export const sops = program({
  names: "sops",
  source: "getsops.io/docs, sops 3.11",
  style: "go",
  why: "works with files of encrypted secrets",
  risk: (inv) => (inv.operands.length === 0 && (inv.has("-h") || inv.has("--version")) ? "safe" : "caution"),
  operands: "data*",
  flags:
    "-h|--help -v|--version --verbose --ignore-mac --show-master-keys --disable-version-check --check-for-updates --enable-local-keyservice",
  values:
    "--extract --input-type --output-type -k|--kms --aws-profile --gcp-kms --azure-kv --hc-vault-transit -p|--pgp -a|--age --config --encrypted-suffix --unencrypted-suffix --encrypted-regex --unencrypted-regex --shamir-secret-sharing-threshold --indent --keyservice --encryption-context",
  options: {
    "-d|--decrypt": { arity: "flag", sensitive: true, why: "prints decrypted secrets" },
    "-e|--encrypt": { arity: "flag" },
    "-r|--rotate": { arity: "flag", risk: "caution", why: "makes a new data key" },
    "-i|--in-place": { arity: "flag", risk: "caution", why: "writes over the file" },
    "--output": { kind: "write", why: "writes a file" },
    "--set|--add-kms|--rm-kms|--add-pgp|--rm-pgp|--add-age|--rm-age|--add-gcp-kms|--rm-gcp-kms": {
      risk: "caution",
      why: "changes the file or who can read it",
    },
  },
  targets: namedTargets("file"),
  noInverse: written,
  verbs: {
    filestatus: freeRead("says whether a file is encrypted"),
    "help|completion": freeRead("prints help"),
    decrypt: shown,
    "encrypt|edit|set|unset|rotate|updatekeys|groups": change("changes a file of secrets, or who can read it"),
    "publish|keyservice": change("sends secrets elsewhere, or serves their keys", { unbounded: true }),
    "exec-env|exec-file": runs,
  },
  examples: {
    "sops filestatus x.yaml": "safe",
    "sops --version": "safe",
    "sops -d x.yaml": "caution",
    "sops decrypt x.yaml": "caution",
    "sops decrypt -i x.yaml": "caution",
    "sops decrypt --output y x.yaml": "caution",
    "sops -r -i x.yaml": "caution",
    "sops -e --output y.yaml x.yaml": "caution",
    "sops --set '[\"a\"] 1' x.yaml": "caution",
    "sops exec-env x.yaml 'rm -rf /data'": "dangerous",
    "sops x.yaml": "caution",
  },
  nearMisses: ["sops -e x.yaml", "sops exec-file x.yaml 'cat {}'", "sops updatekeys x.yaml", "sops --frob filestatus x"],
});
