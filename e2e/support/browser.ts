// A real browser: Debian's Chromium through Playwright. Every page it shows can be checked for accessibility and kept as a picture.
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { root } from "./product.ts";

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Root has no sandbox of its own to give. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet });

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Accessibility violations of the page as it is, one line each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Evaluated through the debugger: the page's own policy lets no script of others in.
  await page.evaluate((await import("node:fs")).readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } }).axe;
    return (await axe.run()).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** Pictures for the documents, at desktop and phone width; only when they are asked for (SCREENSHOTS=1). */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["SCREENSHOTS"] !== "1") return;
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(root, "docs/screenshots", `${name}-${size.width}.png`) });
  }
  await page.setViewportSize(sizes[0]);
}
