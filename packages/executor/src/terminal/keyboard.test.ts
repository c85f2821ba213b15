import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { nobody, openKeyboard } from "./keyboard.ts";

const open = () => {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = "";
  output.on("data", (bytes: Buffer) => (screen += bytes.toString()));
  let interrupts = 0;
  const person = openKeyboard({ input, output, onInterrupt: () => (interrupts += 1) });
  const later = (ms = 80) => new Promise((wait) => setTimeout(wait, ms));
  return { input, person, later, screen: () => screen, interrupts: () => interrupts };
};

describe("the keyboard", () => {
  it("gives the line that was typed after the question, and no other", async () => {
    const { input, person, later, screen } = open();
    input.write("y\ry\rhalf");
    await later(20);
    const answer = person.answer("> ", "x");
    await later();
    expect(screen()).not.toContain("half");
    input.write("late\r");
    expect(await answer).toBe("late");
    person.close();
  });

  it("offers a text to change", async () => {
    const { input, person, later } = open();
    const answer = person.answer("command: ", "x", "ls /a");
    await later();
    input.write("b\r");
    expect(await answer).toBe("ls /ab");
    person.close();
  });

  it("ends the walk at the end of the input and at Ctrl-C, and passes Ctrl-C on where nothing is asked", async () => {
    const first = open();
    first.input.write("\u0003");
    await first.later();
    expect(first.interrupts()).toBe(1);
    const asked = first.person.answer("> ", "x");
    await first.later();
    first.input.write("\u0003");
    await expect(asked).rejects.toMatchObject({ code: 130 });
    first.person.close();
    const second = open();
    const ended = second.person.answer("> ", "x");
    await second.later();
    second.input.end();
    await expect(ended).rejects.toMatchObject({ code: 5 });
    await expect(second.person.answer("> ", "x")).rejects.toMatchObject({ code: 5 });
  });
});

it("where nobody is, every question ends the walk and says what was needed", async () => {
  await expect(nobody.answer("> ", "Step 3 (dangerous)")).rejects.toMatchObject({
    code: 4,
    message: expect.stringContaining("Step 3 (dangerous)") as string,
  });
});
