import { describe, expect, it } from "vitest";
import { parseRunbook } from "../parse-runbook.ts";
import type { RunbookBranch } from "../types.ts";

const branches = (text: string): readonly RunbookBranch[] => {
  const result = parseRunbook(`# T\n\n## Steps\n\n${text}\n`);
  return result.ok ? result.runbook.branches : [];
};

/** `kind step_order after [true] [false]: condition` */
const drawn = (text: string): readonly string[] =>
  branches(text).map(
    ({ kind, step_order: order, after_step: after, true_path: yes = [], false_path: no = [], condition }) =>
      `${kind} ${order} ${after ?? "-"} [${yes.join(",")}] [${no.join(",")}]: ${condition}`,
  );

describe("conditions", () => {
  it.each<[string, string]>([
    ["If it is red, restart it.", "If it is red"],
    ["When it is red, restart it.", "When it is red"],
    ["In case it is red, restart it.", "In case it is red"],
    ["Unless it is green, restart it.", "Unless it is green"],
    ["Should the node be red, restart it.", "Should the node be red"],
    ["Once the node is green, uncordon it.", "Once the node is green"],
    ["Depending on the region, restart one of them.", "Depending on the region"],
    ["Restart it if it is red.", "if it is red"],
    ["Restart it unless it is green", "unless it is green"],
    ["Restart it (if it is red)", "if it is red"],
    ["Falls er rot ist, neu starten.", "Falls er rot ist"],
    ["Sobald er grün ist, neu starten.", "Sobald er grün ist"],
    ["Je nach Region: neu starten.", "Je nach Region"],
    ["Si está rojo, reiniciar.", "Si está rojo"],
    ["En caso de error, reiniciar.", "En caso de error"],
    ["A menos que esté verde, reiniciar.", "A menos que esté verde"],
    ["Si le nœud est rouge, redémarrer.", "Si le nœud est rouge"],
    ["Dès que le nœud est vert, redémarrer.", "Dès que le nœud est vert"],
    ["Se estiver vermelho, reiniciar.", "Se estiver vermelho"],
    ["Assim que estiver verde, reiniciar.", "Assim que estiver verde"],
    ["Se è rosso, riavviare.", "Se è rosso"],
    ["Nel caso in cui sia rosso, riavviare.", "Nel caso in cui sia rosso"],
    ["Als de node rood is, herstart hem.", "Als de node rood is"],
    ["Indien rood, herstart hem.", "Indien rood"],
    ["Tenzij de node groen is, herstart hem.", "Tenzij de node groen is"],
    ["赤い場合は、再起動する。", "赤い場合は"],
  ])("%s", (step, condition) => {
    expect(drawn(`1. Look\n2. ${step}\n3. Done now`)).toEqual([`if 2 1 [2] [3]: ${condition}`]);
  });

  it.each(["- [ ] ", "- [x] ", "☐ "])("in an item with a box to tick: %j", (box) => {
    const found = drawn(`${box}Look at it\n${box}When it is red, restart it.\n${box}Otherwise scale it`);
    expect(found).toEqual(["if 2 1 [2] [3]: When it is red", "else 3 - [] []: Otherwise scale it"]);
  });

  it.each([
    "Check if it is red.",
    "Verify whether it runs if you are not sure",
    "It shows when it started.",
    "Restart it if needed.",
    "Restart it, if applicable.",
    "Do it once a day.",
    "Once more, look.",
    "You should restart it, then look.",
    "Keep it in case.",
    "Run `if true; then ls; fi`.",
    "Restart it, otherwise apps cannot connect.",
    "If not, why not?",
    "Choose either one.",
  ])("none in %s", (step) => {
    expect(drawn(`1. Look\n2. ${step}\n3. Done now`)).toEqual([]);
  });
});

