import { reasonFor } from "./reasons";
import type { Row } from "./rows";

/** What a bench is to reach. */
export interface Bar {
  readonly bench: string;
  readonly who: string;
  /** Samples per CPU second, at least so many times as many as these have: the best of them counts. */
  readonly against?: readonly string[];
  readonly times?: number;
  /** At most so small a part of the seconds that this row took. */
  readonly part?: { readonly of: string; readonly most: number };
  /** At least so many samples per CPU second. */
  readonly perCpuSecond?: number;
  readonly seconds?: number;
  readonly megabytes?: number;
  /** At least this part of all. */
  readonly share?: number;
}

const FIT = ["tfjs-wasm-fit", "tfjs-node-fit"];
const NETS = ["mlp", "tiny", "cnn28", "cnn64", "conv1d", "gru", "lstm", "transformer"];
const TORCH: Readonly<Record<string, number>> = { mlp: 0.85, tiny: 15, gru: 1, transformer: 1, lstm: 0.5 };
const atLeast =
  (who: string) =>
  (bench: string, against: readonly string[], times: number): Bar => ({ bench, who, against, times });
const program = atLeast("wasm-program");
const native = atLeast("native-program");
/** Wall time to the verdict, so many times as short as a peer's. */
const grid = (of: string, times: number): Bar => ({
  bench: "grid",
  who: "seams",
  part: { of, most: 1 / times },
});

/** The bars of the design, for what the bench measures. */
export const bars: readonly Bar[] = [
  { bench: "compile", who: "10 stages", seconds: 0.005 },
  { bench: "compile", who: "500 stages", seconds: 0.05 },
  { bench: "compile", who: "10, Chromium", seconds: 0.005 },
  { bench: "compile", who: "500, Chromium", seconds: 0.05 },
  ...NETS.map((net) => program(net, FIT, { cnn28: 5, tiny: 100 }[net] ?? 3)),
  ...NETS.map((net) => program(net, ["keras-fit"], 1)),
  ...NETS.map((net) => program(net, ["torch-1"], TORCH[net] ?? 1.5)),
  ...NETS.map((net) => native(net, ["tfjs-node-fit"], 5)),
  ...NETS.map((net) => native(net, ["keras-fit"], 1.5)),
  ...NETS.map((net) => native(net, ["torch-1"], net === "lstm" ? 1 : 2)),
  { bench: "drive", who: "algorithm stages", perCpuSecond: 20_000 },
  { bench: "startup", who: "worker", seconds: 1, megabytes: 200 },
  { bench: "memory", who: "20,000 images", megabytes: 1024 },
  { bench: "roofline", who: "mlp", share: 0.6 },
  { bench: "roofline", who: "cnn64", share: 0.6 },
  { bench: "prediction", who: "gallery", share: 0.9 },
  grid("tfjs-node-fit", 10),
  grid("keras-fit", 5),
  grid("torch", 4),
  grid("torch-1×2", 2),
  { bench: "page", who: "seams", seconds: 0.5 },
  { bench: "rerun", who: "again", part: { of: "first", most: 1 / 50 } },
  { bench: "rerun", who: "formula", part: { of: "first", most: 1 / 10 } },
];

/** A bar in words with what was measured; undefined where a side of it was not. */
export function judge(bar: Bar, rows: readonly Row[]): string | undefined {
  const find = (who: string): Row | undefined =>
    rows.find((row) => row.bench === bar.bench && row.who === who && row.wrong === undefined);
  const own = find(bar.who);
  const words: string[] = [];
  if (bar.against !== undefined && bar.times !== undefined) {
    const best = Math.max(0, ...bar.against.map((who) => find(who)?.samplesPerCpuSecond ?? 0));
    if (best === 0 || own?.samplesPerCpuSecond === undefined)
      return `${bar.bench}, ${bar.who}: ≥ ${bar.times}× ${bar.against.join(" or ")}: not measured`;
    const ratio = own.samplesPerCpuSecond / best;
    words.push(
      `≥ ${bar.times}× ${bar.against.join(" or ")}: ${ratio.toPrecision(3)}× ${verdict(ratio >= bar.times)}`,
    );
  }
  if (bar.part !== undefined) {
    const times = (find(bar.part.of)?.seconds ?? Number.NaN) / (own?.seconds ?? Number.NaN);
    const least = 1 / bar.part.most;
    const aim = `≥ ${least}× as fast as ${bar.part.of}`;
    if (Number.isNaN(times)) return `${bar.bench}, ${bar.who}: ${aim}: not measured`;
    words.push(`${aim}: ${times.toPrecision(3)}× ${verdict(times >= least)}`);
  }
  if (bar.share !== undefined && own?.share !== undefined) {
    const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
    words.push(`≥ ${percent(bar.share)}: ${percent(own.share)} ${verdict(own.share >= bar.share)}`);
  }
  if (bar.perCpuSecond !== undefined && own?.samplesPerCpuSecond !== undefined) {
    const found = own.samplesPerCpuSecond;
    words.push(
      `≥ ${bar.perCpuSecond} samples/CPU s: ${Math.round(found)} ${verdict(found >= bar.perCpuSecond)}`,
    );
  }
  for (const [what, unit] of [
    ["seconds", "s"],
    ["megabytes", "MB"],
  ] as const) {
    const most = bar[what];
    const found = own?.[what];
    if (most === undefined || found === undefined) continue;
    words.push(`≤ ${most} ${unit}: ${found.toPrecision(3)} ${unit} ${verdict(found <= most)}`);
  }
  if (words.length === 0) return undefined;
  const said = `${bar.bench}, ${bar.who}: ${words.join("; ")}`;
  if (!said.includes(MISSED)) return said;
  const against = bar.part?.of ?? bar.against?.find((who) => find(who) !== undefined);
  const why = reasonFor(bar.bench, bar.who, against);
  return why === undefined ? said : `${said}: ${why}`;
}

const MISSED = "**missed**";
const verdict = (isReached: boolean): string => (isReached ? "reached" : MISSED);
