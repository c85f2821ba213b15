// Clients of image registries: skopeo, crane, oras, regctl, cosign, and buildah and dive beside them.
import type { Arg } from "../../arg.ts";
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, type OptionRule, program } from "../../rule.ts";
import { bareRisk } from "./cluster-client.ts";
import { freeChange, freeRead, namedTargets } from "./cluster-words.ts";
import { buildImage } from "./container-changes.ts";
import { powers } from "./container-run.ts";

const password: OptionRule = { risk: "caution", sensitive: true, why: "names credentials" };
const output: OptionRule = { kind: "write", why: "writes a file", safer: "leave it out" };

const read = freeRead("reads from a registry", { options: { "--creds|--username|--password|--registry-token": password } });
const readOr = (names: string): CommandRule => ({ ...read, options: { ...read.options, [names]: output } });

const published = "what is published may have been fetched already";
const change = (why: string, more: Partial<CommandRule> = {}): CommandRule =>
  freeChange(why, { targets: namedTargets("image"), noInverse: published, ...more });
const destroy = (why: string): CommandRule => freeChange(why, { risk: "dangerous", targets: namedTargets("image") });
const login = change("changes the stored credentials of a registry", { noInverse: "the credentials before are not read" });

export const skopeo = program({
  names: "skopeo",
  source: "github.com/containers/skopeo, docs of 1.20",
  style: "go",
  risk: bareRisk,
  why: "works with images in registries",
  flags: "--debug --insecure-policy",
  values:
    "--command-timeout --override-arch --override-os --override-variant --policy --registries.d --registries-conf --tmpdir --user-agent-prefix",
  optional: "-h|--help -v|--version",
  verbs: {
    "inspect|list-tags|manifest-digest|standalone-verify|help": read,
    "copy|sync|standalone-sign": change("copies images, over what has the name now"),
    "login|logout": login,
    delete: destroy("deletes an image from a registry"),
    "experimental-image-proxy|generate-sigstore-key": change("starts a service, or writes keys"),
  },
  examples: {
    "skopeo inspect docker://r.example.com/api:1": "safe",
    "skopeo list-tags docker://r.example.com/api": "safe",
    "skopeo inspect --creds u:p docker://r.example.com/api:1": "caution",
    "skopeo copy docker://a docker://b": "caution",
    "skopeo delete docker://r.example.com/api:1": "dangerous",
  },
  nearMisses: ["skopeo sync --src docker --dest dir a b", "skopeo login r.example.com", "skopeo --frob inspect delete docker://a"],
});

export const crane = program({
  names: "crane|gcrane",
  source: "github.com/google/go-containerregistry, cmd/crane/doc of 0.20",
  style: "go",
  risk: bareRisk,
  why: "works with images in registries",
  flags: "--allow-nondistributable-artifacts --insecure -v|--verbose",
  values: "--platform",
  optional: "-h|--help --version",
  verbs: {
    "manifest|digest|ls|config|validate|catalog|version|blob|help|completion": read,
    export: change("writes the files of an image", { noInverse: "the file that was there before is overwritten" }),
    pull: change("writes an image to a file", { noInverse: "the file that was there before is overwritten" }),
    "copy|cp|push|tag|mutate|append|rebase|flatten|edit|index|optimize": change("publishes an image, over what has the name now"),
    auth: login,
    "delete|gc": destroy("deletes an image from a registry"),
    "registry serve": change("starts a registry", { unbounded: true }),
  },
  examples: {
    "crane digest r.example.com/api:1": "safe",
    "crane ls r.example.com/api": "safe",
    "crane tag r.example.com/api:1 stable": "caution",
    "crane delete r.example.com/api:1": "dangerous",
  },
  nearMisses: ["crane pull a b.tar", "crane auth login r.example.com", "crane --frob ls delete a"],
});

