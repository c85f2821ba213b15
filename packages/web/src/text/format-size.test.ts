import { expect, it } from "vitest";
import { formatSize } from "./format-size.ts";

it.each([
  [0, "0 bytes"],
  [1_023, "1023 bytes"],
  [1_024, "1 KiB"],
  [10_485_760, "10 MiB"],
  [1_610_612_736, "1.5 GiB"],
  [2 ** 60, "1048576 TiB"],
])("%i bytes are %s", (bytes, words) => expect(formatSize(bytes)).toBe(words));
