import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { violations } from "./support/accessibility";
import { openBrowser } from "./support/browser";
import { settings, stage } from "./support/editor";
import { shoot, visit } from "./support/visit";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const DONE = { timeout: 150_000 };

it("compares two ways to drive in the loop, and watches them side by side on the same route", () =>
  visit(browser, {}, async (page) => {
    await page.goto("/p/driving?tab=pipelines");
    for (const title of ["End to end", "Waypoints, then control"])
      await page.getByRole("checkbox", { name: `Compare ${title}`, exact: true }).check();
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Training examples").fill("64");
    await dialog.getByLabel("Seeds").fill("1");
    await dialog.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/c\/.+/);
    await page.getByText("2/2 trials ended").waitFor(DONE);
    await page.getByRole("heading", { name: "In the loop", exact: true }).waitFor(DONE);
    await page.getByText("50 episodes, 1 seed").first().waitFor();
    await shoot(page, "driving-compare");
    expect(await violations(page)).toEqual([]);

    await page.getByRole("link", { name: "Watch episodes" }).click();
    await page.waitForURL(/\/replay/);
    const left = page.getByRole("region", { name: "End to end" });
    const right = page.getByRole("region", { name: "Waypoints, then control" });
    for (const side of [left, right])
      await side.getByRole("img", { name: /m on the way at .* m\/s/ }).waitFor(DONE);
    await page.getByRole("button", { name: /^They part at moment \d+$/ }).click();
    const moment = page.getByRole("slider", { name: "Moment" });
    expect(Number(await moment.inputValue())).toBeGreaterThan(0);
    await shoot(page, "driving-replay");
    expect(await violations(page)).toEqual([]);

    // With a perfect planner the control law arrives; the same route, the truth in one place.
    await right.getByRole("button", { name: "plan.path" }).click();
    await right.getByRole("button", { name: "plan.pace" }).click();
    await right.getByText("ends well").waitFor(DONE);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    const before = page.url();
    await page.getByRole("button", { name: "Next episode" }).click();
    await page.waitForURL((url) => url.href !== before);
    await page.getByText(/^episode 2 of 50$/).waitFor();

    // From a run of its own: the same episodes, with that pipeline on the left.
    await page.goto("/r");
    await page
      .getByRole("link", { name: /Waypoints, then control/ })
      .first()
      .click();
    await page.waitForURL(/\/r\/.+/);
    await page.getByRole("link", { name: "Watch episodes" }).click();
    await page.waitForURL(/\/replay\?.*left=driving%2Fwaypoints/);
    await page
      .getByRole("region", { name: "Waypoints, then control" })
      .getByRole("img", { name: /m on the way at .* m\/s/ })
      .waitFor(DONE);
  }));

it("lets a stage practise with an expert, set on the canvas, and shows how mistakes compound", () =>
  visit(browser, {}, async (page) => {
    await page.goto("/p/driving?tab=pipelines");
    await page.getByRole("button", { name: "Fork End to end", exact: true }).click(DONE);
    await page.waitForURL(/\/g\/.+/);
    await stage(page, "Drive").click();
    const practice = settings(page).getByRole("group", { name: "Dataset aggregation" });
    await practice.getByRole("button", { name: "Set", exact: true }).click();
    await practice.getByRole("textbox", { name: "Rounds" }).fill("1");
    await practice.getByRole("textbox", { name: "Rounds" }).press("Enter");
    await practice.scrollIntoViewIfNeeded();
    const plan = page.getByRole("tabpanel", { name: "Plan" });
    await plan
      .getByText(/acts in practice episodes/)
      .first()
      .waitFor();
    await shoot(page, "driving-practice");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Compare…", exact: true }).click();
    const dialog = page.getByRole("dialog");
    for (const title of [
      /^Waypoints/,
      /^Detect, plan/,
      /^Detect, learned/,
      /^Range sensor/,
      /^End to end with DAgger/,
    ])
      await dialog.getByRole("checkbox", { name: title }).uncheck();
    await dialog.getByLabel("Training examples").fill("32");
    await dialog.getByLabel("Seeds").fill("1");
    await dialog.getByRole("button", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/c\/.+/);
    await page.getByText("2/2 trials ended").waitFor(DONE);
    await page.getByRole("heading", { name: "How mistakes add up", exact: true }).waitFor(DONE);
    await page
      .getByText(/End to end: slope \d\.\d+ \(under 3 seeds: no interval/)
      .first()
      .waitFor();
    await page.getByText("Do mistakes compound?").first().waitFor();
    await page.getByRole("heading", { name: "How mistakes add up", exact: true }).scrollIntoViewIfNeeded();
    await shoot(page, "driving-mistakes");
    expect(await violations(page)).toEqual([]);
  }));