export const oras = program({
  names: "oras",
  source: "oras.land/docs/commands, oras 1.3",
  style: "go",
  risk: bareRisk,
  why: "works with artefacts in registries",
  optional: "-h|--help --version",
  verbs: {
    "discover|version|resolve|help|completion": read,
    "repo ls|list|tags|show-tags": read,
    "manifest fetch|fetch-config": readOr("-o|--output"),
    "blob fetch": readOr("-o|--output"),
    "manifest push|index": change("publishes a manifest"),
    "blob push": change("publishes content"),
    "push|attach|cp|copy|tag|restore": change("publishes an artefact, over what has the name now"),
    "pull|backup": change("writes an artefact to this machine", { noInverse: "the files that were there before are overwritten" }),
    "login|logout": login,
    "manifest delete": destroy("deletes a manifest"),
    "blob delete": destroy("deletes content"),
  },
  examples: {
    "oras discover r.example.com/api:1": "safe",
    "oras repo tags r.example.com/api": "safe",
    "oras manifest fetch -o x.json r.example.com/api:1": "caution",
    "oras blob fetch --output x r.example.com/api@sha256:a": "caution",
    "oras manifest delete r.example.com/api:1": "dangerous",
  },
  nearMisses: ["oras pull a", "oras push a b", "oras manifest fetch --password x a"],
});

export const regctl = program({
  names: "regctl",
  source: "regclient.org/cli/regctl, 0.9",
  style: "go",
  risk: bareRisk,
  why: "works with images in registries",
  values: "-v|--verbosity --logopt --user-agent",
  optional: "-h|--help --version",
  verbs: {
    "image inspect|manifest|digest|config|ratelimit|check-base": read,
    "index create|add|delete": change("publishes an index"),
    "manifest get|head|diff": read,
    "tag ls|list": read,
    "repo ls|list": read,
    "artifact list|tree": read,
    "blob head|get|diff-config|diff-layer": read,
    "registry config": read,
    "registry login|logout|set": login,
    "image copy|cp|mod|import|create": change("publishes an image, over what has the name now"),
    "image export|get-file": change("writes a file", { noInverse: "the file that was there before is overwritten" }),
    "artifact get|put": change("copies artefacts"),
    "manifest put": change("publishes a manifest"),
    "blob put|copy": change("publishes content"),
    "repo copy": change("copies a repository"),
    "image delete": destroy("deletes an image"),
    "manifest delete|rm|remove": destroy("deletes a manifest"),
    "tag delete|rm|remove": destroy("deletes a tag"),
    "blob delete|rm": destroy("deletes content"),
    "version|help|completion": read,
  },
  examples: {
    "regctl tag ls r.example.com/api": "safe",
    "regctl manifest get r.example.com/api:1": "safe",
    "regctl image copy a b": "caution",
    "regctl tag delete r.example.com/api:1": "dangerous",
  },
  nearMisses: ["regctl registry login a", "regctl --frob tag ls", "regctl artifact get a"],
});

const verify = readOr("--output-file|--output-signature|--output-certificate|--bundle-out");

export const cosign = program({
  names: "cosign",
  source: "docs.sigstore.dev/cosign, cosign 2.6 and 3.0 (--help)",
  style: "go",
  risk: bareRisk,
  why: "checks and makes signatures of images",
  flags: "-d|--verbose",
  values: "-t|--timeout",
  optional: "-h|--help --version",
  options: { "--output-file": output },
  verbs: {
    "verify|verify-attestation|verify-blob|verify-blob-attestation|dockerfile|manifest|tree|triangulate|version|help|completion": {
      ...verify,
      options: { "--creds|--username|--password|--registry-token": password },
    },
    env: freeRead("prints the variables that cosign reads", {
      options: { "--show-sensitive-values": { arity: "flag", sensitive: true, why: "prints passwords", safer: "leave it out" } },
    }),
    "public-key": { ...read, options: { "--outfile": output } },
    "download signature|attestation|sbom": read,
    "sign|sign-blob|attest|attest-blob|attach|copy|upload|save|load|bundle|signing-config|trusted-root|initialize":
      change("signs or publishes"),
    "generate-key-pair|import-key-pair|piv-tool|pkcs11-tool": change("makes keys"),
    generate: read,
    login,
    clean: destroy("deletes the signatures of an image"),
  },
  examples: {
    "cosign verify --key k.pub r.example.com/api:1": "safe",
    "cosign tree r.example.com/api:1": "safe",
    "cosign verify --output-file x r.example.com/api:1": "caution",
    "cosign public-key --key k --outfile x": "caution",
    "cosign env": "safe",
    "cosign env --show-sensitive-values": "caution",
    "cosign sign r.example.com/api:1": "caution",
    "cosign clean r.example.com/api:1": "dangerous",
  },
  nearMisses: ["cosign generate-key-pair", "cosign attest --predicate x a", "cosign verify --registry-token x a"],
});

