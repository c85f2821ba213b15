import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";

const BAD = "Run `rm -rf /srv/data`";
const read = (text: string): { readonly commands: readonly string[]; readonly warned: boolean } => {
  const result = parseRunbook(text);
  if (!result.ok) return { commands: [], warned: false };
  const { steps, warnings } = result.runbook;
  return {
    commands: steps.flatMap(({ commands }) => commands.map((command) => command.text)),
    warned: warnings.some(({ code }) => code === "HIDDEN_TEXT"),
  };
};

describe("places that a reader does not see", () => {
  it.each([
    "{# X #}",
    "{#\n2. X\n#}",
    "{{! X }}",
    "{{!-- X --}}",
    "{{< comment >}}\n2. X\n{{< /comment >}}",
    "%% X %%",
    "%%\n2. X\n%%",
    "<?php X ?>",
    "<!NOTE X >",
    "<![CDATA[ X ]]>",
    "{::comment}\n2. X\n{:/comment}",
    '{::options x="X" /}',
    "*[data]: X",
    "> [//]: # (X)",
    "- [//]: # (X)",
    '<div\nstyle="display:none">X</div>',
    '<div style="display:\nnone">\nX\n</div>',
    '<div/style="display:none">X</div>',
    '<div style="display&#58;none">X</div>',
    '<div style="d\\69splay:none">X</div>',
    '<div style="display:/* * */none">X</div>',
    '<span style="font:0/0 a">X</span>',
    '<div style="position:absolute;left:-100vw">X</div>',
    '<div style="scale:0">X</div>',
    '<div style="clip-path:circle(0)">X</div>',
    '<div style="clip-path:polygon(0 0,0 0,0 0)">X</div>',
    "<object>X</object>",
    "<dialog>X</dialog>",
    '<input value="X">',
    '<span title="X">y</span>',
    "![X](x.png)",
  ])("hold no step and are reported: %s", (hidden) => {
    const text = `# T\n\n1. Run \`df -h\`.\n\n${hidden.replace("X", BAD)}\n\n3. Run \`ls -l\`.\n`;
    expect(read(text)).toEqual({ commands: ["df -h", "ls -l"], warned: true });
  });

  it.each([
    ["a name of an image", "![dashboard](x.png) Run `df -h /srv`."],
    ["a percent sign", "Above 90 %% of the disk run `df -h /srv`."],
    ["a template variable", "For {{ name }} run `df -h /srv`."],
    ["an anchor", "Run `df -h /srv`. {#disk}"],
    ["an open dialog", "<dialog open>Run `df -h /srv`.</dialog>"],
    ["a font with a size", '<span style="font:10px/1 a">Run `df -h /srv`.</span>'],
  ])("are not all places: %s", (_what, shown) => {
    expect(read(`# T\n\n1. Look at the page.\n2. ${shown}\n`)).toEqual({ commands: ["df -h /srv"], warned: false });
  });

  it("are named by a style sheet with the element in front", () => {
    const page = (body: string): string =>
      `<html><head><style>p.x{display:none}</style></head><body><p>Run <code>df -h /srv</code></p>${body}</body></html>`;
    expect(read(page("<p class=x>Run <code>rm -rf /srv</code></p>"))).toEqual({ commands: ["df -h /srv"], warned: true });
  });
});
