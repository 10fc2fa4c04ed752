import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "./support/browser";
import { planned, settings, stage } from "./support/editor";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Presses that lead around a page three times: a stage that is still being laid out is passed the first time. */
const MOST_PRESSES = 150;

/** Goes on with Tab until what has the focus has this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    const focused = await nameOfFocus(page);
    if (name.test(focused)) return;
    seen.push(focused);
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab doesn't reach ${name.source}: ${seen.join(" | ")}`);
}

function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    const label =
      focused instanceof HTMLInputElement ||
      focused instanceof HTMLTextAreaElement ||
      focused instanceof HTMLButtonElement
        ? focused.labels?.[0]?.textContent
        : undefined;
    return (focused?.getAttribute("aria-label") ?? label ?? focused?.textContent ?? "").trim();
  });
}

/** The add dialog: a few letters and Enter. */
async function add(page: Page, letters: string, name: string): Promise<void> {
  await page.keyboard.press("a");
  await page.getByRole("dialog", { name: "Add a stage" }).waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await settings(page).getByRole("heading", { name, exact: true }).waitFor();
  await focused(page, name);
}

/** Waits until a stage has the focus. */
const focused = (page: Page, name: string): Promise<void> =>
  page
    .locator(
      `[role="group"][aria-label^="${name}, "]:focus, [role="group"][aria-label^="${name}, "]:focus-within`,
    )
    .waitFor();

/** Opens the settings of the stage that has the focus, goes to one, and chooses from its list by a few letters. */
async function choose(page: Page, stage: string, [label, option]: readonly [string, string]): Promise<void> {
  await page.keyboard.press("Enter");
  await settings(page).locator(":focus").waitFor();
  await tabTo(page, new RegExp(`^${label}`));
  await page.keyboard.press("Enter");
  // The list takes the focus after a moment, and so does what the letters find: nobody types faster.
  await page.locator('[role="option"]:focus').waitFor();
  await page.keyboard.type(option);
  await page.locator('[role="option"]:focus').filter({ hasText: option }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await focused(page, stage);
}

/** Opens the settings of the stage that has the focus, goes to one, changes it, and comes back to the stage. */
async function set(page: Page, stage: string, label: string, keys: readonly string[]): Promise<void> {
  await page.keyboard.press("Enter");
  await settings(page).locator(":focus").waitFor();
  await tabTo(page, new RegExp(`^${label}`));
  for (const key of keys) {
    if (key.length > 1 && /^[A-Z ]/.test(key)) await page.keyboard.press(key);
    else await page.keyboard.type(key);
  }
  await page.keyboard.press("Escape");
  await focused(page, stage);
}

/** The connect dialog: from the stage that has the focus, its output, to a port named by a few letters. */
async function connect(page: Page, from: string, letters: string): Promise<void> {
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog", { name: `Connect ${from}` });
  await dialog.waitFor();
  if (await dialog.getByPlaceholder(/Connect which port/).isVisible()) await page.keyboard.press("Enter");
  await dialog.getByPlaceholder(/ to…$/).waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await focused(page, from); // a key pressed before the focus is back would be lost
}

/** Goes to the neighbour downstream. */
async function walk(page: Page, to: string): Promise<void> {
  await page.keyboard.press("Alt+ArrowRight");
  await focused(page, to);
}

it("draws the decomposed pipeline on an empty canvas by keyboard alone, and trains it", () =>
  visit(browser, {}, async (page) => {
    await page.goto("/g");
    await tabTo(page, /^New pipeline/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^Title/);
    await page.getByRole("combobox", { name: "Problem" }).getByText("Digit sums").waitFor();
    await page.keyboard.type("Drawn by keyboard");
    await tabTo(page, /^Open the canvas/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/g\/.+/);
    await stage(page, "image").waitFor();
    await tabTo(page, /^image, Field/);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.getByText("0 stages, 0 links.").waitFor();

    await add(page, "field", "image");
    await add(page, "crop", "crop");
    await set(page, "crop", "Rows", ["Control+A", "1", "Enter"]);
    await set(page, "crop", "Columns", ["Control+A", "2", "Enter"]);
    await add(page, "conv", "conv-net");
    await choose(page, "conv-net", ["Label", "digits"]);
    await set(page, "conv-net", "Each element", ["Space"]);
    await add(page, "formula", "formula");
    await set(page, "formula", "Expression", ["Control+A", "sum(digits)"]);
    await add(page, "answer", "sum");
    // Back to the start, then from stage to stage, connecting each to the next.
    for (const name of ["formula", "conv-net", "crop", "image"]) {
      await page.keyboard.press("Alt+ArrowLeft");
      await focused(page, name);
    }
    await connect(page, "image", "crop.image");
    await walk(page, "crop");
    await connect(page, "crop", "conv-net.input");
    await walk(page, "conv-net");
    await connect(page, "conv-net", "formula.digits");
    await walk(page, "formula");
    await connect(page, "formula", "sum.value");
    await page.keyboard.press("l"); // lays the stages out
    await planned(page, "conv-net");
    await page.getByText(/^Saved · version/).waitFor();
    await shoot(page, "editor-by-keyboard");

    await page.keyboard.press("Control+Enter");
    await tabTo(page, /^Training examples/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("64");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/r\/.+/);
    await page.getByText("one seed, 1,000 test rows: no interval").waitFor({ timeout: 90_000 });
    expect(await page.getByRole("heading", { name: "Drawn by keyboard" }).count()).toBe(1);
  }));
