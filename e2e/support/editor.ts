import type { Locator, Page } from "playwright-core";

/** The panel with the settings of what is chosen. */
export const settings = (page: Page): Locator => page.getByRole("region", { name: "Settings" });

/** A stage on the canvas. */
export const stage = (page: Page, name: string): Locator =>
  page.getByRole("group", { name: new RegExp(`^${name}, `) });

/** A port on the canvas: `output image.value`. */
export const port = (page: Page, name: string): Locator =>
  page.getByRole("button", { name: new RegExp(`^${name.replaceAll(".", "\\.")},`) });

/** A new pipeline of digit sums on a canvas from which everything was taken away. */
export async function emptyCanvas(page: Page, title: string): Promise<void> {
  await page.goto("/g");
  await page.getByRole("button", { name: "New pipeline" }).first().click();
  await page.getByRole("dialog").getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Open the canvas" }).click();
  await page.waitForURL(/\/g\/.+/);
  for (const name of ["image", "sum"]) {
    await stage(page, name).click();
    await page.keyboard.press("Delete");
  }
  await page.getByText("0 stages, 0 links.").waitFor();
}

/** Waits until the compiled plan names the phase that trains this stage. */
export async function planned(page: Page, name: string): Promise<void> {
  await page.getByRole("tabpanel", { name: "Plan" }).getByText(`train ${name}`).first().waitFor();
}