describe("findBranches", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "an otherwise in a later step",
      "1. Look\n2. If it is red, restart it.\n3. Otherwise scale it.\n4. Watch it",
      ["if 2 1 [2] [3]: If it is red", "else 3 - [] []: Otherwise scale it"],
    ],
    [
      "an otherwise some steps below",
      "1. If it is red, restart it.\n2. Wait for it\n3. Sonst hochskalieren\n4. Watch it",
      ["if 1 0 [1,2] [3]: If it is red", "else 3 - [] []: Sonst hochskalieren"],
    ],
    [
      "both in one step",
      "1. Look\n2. If it is red, restart it. Otherwise scale it.\n3. Watch it",
      ["if 2 1 [2] [2]: If it is red", "else 2 - [] []: Otherwise scale it"],
    ],
    [
      "an otherwise that only goes on",
      "1. Look\n2. If it is red, restart it. Otherwise continue.\n3. Watch it",
      ["if 2 1 [2] [3]: If it is red", "else 2 - [] []: Otherwise continue"],
    ],
    ["an otherwise without a condition", "1. Make sure it runs, otherwise start it.\n2. Watch it", ["if 1 0 [1] [2]: otherwise start it"]],
    ["going to a step", "1. Look\n2. If it is red, go to step 4.\n3. Wait\n4. Restart it", ["if 2 2 [4] [3]: If it is red"]],
    ["going back", "1. Look\n2. Restart it\n3. If it is red, repeat step 2.\n4. Leave", ["if 3 3 [2] [4]: If it is red"]],
    ["repeating itself", "1. Look\n2. If it is red, repeat this step.\n3. Leave", ["if 2 2 [2] [3]: If it is red"]],
    ["skipping", "1. Look\n2. If it is green, skip step 3.\n3. Restart it\n4. Leave", ["if 2 2 [4] [3]: If it is green"]],
    [
      "going two ways",
      "1. If it is red, go to step 3, otherwise go to step 4.\n2. Wait\n3. Restart it\n4. Leave",
      ["if 1 1 [3] [4]: If it is red", "else 1 - [] []: otherwise go to step 4"],
    ],
    ["German", "1. Wenn er rot ist, weiter mit Schritt 3.\n2. Warten\n3. Neu starten", ["if 1 1 [3] [2]: Wenn er rot ist"]],
    ["Spanish", "1. Si está rojo, ve al paso 3.\n2. Esperar\n3. Reiniciar", ["if 1 1 [3] [2]: Si está rojo"]],
    ["French", "1. Si c'est rouge, passez à l'étape 3.\n2. Attendre\n3. Redémarrer", ["if 1 1 [3] [2]: Si c'est rouge"]],
    ["Portuguese", "1. Se estiver vermelho, vá para o passo 3.\n2. Esperar\n3. Reiniciar", ["if 1 1 [3] [2]: Se estiver vermelho"]],
    ["Italian", "1. Se è rosso, vai al passo 3.\n2. Attendere\n3. Riavviare", ["if 1 1 [3] [2]: Se è rosso"]],
    ["Dutch", "1. Als het rood is, ga naar stap 3.\n2. Wacht even\n3. Herstart het", ["if 1 1 [3] [2]: Als het rood is"]],
    ["Japanese", "1. 赤い場合は、手順3に進む。\n2. 少し待ってください。\n3. 再起動する", ["if 1 1 [3] [2]: 赤い場合は"]],
    [
      "a list below a condition",
      "1. Look\n2. If they differ:\n   1. `kubectl get pods -n a`\n   2. `kubectl get pods -n b`\n3. Leave it",
      ["if 2 1 [2,3] [4]: If they differ"],
    ],
    [
      "a paragraph above a list, with its otherwise",
      "Look: `kubectl get no`\n\nIf they differ:\n\n- `kubectl get pods -n a`\n- `kubectl get pods -n b`\n\nOtherwise:\n\n- `kubectl get pods -n c`\n",
      ["if 2 1 [2,3] [4]: If they differ", "else 4 - [] []: Otherwise"],
    ],
    [
      "conditions in conditions",
      "1. If they differ:\n   1. `kubectl get pods -n a`\n   2. If that fails:\n      1. `kubectl get pods -n b`\n   3. `kubectl get pods -n c`\n2. Leave it",
      ["if 1 0 [1,2,3] [4]: If they differ", "if 2 1 [2] [3]: If that fails"],
    ],
    [
      "either, or",
      "1. Look\n2. Either restart the pod or scale it up.\n3. Watch it",
      ["if 2 1 [2] [2]: Either restart the pod", "else 2 - [] []: or scale it up"],
    ],
    ["the last step", "1. Look\n2. If it is red, restart it.", ["if 2 1 [2] []: If it is red"]],
    ["a step that is not there", "1. Look\n2. If it is red, go to step 9.\n3. Leave", ["if 2 1 [2] [3]: If it is red"]],
  ])("draws %s", (_, text, expected) => {
    expect(drawn(text)).toEqual(expected);
  });

  it("ties a heading to the steps below it", () => {
    const result = parseRunbook(
      "# T\n\n## If it is red\n\n1. `ls -l a`\n2. `ls -l b`\n\n## Otherwise\n\n1. `ls -l c`\n\n## Afterwards\n\n1. `ls -l d`\n",
    );
    expect(result.ok ? result.runbook.branches : result).toEqual([
      { condition: "If it is red", kind: "if", step_order: 1, line: 3, after_step: 0, true_path: [1, 2], false_path: [3] },
      { condition: "Otherwise", kind: "else", step_order: 3, line: 8 },
    ]);
  });
});
