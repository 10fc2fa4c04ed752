import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const roots = ["packages", "apps"];
const everywhere = (pattern: string): string[] => roots.map((root) => `${root}/*/{src,test}/**/${pattern}`);

/** Files that take longest, in that order: begun first, so that no core waits for them at the end. */
const LONG = [
  "crashes",
  "command-line",
  "grid",
  "anchors",
  "execute",
  "lab",
  "interrupted",
  "labs",
  "conformance",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => /[^/]*$/.exec(moduleId)?.[0].startsWith(`${name}.`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** unit: fast and everywhere. train: loads tfjs and trains. db: needs PostgreSQL (started by its own setup). */
export default defineConfig({
  test: {
    // All cores: vitest leaves one free, which with two cores means one test file at a time.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          // One module graph for all files of a worker: loading it took most of the time. Nothing here keeps state.
          isolate: false,
          include: [...everywhere("*.test.ts"), ...everywhere("*.test.tsx")],
          exclude: [...everywhere("*.train.test.ts"), ...everywhere("*.db.test.ts"), "**/node_modules/**"],
        },
      },
      {
        test: {
          name: "train",
          include: everywhere("*.train.test.ts"),
          exclude: ["packages/*/test/native/**", "**/node_modules/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "native",
          // The tests of steps that `train` runs on the other backends; `npm run native` makes what they need.
          include: [
            "ops",
            "layers",
            "programs",
            "kinds",
            "optimisers",
            "native",
            "pools",
            "stepper",
            "interrupted",
            "batch-norm",
            "conformance",
            "execute",
            "masks",
            "losses",
            "ctc",
            "processes",
          ]
            .map((name) => `packages/engine/test/**/${name}.train.test.ts`)
            .concat("packages/runner/test/native/*.train.test.ts"),
          env: { SEAMS_TESTED_BACKEND: "native" },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.e2e.ts"],
          globalSetup: "e2e/support/global-setup.ts",
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "db",
          include: everywhere("*.db.test.ts"),
          globalSetup: "packages/db/test/global-setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
