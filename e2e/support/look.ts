// What every page that a story passes has to be: as wide as its window, without accessibility violations, worth a picture.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { picture, violations } from "./browser.ts";

/** A colour that is on its way to another is neither. */
const settleMs = 300;

/** Usable by everybody, at the width that the window has. */
export async function usable(page: Page, name = new URL(page.url()).pathname): Promise<void> {
  await page.waitForTimeout(settleMs);
  const width = await page.evaluate("innerWidth");
  const fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth");
  expect({ name, width, fits, violations: await violations(page) }).toEqual({ name, width, fits: true, violations: [] });
}

/** The same, and kept as a picture where pictures are asked for. */
export async function look(page: Page, name: string): Promise<void> {
  await usable(page, name);
  await picture(page, name);
}

/** The same on a phone and on a desk. */
export async function lookAtBoth(page: Page, name: string): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await usable(page, name);
  }
  await picture(page, name);
}
