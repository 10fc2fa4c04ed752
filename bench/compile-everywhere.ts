import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { openBrowser } from "../e2e/support/browser";
import { compileSeconds } from "./compile";
import type { Row } from "./rows";

const SIZES = [10, 500] as const;

/** Times how long a pipeline compiles, in Node and in Chromium: the editor compiles in the browser on every edit. */
export async function compileBench(): Promise<readonly Row[]> {
  const inChromium = await secondsInChromium();
  return SIZES.flatMap((stages, at) => [
    { bench: "compile", who: `${stages} stages`, seconds: compileSeconds(stages) },
    { bench: "compile", who: `${stages}, Chromium`, seconds: inChromium[at] ?? Number.NaN },
  ]);
}

async function secondsInChromium(): Promise<readonly number[]> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { compileSeconds } from "./compile";\nglobalThis.compileSeconds = compileSeconds;`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    // Records lie beside their modules, which there are none of here; nothing loads any.
    define: { "import.meta.url": '"https://localhost/"' },
    logLevel: "error",
  });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
    const found: number[] = [];
    for (const stages of SIZES) found.push(Number(await page.evaluate(`compileSeconds(${stages})`)));
    return found;
  } finally {
    await browser.close();
  }
}
