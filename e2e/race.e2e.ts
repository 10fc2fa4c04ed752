import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { violations } from "./support/accessibility";
import { openBrowser } from "./support/browser";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const VERDICT_WITHIN_MS = 60_000;
const DONE = { timeout: 120_000 };

it("runs the race from the gallery to a verdict within a minute, also when the page is reloaded half-way", () =>
  visit(browser, {}, async (page) => {
    await page.goto("/");
    const started = performance.now();
    await page.getByRole("button", { name: "Run the 20-second race" }).click();
    await page.waitForURL(/\/c\/.+/);
    // Half-way or later: a fast machine may be through before the page is drawn.
    await page.getByText(/[1-6]\/6 trials ended/).waitFor(DONE);
    await page.reload();
    await page.getByText("6/6 trials ended").waitFor(DONE);
    const verdict = page.getByRole("region", { name: "Verdict" });
    await verdict.getByText("Read each digit, then add is better than End to end at 128 rows.").waitFor();
    // The bar is a minute on a quiet machine of two cores; tests may run on a busier one.
    expect(performance.now() - started).toBeLessThan(2 * VERDICT_WITHIN_MS);
    await page
      .getByRole("listitem")
      .filter({ hasText: /95.%.interval .*, 3.seeds, p.<.0\.001/ })
      .waitFor();
    await shoot(page, "compare-done");
    expect(await violations(page)).toEqual([]);
    const enough = page.getByRole("region", { name: "How good is good enough" });
    await enough.getByRole("button", { name: "Measure" }).click();
    await enough
      .getByText(/quality .* of read .*As trained it is at 0\.\d+/)
      .first()
      .waitFor(DONE);
    await enough.getByRole("img").waitFor();
    await enough.scrollIntoViewIfNeeded();
    await shoot(page, "compare-dose");
    await enough.getByRole("button", { name: /show the numbers as a table/ }).click();
    await enough.getByRole("cell", { name: "100.0 %", exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
  }));

it("cancels a comparison, and takes it up again where it was", () =>
  visit(browser, {}, async (page) => {
    await page.goto("/p/digit-sums");
    await page.getByRole("tab", { name: "Pipelines" }).click();
    for (const title of ["End to end", "Read each digit, then add"]) {
      await page.getByRole("checkbox", { name: `Compare ${title}` }).check();
    }
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Training examples").fill("96");
    await dialog.getByLabel("Seeds").fill("3");
    await shoot(page, "compare-dialog");
    await dialog.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/c\/.+/);
    await page.getByText("running", { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await page.getByText("cancelled", { exact: true }).first().waitFor();
    await page.reload();
    await page.getByRole("button", { name: /^Resume \d trials?$/ }).click();
    await page.getByText("6/6 trials ended", { exact: true }).waitFor(DONE);
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/at 96 rows/)
      .first()
      .waitFor();
    expect(await page.getByRole("link", { name: /, seed \d: (cancelled|failed)/ }).count()).toBe(0);
  }));
