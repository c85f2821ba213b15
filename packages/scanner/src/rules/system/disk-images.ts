// qemu-img: looks into images of disks, makes, converts and cuts them.
import type { Invocation } from "../../invocation.ts";
import { type CommandRule, operandTargets, program, type RuleContext } from "../../rule.ts";
import { changing, destroying, listing } from "../verb-rules.ts";

/** A name such as `json:{...}` or `nbd://host` is no file: it may reach other machines and load other drivers. */
function plainImages(inv: Invocation, ctx: RuleContext): void {
  for (const { text, span } of inv.operands)
    if (/^[a-z0-9+-]{2,}:/i.test(text)) ctx.report({ risk: "unknown", why: "names an image by its driver", span });
}

const looks = (why: string, extra: Partial<CommandRule> = {}): CommandRule =>
  listing(why, { flags: "-U|--force-share --backing-chain -q -p", values: "-f -F --output -T", inspect: plainImages, ...extra });

export const qemuImg = program({
  names: "qemu-img",
  source: "qemu-img(1), QEMU 9",
  why: "looks into images of disks, or changes them",
  flags: "-V|--version -h|--help",
  verbs: {
    info: looks("prints facts about an image"),
    map: looks("prints which parts of an image are allocated"),
    measure: looks("says how large a new image would be", { values: "-f -O -o --output --size -l" }),
    compare: looks("compares two images", { flags: "-U|--force-share -q -p -s", answers: [1] }),
    check: looks("checks an image", {
      options: { "-r": { risk: "dangerous", why: "repairs the image in place, which may lose data" } },
      targets: operandTargets("image"),
      answers: [1, 2, 3, 63],
    }),
    snapshot: {
      risk: (inv) => (inv.has("-l") ? "safe" : inv.has("-c") ? "caution" : "dangerous"),
      why: "lists snapshots of an image, makes one, or goes back to one",
      safer: "qemu-img snapshot -l IMAGE",
      flags: "-l -q -U",
      values: "-a -c -d",
      operands: "name*",
      targets: operandTargets("image"),
      inverse: (inv) => {
        const [name, image] = [inv.value("-c"), inv.operand(0)];
        const plain = [name, image].every((word) => word !== undefined && /^[\w./-]+$/.test(word));
        return plain ? { kind: "command", command: `qemu-img snapshot -d ${name} ${image}` } : undefined;
      },
      noInverse: "going back to a snapshot loses what came after it",
      inspect: (inv, ctx) => {
        if (inv.has("-l") && (inv.has("-a") || inv.has("-d") || inv.has("-c")))
          ctx.report({ risk: "dangerous", why: "does more than list" });
      },
    },
    "create|convert|dd|bench": changing("writes an image, over one of the same name", "the file that it overwrites is gone", {
      targets: operandTargets("image"),
    }),
    resize: {
      ...destroying("changes the size of an image; what is cut off is gone", "image"),
      risk: (inv) => (inv.has("--shrink") || inv.operands.some(({ text }) => text.startsWith("-")) ? "dangerous" : "caution"),
      flags: "--shrink -q",
      noInverse: "making it smaller again may lose data",
    },
    "commit|rebase|amend|bitmap": destroying("changes an image and what it stands on", "image"),
  },
  examples: {
    "qemu-img info cart.qcow2": "safe",
    "qemu-img info --output=json -U cart.qcow2": "safe",
    "qemu-img check cart.qcow2": "safe",
    "qemu-img check -r all cart.qcow2": "dangerous",
    "qemu-img snapshot -l cart.qcow2": "safe",
    "qemu-img snapshot -c before cart.qcow2": "caution",
    "qemu-img snapshot -a before cart.qcow2": "dangerous",
    "qemu-img create -f qcow2 new.qcow2 10G": "caution",
    "qemu-img resize cart.qcow2 20G": "caution",
    "qemu-img resize --shrink cart.qcow2 10G": "dangerous",
    "qemu-img info nbd://10.0.0.1": "unknown",
  },
  nearMisses: ["qemu-img info --object x cart.qcow2", "qemu-img snapshot -l -d a cart.qcow2", "qemu-img"],
});
