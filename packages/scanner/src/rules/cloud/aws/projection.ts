// The --query of an AWS call -> whether it picks out only fields that hold no secrets. Used where a whole answer would show them.
// Takes identifiers, dots, indexes, lists and hashes; a filter, a function, a pipe or a wildcard is not looked into and proves nothing.
import type { Invocation } from "../../../invocation.ts";

const plain: ReadonlySet<string> = new Set(
  (
    "FunctionName FunctionArn Runtime Role Handler CodeSize Description Timeout MemorySize LastModified CodeSha256 Version State StateReason StateReasonCode " +
    "LastUpdateStatus LastUpdateStatusReason PackageType Architectures EphemeralStorage SubnetIds SecurityGroupIds VpcId Mode TracingConfig Concurrency " +
    "ReservedConcurrentExecutions RevisionId ImageUri family revision taskDefinitionArn status cpu memory memoryReservation image name networkMode " +
    "taskRoleArn executionRoleArn requiresCompatibilities registeredAt essential containerPort hostPort logConfiguration ARN Layers"
  ).split(" "),
);

const longest = 400;
const shape = /^[\w.,:{}[\]* ]+$/;

/** Whether the answer is cut down to fields that hold no secrets. */
export function showsPlainFields(inv: Invocation): boolean {
  const query = inv.value("--query");
  if (query === undefined || query.length > longest || !shape.test(query)) return false;
  const flat = query.replaceAll(/\[(\d+|\*)?\]/g, "");
  if (flat.includes("*")) return false;
  const leaves = [...flat.matchAll(/(\w+)\s*(?=$|[\]},])/g)].map((match) => match[1] ?? "");
  return leaves.length > 0 && /[\w\]}]\s*$/.test(flat) && leaves.every((leaf) => plain.has(leaf));
}
