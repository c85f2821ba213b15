// The sub-commands of kubectl and oc that have a twin, as data: which options each understands and how it selects objects.
// kubectl-twin.ts builds the twin from it. An option that is missing here means that the command has none.
import { type OptionTable, optionTable } from "./read-options.ts";

/** Which cluster, which namespace, and as whom: always carried over. */
const place = { keep: "-n|--namespace --context --cluster --user --as --as-group --as-uid --request-timeout" };

export const placeTable = optionTable(place);

export interface KubectlVerb {
  readonly table: OptionTable;
  /** objects: TYPE NAMES. marks: TYPE NAMES KEY=VALUE. nodes: NAMES of nodes. drain: one node, whose pods it is about. */
  readonly operands: "objects" | "marks" | "nodes" | "drain";
  /** What happens to a TYPE alone: nothing (an error), or every object of it. */
  readonly typeAlone: "nothing" | "everything";
  /** Its objects take others with them that no list of them shows. */
  readonly takesOthers?: RegExp;
}

/** Output, and what is recorded about the change. */
const shown = { drop: "-o|--output --field-manager", dropFlags: "--record --show-managed-fields" };
const selected = { keep: "-l|--selector --field-selector" };
/** `--all` is the twin's own default; what stays is that it was said. */
const everything = { dropFlags: "--all", keepFlags: "-A|--all-namespaces" };

const verb = (operands: KubectlVerb["operands"], typeAlone: KubectlVerb["typeAlone"], table: OptionTable): KubectlVerb => ({
  operands,
  typeAlone,
  table,
});

const marks = verb("marks", "nothing", optionTable(place, shown, selected, everything, { dropFlags: "--overwrite" }));
const cordon = verb("nodes", "nothing", optionTable(place, { keep: "-l|--selector" }));
const drain = verb(
  "drain",
  "nothing",
  optionTable(place, {
    drop: "--grace-period --timeout --skip-wait-for-delete-timeout",
    dropFlags: "--force --ignore-daemonsets --delete-emptydir-data --delete-local-data --disable-eviction",
  }),
);
const deletes = verb(
  "objects",
  "nothing",
  optionTable(place, shown, selected, everything, {
    drop: "--grace-period --timeout",
    dropFlags: "--force --now --ignore-not-found",
    dropOptional: "--wait --cascade",
  }),
);

export const kubectlVerbs: Readonly<Record<string, KubectlVerb>> = {
  delete: {
    ...deletes,
    takesOthers: /^(ns|namespaces?|projects?|no|nodes?|crds?|customresourcedefinitions?|apiservices?)$/,
  },
  scale: verb("objects", "nothing", optionTable(place, shown, { keep: "-l|--selector", drop: "--replicas --timeout", dropFlags: "--all" })),
  "rollout restart": verb("objects", "everything", optionTable(place, shown, { keep: "-l|--selector" })),
  label: marks,
  annotate: marks,
  patch: verb("objects", "nothing", optionTable(place, shown, { drop: "-p|--patch --type" })),
  cordon,
  uncordon: cordon,
  drain,
  "adm cordon": cordon,
  "adm uncordon": cordon,
  "adm drain": drain,
};
