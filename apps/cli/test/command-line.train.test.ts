import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programAt } from "@seams/runner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAM = programAt(new URL("../src/main.ts", import.meta.url));

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-cli-"));
});
afterAll(() => rm(home, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person would, in a process of its own. */
function seams(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...PROGRAM.flags, PROGRAM.path, ...args],
      { cwd: ROOT, env: { ...process.env, SEAMS_HOME: home, NO_COLOR: "1" }, maxBuffer: 2 ** 26 },
      (error, out, err) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

const DECOMPOSED = "digit-sums/each-digit";
const small = ["--budget", "64", "--seed", "3"];

describe("the command line", () => {
  it("measures this machine once, and prices plans by it from then on", async () => {
    const price = async (): Promise<number> =>
      JSON.parse((await seams("plan", DECOMPOSED, "--json")).out).cost.seconds;
    const before = await seams("plan", DECOMPOSED);
    const byReference = await price();
    expect(before.out).toContain("the reference machine's; seams doctor measures this one");
    const { code, out, err } = await seams("doctor", "--json");
    expect(code, err).toBe(0);
    const checks: readonly { check: string; values?: Record<string, number> }[] = JSON.parse(out).checks;
    const [wasm] = checks.filter(({ check }) => check === "speed");
    // Every fit that was timed is predicted within a factor of 3, also where tests share the machine.
    expect(wasm?.values?.["worst"]).toBeLessThan(3);
    const after = await seams("plan", DECOMPOSED);
    expect(after.out).toContain("Times are by this machine's speed.");
    // Two that are equal to the last bit would be the same speed.
    const byMachine = await price();
    expect(byMachine).toBeGreaterThan(0);
    expect(byMachine).not.toBe(byReference);
  });

  it("trains a pipeline, and answers the same from the cache the second time", async () => {
    const first = await seams("train", DECOMPOSED, ...small, "--json");
    expect(first.code, first.err).toBe(0);
    const second = await seams("train", DECOMPOSED, ...small, "--json");
    const [one, two] = [first, second].map(
      ({ out }) => JSON.parse(out) as { test: unknown; stages: Record<string, { cached: boolean }> },
    );
    expect(two?.test).toEqual(one?.test);
    expect(Object.values(two?.stages ?? {}).every(({ cached }) => cached)).toBe(true);
  });

  it("learns to write real digits down by CTC, told their order and not where they stand", async () => {
    const { code, out, err } = await seams("train", "digit-sums/write-down", "--budget", "256", "--json");
    expect(code, err).toBe(0);
    const { test, stages } = JSON.parse(out) as {
      test: { accuracy: number };
      stages: Record<string, { accuracy: number }>;
    };
    // The commonest sum is right one time in ten, and so is the commonest digit.
    expect(test.accuracy).toBeGreaterThan(0.3);
    expect(stages["write"]?.accuracy).toBeGreaterThan(0.5);
  });

  it("sends a test record through every seam, and follows a value that is set", async () => {
    const plain = await seams("trace", DECOMPOSED, ...small, "--record", "5");
    expect(plain.code, plain.err).toBe(0);
    expect(plain.out).toMatch(/test record 5 of 1,000/);
    expect(plain.out).toMatch(/read\.output +\d \d +truth \d \d +(right|wrong)/);
    const digits = ["8", "9"].map((value) => ({ is: "label", value }));
    const set = `read.output=${JSON.stringify({ is: "sequence", of: digits })}`;
    const { code, out } = await seams("trace", DECOMPOSED, ...small, "--record", "5", "--set", set, "--json");
    expect(code).toBe(0);
    const { trace } = JSON.parse(out) as {
      trace: { values: { place: string; words: string; edited: boolean }[] };
    };
    expect(trace.values.find(({ edited }) => edited)?.place).toBe("read.output");
    expect(trace.values.at(-1)?.words).toBe("17");
  });

  it("refuses values and records that don't fit, with a code for programs", async () => {
    for (const wrong of [
      ["--set", "read.output=seven"],
      ["--set", "nowhere.port=1"],
      ["--record", "1000000"],
    ]) {
      const { code, out } = await seams("trace", DECOMPOSED, ...small, ...wrong, "--json");
      expect(code).toBe(3);
      expect(JSON.parse(out)).toMatchObject({ diagnostics: [{ code: "edit-does-not-fit" }] });
    }
  });

  it("says how good a stage has to be, and for which stages that can be asked", async () => {
    const asked = ["--budget", "64", "--seeds", "3,4,5", "--qualities", "0.5,0.9,0.999"];
    const { code, out, err } = await seams("dose", DECOMPOSED, "--stage", "read", ...asked);
    expect(code, err).toBe(0);
    expect(out).toMatch(/0\.5 +\d\d\.\d % +\[/);
    expect(out).toMatch(/ 1 +100\.0 %/);
    expect(out).toMatch(/From a quality of 0\.999 of read on, .* at 0\.9 it isn't shown to be/);
    const refused = await seams("dose", DECOMPOSED, "--stage", "add", ...asked, "--json");
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.out)).toMatchObject({ diagnostics: [{ code: "no-truth-to-dose" }] });
  });

  it("keeps what it foretells, and says what came of it after a run with new seeds", async () => {
    const pipelines = ["anchor-a-composition/end-to-end", "anchor-a-composition/each-glyph"];
    const compare = (seeds: string): Promise<Ended> =>
      seams("compare", ...pipelines, "--budgets", "32", "--seeds", seeds, "--workers", "1");
    const first = await compare("1,2,3");
    expect(first.code, first.err).toBe(0);
    expect(first.out).toMatch(
      /predictions? (was|were) made on this machine; no later run has tested one yet/,
    );
    const second = await compare("4,5,6");
    expect(second.out).toMatch(/Of \d+ predictions that later runs tested on this machine, \d+ came true/);
  });

  it("says everything that is wrong with a document at once, and ends with 3", async () => {
    const file = join(home, "wrong.json");
    const stages = {
      a: { kind: "nothing", params: {} },
      b: { kind: "field", params: { field: "imagee" } },
    };
    const links = [{ from: "a.x", to: "c.y" }];
    const document = { format: 1, title: "Wrong", problem: "digit-sums", stages, links };
    await writeFile(file, JSON.stringify(document));
    const { code, out, err } = await seams("validate", file, "--json");
    expect(code, err).toBe(3);
    const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string }[] };
    expect(diagnostics.map((one) => one.code).toSorted()).toEqual([
      "unknown-field",
      "unknown-kind",
      "unknown-stage",
    ]);
  });

  it("ends with 2 where the command line makes no sense, in one sentence", async () => {
    const { code, err } = await seams("trace", DECOMPOSED, "--budget", "many");
    expect(code).toBe(2);
    expect(err).not.toMatch(/at .*\.ts/);
    expect((await seams("fly")).code).toBe(2);
  });
});
