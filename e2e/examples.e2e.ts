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

const DONE = { timeout: 120_000 };

/** The race's comparison: it is the same one for everybody who runs it, and trained once. */
async function openRace(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Run the 20-second race" }).click();
  await page.waitForURL(/\/c\/.+/);
  await page.getByText("6/6 trials ended").waitFor(DONE);
}

it("walks a wrong example through every seam, fixes a digit by hand, and sees the sum follow", () =>
  visit(browser, {}, async (page) => {
    await openRace(page);
    await page.getByRole("link", { name: "Look at examples" }).click();
    await page.waitForURL(/\/examples/);
    await page.getByRole("button", { name: /^All wrong/ }).click();
    const decomposed = page.getByRole("region", { name: "Read each digit, then add" });
    await decomposed.getByText("The answer: wrong").waitFor(DONE);
    await page.getByRole("region", { name: "End to end" }).getByText("The answer: wrong").waitFor(DONE);
    await shoot(page, "examples-wrong");
    expect(await violations(page)).toEqual([]);

    // By hand: the digits as they are, then the sum must follow.
    const read = decomposed.getByRole("listitem", { name: "read.output", exact: true });
    await read.getByRole("button", { name: /^Change / }).click();
    await read.getByRole("combobox", { name: /element 1/ }).click();
    await page.getByRole("option", { name: "9", exact: true }).click();
    await read.getByRole("combobox", { name: /element 2/ }).click();
    await page.getByRole("option", { name: "9", exact: true }).click();
    await read.getByText("by hand").waitFor();
    await decomposed.getByText("follows").first().waitFor();
    await decomposed.getByText("18", { exact: true }).first().waitFor();
    await shoot(page, "examples-edited");
    expect(await violations(page)).toEqual([]);

    // One single fix repairs it.
    await decomposed.getByRole("button", { name: "Undo all changes" }).click();
    await decomposed.getByText("The answer: wrong").waitFor();
    await decomposed.getByText("One single fix repairs the answer:").waitFor();
    await decomposed.getByRole("button", { name: /^the truth at / }).click();
    await decomposed.getByText("The answer: right").waitFor();
    await decomposed.getByText("before the change: wrong").waitFor();
  }));

it("shows where pipelines disagree, on a phone too", () =>
  visit(browser, { viewport: { width: 390, height: 844 } }, async (page) => {
    await openRace(page);
    await page.goto(`${page.url()}/examples?show=disagree`);
    const [first, second] = ["End to end", "Read each digit, then add"].map((name) =>
      page.getByRole("region", { name }),
    );
    const words = async (region: typeof first): Promise<string | undefined> =>
      (await region?.getByText(/^The answer: (right|wrong)$/).textContent(DONE)) ?? undefined;
    expect(await words(first)).not.toBe(await words(second));
    const before = page.url();
    await page.getByRole("button", { name: "Next example" }).click();
    await page.waitForURL((url) => url.href !== before);
    expect(await words(first)).not.toBe(await words(second));
    await shoot(page, "examples-phone");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    const card = await first?.boundingBox();
    expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(390);
  }));
