import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, inject } from "vitest";

const SHOTS = fileURLToPath(new URL("../shots/", import.meta.url));
const DESKTOP = { width: 1280, height: 800 };

/** How the page is looked at. */
export interface Visit extends Pick<BrowserContextOptions, "viewport" | "colorScheme" | "reducedMotion"> {
  /** Texts of the console that are expected here. */
  readonly mayLog?: RegExp;
}

/** Opens a page of the product in a context of its own, and fails when the page threw or logged an error. */
export async function visit(
  browser: Browser,
  { mayLog, ...options }: Visit,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: "en-US",
    reducedMotion: "reduce",
    baseURL: inject("productUrl"),
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const mistakes: string[] = [];
  page.on("pageerror", ({ message }) => mistakes.push(message));
  page.on("console", (line) => {
    if (line.type() === "error" && mayLog?.test(line.text()) !== true) mistakes.push(line.text());
  });
  try {
    await work(page);
  } catch (error) {
    await shoot(page, "failed");
    throw error;
  } finally {
    await context.close();
  }
  expect(mistakes).toEqual([]);
}

/** Keeps a picture of the page in e2e/shots, to be looked at. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, animations: "disabled" });
}
