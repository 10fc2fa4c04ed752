import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import type { MachineFacts, Speed } from "@seams/core";
import { availableBackends, backendFromEnvironment, engineBuild } from "@seams/engine";
import * as z from "zod";

const positive = z.number().positive();
const SpeedFacts = z.strictObject({
  secondsPerStep: z.number().nonnegative(),
  secondsPerLayer: z.number().nonnegative(),
  flopsPerSecond: positive,
  slidingFlopsPerSecond: positive.exactOptional(),
  secondsPerProgram: z.number().nonnegative().exactOptional(),
  secondsPerCheck: z.number().nonnegative().exactOptional(),
});
const SpeedFile = z.strictObject({
  format: z.literal(2),
  /** What it was measured on: another processor, another build of the engine, and it counts no more. */
  processor: z.string(),
  build: z.string(),
  /** ISO 8601. */
  measured: z.string(),
  speeds: z.strictObject({ wasm: SpeedFacts.exactOptional(), native: SpeedFacts.exactOptional() }),
});

/** Speeds by backend. */
export type MachineSpeeds = MachineFacts["speeds"];

const fileIn = (home: string): string => join(home, "machine-speed.json");
const processor = (): string => `${process.arch} ${cpus()[0]?.model.trim() ?? "unknown"}`;

/** What `seams doctor` measured of this machine; nothing before it did, or after a change of processor or engine. */
export async function readMachineSpeeds(home: string): Promise<MachineSpeeds> {
  const text = await readFile(fileIn(home), "utf8").catch(() => undefined);
  if (text === undefined) return {};
  const read = SpeedFile.safeParse(jsonOf(text));
  if (!read.success || read.data.processor !== processor() || read.data.build !== engineBuild()) return {};
  return read.data.speeds;
}

/** Keeps what was measured, in the place of what was measured before. */
export async function keepMachineSpeeds(home: string, speeds: MachineSpeeds): Promise<void> {
  const file: z.infer<typeof SpeedFile> = {
    format: 2,
    processor: processor(),
    build: engineBuild(),
    measured: new Date().toISOString(),
    speeds,
  };
  await mkdir(home, { recursive: true });
  const fresh = `${fileIn(home)}.${randomUUID()}.tmp`;
  try {
    await writeFile(fresh, `${JSON.stringify(file, undefined, 2)}\n`, { flush: true });
    await rename(fresh, fileIn(home));
  } finally {
    await rm(fresh, { force: true });
  }
}

/** What a price decides by between backends here. */
export async function machineFacts(home: string): Promise<MachineFacts> {
  const asked = backendFromEnvironment();
  return {
    speeds: await readMachineSpeeds(home),
    hasNative: availableBackends().includes("native"),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** The speed that plans are priced by here: of wasm, or of native where that was asked for. */
export async function planningSpeed(home: string): Promise<Speed | undefined> {
  const { speeds, asked } = await machineFacts(home);
  return asked === "native" ? speeds.native : speeds.wasm;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
