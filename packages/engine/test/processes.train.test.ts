import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { testedForms } from "./support/tested";

const script = fileURLToPath(new URL("support/train-once.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const start = promisify(execFile);

interface Outcome {
  readonly hash: string;
  readonly steps: number;
}

/** Trains in a fresh process; anything it prints besides its outcome is a failure. */
async function inProcess(args: readonly string[], flags: readonly string[] = []): Promise<Outcome> {
  const { stdout, stderr } = await start(process.execPath, [...flags, "--import", "tsx", script, ...args], {
    cwd: root,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Outcome;
}

// A process takes seconds to start, so each outcome is made once. The conv net has dense layers, too.
const forms = testedForms.filter(([, backend]) => backend !== "cpu");
describe.each(forms.map(([form, backend]) => [form, backend, "conv"]))(
  "%s steps in processes of their own, on %s, a %s net",
  (form, backend, net) => {
    let whole: Outcome;
    beforeAll(async () => {
      whole = await inProcess([form, backend, net]);
    });

    it("gives the same weights twice, and without code generation from strings", async () => {
      expect(whole.steps).toBe(20);
      expect(await inProcess([form, backend, net], ["--disallow-code-generation-from-strings"])).toEqual(
        whole,
      );
    });

    it("gives the same weights when another process takes over in between", async () => {
      const folder = mkdtempSync(join(tmpdir(), "seams-engine-"));
      const path = join(folder, "state.json");
      const half = await inProcess([form, backend, net, "first", path]);
      const rest = await inProcess([form, backend, net, "rest", path]);
      expect(half.steps).toBe(7);
      expect(rest).toEqual(whole);
      rmSync(folder, { recursive: true });
    });
  },
);
