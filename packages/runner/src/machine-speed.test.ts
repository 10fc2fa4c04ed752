import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepMachineSpeeds, machineFacts, planningSpeed, readMachineSpeeds } from "./machine-speed";

const WASM = {
  secondsPerStep: 1e-4,
  secondsPerLayer: 1e-6,
  flopsPerSecond: 1e10,
  slidingFlopsPerSecond: 2e10,
};
const NATIVE = { ...WASM, secondsPerProgram: 0.3 };

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-speed-"));
});
afterEach(() => rm(home, { recursive: true }));

const file = (): string => join(home, "machine-speed.json");
const rewrite = async (change: (text: string) => string): Promise<void> =>
  writeFile(file(), change(await readFile(file(), "utf8")));

describe("the machine's speed", () => {
  it("is not known before it was measured", async () => {
    expect(await readMachineSpeeds(home)).toEqual({});
    expect(await planningSpeed(home)).toBeUndefined();
  });

  it("is what was measured last, by backend, and plans are priced by it", async () => {
    await keepMachineSpeeds(home, { wasm: { ...WASM, flopsPerSecond: 1 } });
    await keepMachineSpeeds(home, { wasm: WASM, native: NATIVE });
    expect(await readMachineSpeeds(home)).toEqual({ wasm: WASM, native: NATIVE });
    expect(await planningSpeed(home)).toEqual(WASM);
    expect(await readdir(home)).toEqual(["machine-speed.json"]);
    expect((await machineFacts(home)).speeds).toEqual({ wasm: WASM, native: NATIVE });
  });

  it("counts no more on another processor, or with another build of the engine", async () => {
    for (const part of ["processor", "build"]) {
      await keepMachineSpeeds(home, { wasm: WASM });
      await rewrite((text) => text.replace(`"${part}": "`, `"${part}": "another `));
      expect(await readMachineSpeeds(home), part).toEqual({});
    }
  });

  it("is not known from a file that is damaged, or says what no speed is", async () => {
    await keepMachineSpeeds(home, { wasm: WASM });
    await rewrite((text) => text.slice(0, 100));
    expect(await readMachineSpeeds(home)).toEqual({});
    await keepMachineSpeeds(home, { wasm: WASM });
    await rewrite((text) => text.replace("10000000000", "-1"));
    expect(await readMachineSpeeds(home)).toEqual({});
  });
});
