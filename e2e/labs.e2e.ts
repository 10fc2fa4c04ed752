import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { violations } from "./support/accessibility";
import { openBrowser } from "./support/browser";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const DONE = { timeout: 150_000 };

async function openLab(page: Page, problem: string, pipeline: string): Promise<void> {
  await page.goto(`/p/${problem}?tab=pipelines`);
  await page.getByRole("checkbox", { name: `Compare ${pipeline}`, exact: true }).check();
  await page.getByRole("button", { name: "Lab", exact: true }).click();
  await page.getByRole("dialog").waitFor();
}

it("starts a transfer lab from a problem's page, and reads where starting elsewhere pays", () =>
  visit(browser, {}, async (page) => {
    await openLab(page, "anchor-e-target", "From scratch");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Start from" }).click();
    await page.getByRole("option", { name: "From scratch, anchor-e-source" }).click();
    await dialog.getByLabel("Rows of this problem").fill("32");
    await dialog.getByLabel("Rows of the other problem").fill("1000");
    await dialog.getByLabel("Layers that stay frozen").fill("0, 1");
    await dialog.getByLabel("Seeds").fill("2");
    await dialog.getByText(/under 3 seeds there is no verdict/).waitFor();
    expect(await dialog.getByRole("button", { name: "Start the lab" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Seeds").fill("3");
    await dialog.getByText(/trials\. What they have in common trains once/).waitFor();
    await shoot(page, "lab-dialog");
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Start the lab" }).click();
    await page.waitForURL(/\/c\/.+/);
    await page
      .getByText(/^(\d+)\/\1$/)
      .first()
      .waitFor(DONE);
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/^Of \d+ cells?, /)
      .waitFor(DONE);
    await page.getByRole("heading", { name: "Controls" }).waitFor();
    const cell = page.getByRole("region", { name: "1,000 rows of A" }).locator("details").first();
    await cell.locator("summary").click();
    await cell.getByText(/n = 3: seed 1 /).waitFor();
    await shoot(page, "lab-transfer");
    expect(await violations(page)).toEqual([]);
    await page.goto("/c");
    await page
      .getByRole("row")
      .filter({ hasText: "Transfer: anchor-e-source" })
      .getByText("lab", { exact: true })
      .first()
      .waitFor();
  }));

it("starts a multi-task lab, and reads every task by itself", () =>
  visit(browser, { colorScheme: "dark" }, async (page) => {
    await openLab(page, "anchor-d-related-0", "One trunk, six heads");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("tab", { name: "Multi-task" }).click();
    await dialog.getByLabel("Training rows").fill("100");
    await dialog.getByLabel("Widths of the trunk").fill("1");
    await dialog.getByLabel("Labels missing, in %").fill("0");
    await dialog.getByLabel("Ratio of labels").fill("1");
    await dialog.getByRole("button", { name: "Start the lab" }).click();
    await page.waitForURL(/\/c\/.+/);
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/sharing gains in \d+ and loses in \d+/)
      .first()
      .waitFor(DONE);
    await page
      .getByText(/^(\d+)\/\1$/)
      .first()
      .waitFor(DONE);
    await shoot(page, "lab-multi-task");
    expect(await violations(page)).toEqual([]);
  }));
