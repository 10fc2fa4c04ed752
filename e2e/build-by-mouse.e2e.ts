import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { violations } from "./support/accessibility";
import { openBrowser } from "./support/browser";
import { emptyCanvas, planned, port, settings } from "./support/editor";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Adds a stage from the palette; it is chosen then, and its settings show. */
async function add(page: Page, kind: string, name: string): Promise<void> {
  const palette = page.getByRole("region", { name: "Stages" });
  await palette.getByRole("button", { name: new RegExp(`^${kind} `) }).click();
  await settings(page).getByRole("heading", { name, exact: true }).waitFor();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await settings(page).getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

async function write(page: Page, label: string, text: string): Promise<void> {
  const field = settings(page).getByLabel(label, { exact: true });
  await field.fill(text);
  await field.blur();
}

/** Drags a wire from one port to another. */
async function wire(page: Page, from: string, to: string): Promise<void> {
  const start = await port(page, `output ${from}`).boundingBox();
  const end = await port(page, `input ${to}`).boundingBox();
  if (start === null || end === null) throw new Error(`${from} or ${to} isn't on the screen`);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
  await page.mouse.up();
}

it("draws the decomposed pipeline on an empty canvas by mouse, and trains it", () =>
  visit(browser, {}, async (page) => {
    await emptyCanvas(page, "Drawn by mouse");
    await shoot(page, "editor-empty");
    await add(page, "Field", "image");
    await add(page, "Crop", "crop");
    await write(page, "Rows", "1");
    await write(page, "Columns", "2");
    await add(page, "Conv net", "conv-net");
    await choose(page, "Label", "digits");
    await settings(page).getByRole("switch", { name: "Each element" }).click();
    await add(page, "Formula", "formula");
    await write(page, "Expression", "sum(digits)");
    await add(page, "Answer", "sum");
    await page.getByRole("button", { name: "Arrange the stages" }).click();
    await page.getByRole("button", { name: "Show everything" }).click();
    await shoot(page, "editor-unwired");

    // A link that cannot be is refused where it is dropped, in words.
    await wire(page, "image.value", "formula.digits");
    const refusal = page.getByTestId("refusal");
    await refusal.waitFor();
    expect(await refusal.textContent()).toMatch(/image/);
    await shoot(page, "editor-refused");

    for (const [from, to] of [
      ["image.value", "crop.image"],
      ["crop.output", "conv-net.input"],
      ["conv-net.output", "formula.digits"],
      ["formula.output", "sum.value"],
    ] as const) {
      await wire(page, from, to);
    }
    await planned(page, "conv-net");
    await page.getByRole("button", { name: "Arrange the stages" }).click();
    await page.getByRole("button", { name: "Show everything" }).click();
    await page
      .getByRole("tab", { name: "Problems 0" })
      .or(page.getByRole("tab", { name: "Problems", exact: true }))
      .waitFor();
    await page.getByText(/^Saved · version/).waitFor();
    await shoot(page, "editor-planned");

    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Training examples").fill("128");
    // A seed of its own: what another test has trained comes from the cache, without curves.
    await page.getByRole("dialog").getByLabel("Seed").fill("77");
    await page.getByRole("dialog").getByRole("button", { name: "Train" }).click();
    await page.waitForURL(/\/r\/.+/);
    await page.getByRole("img", { name: /^Loss of phase train conv-net/ }).waitFor();
    await page.reload();
    await page.getByText("one seed, 1,000 test rows: no interval").waitFor({ timeout: 90_000 });
    await shoot(page, "run-done");
    expect(await violations(page)).toEqual([]);
    const accuracy = page.getByRole("definition").first();
    expect(Number.parseFloat((await accuracy.textContent()) ?? "")).toBeGreaterThan(40);
    const log = page.getByRole("region", { name: "Log of the run" });
    expect(await log.getByText("The run begins").count()).toBe(1);
  }));
