import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contender, type Entry, startContender, type Turn } from "./contender";
import { writeMaterial } from "./material";
import { median } from "./median";
import type { BenchNet } from "./nets";
import type { Row } from "./rows";

/** Epochs after which all losses are compared. */
const CHECKED_EPOCHS = 2;
/** Largest relative difference between the losses of two that train the same. */
const SAME_LOSS = 0.02;

/** How long and how often. */
export interface Pace {
  /** CPU seconds of one turn, about. */
  readonly seconds: number;
  readonly turns: number;
}

/**
 * Lets contenders train the same net from the same weights on the same records, in turns, so that what slows the
 * machine down meets them all. Medians over the turns.
 */
export async function race(
  net: BenchNet,
  entriesFor: (folder: string) => readonly (Entry | Row)[],
  pace: Pace,
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "seams-bench-"));
  const running: Runner[] = [];
  const rows: Row[] = [];
  try {
    writeMaterial(net, folder);
    for (const entry of entriesFor(folder)) {
      if (!("command" in entry)) rows.push(entry);
      else {
        const runner = await startRunner(entry, pace);
        if ("skipped" in runner) rows.push({ bench: net.name, who: entry.who, skipped: runner.skipped });
        else running.push(runner);
      }
    }
    for (let turn = 0; turn < pace.turns; turn++) {
      for (const { contender, epochs, turns } of running) turns.push(await contender.train(epochs));
    }
    const [first] = running;
    rows.unshift(...running.map((runner) => rowOf(net, runner, first?.loss ?? Number.NaN)));
    return rows;
  } finally {
    for (const { contender } of running) contender.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Runner {
  readonly contender: Contender;
  readonly epochs: number;
  /** After the checked epochs. */
  readonly loss: number;
  readonly turns: Turn[];
}

/** Starts it, takes its loss after the first epochs, and finds how many epochs make a turn. */
async function startRunner(entry: Entry, { seconds }: Pace): Promise<Runner | { readonly skipped: string }> {
  try {
    const contender = await startContender(entry);
    const { loss } = await contender.train(CHECKED_EPOCHS);
    // Compilers warm up first.
    await contender.train(1);
    const { cpuSeconds } = await contender.train(1);
    const epochs = Math.min(10_000, Math.max(1, Math.round(seconds / Math.max(cpuSeconds, 1e-4))));
    return { contender, epochs, loss, turns: [] };
  } catch (error) {
    return { skipped: error instanceof Error ? error.message : String(error) };
  }
}

function rowOf(net: BenchNet, { contender, loss, turns }: Runner, expected: number): Row {
  const { who, about } = contender;
  const isSame = Math.abs(loss - expected) <= SAME_LOSS * Math.abs(expected);
  const row = {
    bench: net.name,
    who,
    about,
    samplesPerCpuSecond: median(turns.map(({ samples, cpuSeconds }) => samples / cpuSeconds)),
    samplesPerSecond: median(turns.map(({ samples, seconds }) => samples / seconds)),
    loss,
  };
  return isSame ? row : { ...row, wrong: `its loss is ${loss.toFixed(4)}, not ${expected.toFixed(4)}` };
}
