import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const PAGES: readonly (readonly [name: string, path: string, ready: string])[] = [
  ["gallery", "/", "Digit sums"],
  ["problem", "/p/digit-sums", "Training records by value"],
  ["problem pipelines", "/p/digit-sums?tab=pipelines", "Read each digit, then add"],
  ["editor", "/g/digit-sums/each-digit", "train read"],
  ["my pipelines", "/g", "New pipeline"],
  ["runs", "/r", "Runs"],
  ["comparisons", "/c", "Compare"],
  ["import", "/import", "Bring your own data"],
  ["docs", "/docs", "First steps"],
  ["docs of stages", "/docs/stages", "Conv net"],
  ["docs of diagnostics", "/docs/diagnostics", "missing-input"],
  ["docs of when it pays", "/docs/when", "seam"],
  ["settings", "/settings", "Settings"],
  ["nothing there", "/nowhere", "404"],
];

async function violations(page: Page): Promise<readonly string[]> {
  // The page's policy allows no eval, so axe runs as a script of the test's own.
  const found = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
  );
}

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
