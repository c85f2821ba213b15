import { describe, expect, it } from "vitest";
import { splitHeadline } from "./split-headline.ts";

describe("splitHeadline", () => {
  it.each([
    ["one sentence", "Check that the pods run.", { first: "Check that the pods run.", rest: "" }],
    ["two sentences", "Close the connections. Customers notice.", { first: "Close the connections.", rest: "Customers notice." }],
    ["a stop inside a name", "Open app.yaml on 10.0.0.1 now", { first: "Open app.yaml on 10.0.0.1 now", rest: "" }],
    ["two lines", "Look at p99\nhttps://x.example", { first: "Look at p99", rest: "https://x.example" }],
    ["nothing", "", { first: "", rest: "" }],
  ])("%s", (_name, description, expected) => {
    expect(splitHeadline(description)).toEqual(expected);
  });
});