/** `buildah run CONTAINER COMMAND`, `buildah unshare COMMAND`. */
const inner = (why: string, from: number): CommandRule => ({
  risk: "caution",
  why,
  firstEnds: true,
  operands: "inner*",
  flags: "-t|--tty --no-pivot --no-hosts --add-history",
  values: "-u|--user --workingdir -e|--env --hostname --isolation --contextdir",
  options: powers,
  inspect: (inv: Invocation, ctx) => ctx.scanArgv(behindDashes(inv.operands.slice(from))),
  targets: namedTargets("container"),
  noInverse: "what the command changes is not recorded",
});

function behindDashes(args: readonly Arg[]): readonly Arg[] {
  return args[0]?.text === "--" ? args.slice(1) : args;
}

export const buildah = program({
  names: "buildah",
  source: "buildah(1), buildah 1.41",
  style: "go",
  globals: "before",
  risk: bareRisk,
  why: "builds images",
  flags: "--debug",
  values: "--log-level --root --runroot --storage-driver --storage-opt --registries-conf --userns-uid-map --userns-gid-map",
  optional: "-h|--help -v|--version",
  verbs: {
    "images|containers|list|ls|ps|inspect|info|version|help|completion": read,
    "manifest inspect|exists": read,
    "build|build-using-dockerfile|bud": buildImage,
    run: inner("runs a command in a container that is being built", 1),
    unshare: inner("runs a command as root of its own name space", 0),
    "from|commit|config|copy|add|mount|umount|unmount|pull|push|tag|rename|login|logout|source": change("changes images or containers"),
    "manifest create|add|annotate|push|remove": change("changes or publishes a manifest"),
    "rm|rmi|delete|prune": destroy("deletes containers or images"),
    "manifest rm": destroy("deletes a manifest"),
  },
  examples: {
    "buildah images": "safe",
    "buildah run c1 ls -la": "caution",
    "buildah run c1 -- rm -rf /data": "dangerous",
    "buildah unshare rm -rf /data": "dangerous",
    "buildah rmi -a": "dangerous",
  },
  nearMisses: ["buildah bud .", "buildah push a b", "buildah --frob ps rm a"],
});

export const dive = program({
  names: "dive",
  source: "github.com/wagoodman/dive, README of 0.13",
  style: "go",
  risk: (inv) => (inv.has("--ci") || inv.has("-h") || inv.has("-v") ? "safe" : "caution"),
  why: "shows the layers of an image; without --ci at the terminal",
  operands: "data?",
  flags: "--ci -h|--help -v|--version --ignore-errors",
  values: "--source --ci-config --lowestEfficiency --highestWastedBytes --highestUserWastedPercent",
  options: { "-j|--json": output, "--config": { kind: "read" } },
  targets: namedTargets("image"),
  noInverse: "it changes nothing; it ends at the terminal",
  examples: {
    "dive --ci web:1": "safe",
    "dive web:1": "caution",
    "dive --ci web:1 -j out.json": "caution",
    "dive --ci --config ~/.ssh/x web:1": "caution",
  },
  nearMisses: ["dive build .", "dive --frob web"],
});
