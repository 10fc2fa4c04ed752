import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./support/accessibility";
import { openBrowser } from "./support/browser";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ["gallery", "/"],
  ["problem", "/p/digit-sums"],
  ["problem pipelines", "/p/digit-sums?tab=pipelines"],
  ["editor", "/g/digit-sums/each-digit"],
  ["my pipelines", "/g"],
  ["runs", "/r"],
  ["comparisons", "/c"],
  ["import", "/import"],
  ["docs", "/docs"],
  ["docs of stages", "/docs/stages"],
  ["docs of diagnostics", "/docs/diagnostics"],
  ["docs of when it pays", "/docs/when"],
  ["settings", "/settings"],
  ["nothing there", "/nowhere"],
];

describe.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
] as const)("in %s, %d px wide", (colorScheme, width) => {
  it.each(PAGES)("the page %s has no accessibility violation and doesn't scroll sideways", (name, path) =>
    visit(
      browser,
      { colorScheme, viewport: { width, height: width < 500 ? 844 : 800 }, mayLog: /404/ },
      async (page) => {
        await page.goto(path, { waitUntil: "networkidle" });
        await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
        await shoot(page, `${name.replaceAll(" ", "-")}-${colorScheme}-${width}`);
        expect(await violations(page)).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      },
    ),
  );
});
