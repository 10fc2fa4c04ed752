import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import sparticuz from "@sparticuz/chromium";

/** Flags that keep Chromium off the network and working as root without a GPU. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  // Without it a POSIX locale gives pages a language that Intl refuses.
  "--lang=en-US",
];

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser of CHROME_PATH, else the system's Chromium, else the one that npm brings. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env["CHROME_PATH"] ?? SYSTEM_BROWSERS.find((path) => existsSync(path));
  return chromium.launch({
    executablePath: named ?? (await sparticuz.executablePath()),
    args: FLAGS,
    headless: true,
  });
}
