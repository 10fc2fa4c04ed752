import type { StepLoss } from "@seams/core/train";
import type { RowTarget } from "./bound";
import { at, Build, type Value } from "./build";
import type { Kernels } from "./kernels";
import { piecesBetween } from "./layout";
import { emitLoss, labelArrays } from "./losses";
import type { Draw, PlacedWeight } from "./lowering";
import type { Group, NetworkPlan } from "./plan";
import type { LaidOut } from "./tape";

/** What a program is made from. */
export interface ProgramQuestion {
  readonly network: NetworkPlan;
  /** By name in the network. */
  weight(name: string): PlacedWeight;
  /** What a layer's random words follow from; undefined where it draws none. @throws Error when the spec has no key for it */
  draw(layer: string): Draw | undefined;
  /** Heads whose losses are computed. */
  readonly heads: readonly StepLoss[];
  /** Outputs that are to be read. */
  readonly outputs: readonly string[];
  /** Whether it takes steps: losses with their gradients, and updates. */
  readonly isTraining: boolean;
  /** Most records of one run. */
  readonly capacity: number;
  /** Longest gradient of a step; undefined: any. */
  readonly clipNorm: number | undefined;
}

/** What a head's loss kernel found over the records of a run. */
export interface HeadSums {
  /** Of the labelled slots' losses. */
  readonly losses: number;
  /** Of the masks. */
  readonly labelled: number;
}

/** A compiled program: kernel calls with fixed addresses, for up to `capacity` records at a time. */
export interface Program {
  readonly capacity: number;
  /** Arrays whose rows must be there before a run. */
  readonly arrays: readonly RowTarget[];
  run(records: number): void;
  sums(head: number): HeadSums;
  /** Copies an output of the last run's first records. */
  copyOutput(
    output: string,
    records: number,
    into: { readonly values: Float32Array; readonly start: number },
  ): void;
  /** Values per record of an output. */
  sizeOf(output: string): number;
  dispose(): void;
}

/** @throws Error when an output does not exist, or the network and its plan don't fit together */
export function compileProgram(kernels: Kernels, question: ProgramQuestion): Program {
  const { network, heads, isTraining, capacity, clipNorm } = question;
  const build = new Build(capacity, isTraining, clipNorm);
  const outputs = [...question.outputs, ...heads.map(({ output }) => output)];
  const ends = new Map(outputs.map((output) => [output, endOf(network, output)]));
  const groups = groupsBefore(network, new Set(ends.values()));
  const values = new Map<string, Value>();
  const inputs = neededInputs(network, groups, new Set(ends.values())).map(([name, layout]) => {
    const value = build.value({ layout, rows: 1, learning: false });
    values.set(name, value);
    return { name, value };
  });
  for (const group of groups) {
    const sources = group.facts.layer.from.map((source) => known(values, source));
    const weight = (name: string): PlacedWeight => question.weight(`${group.facts.layer.id}/${name}`);
    const draw = (): Draw | undefined => question.draw(group.facts.layer.id);
    values.set(group.id, group.lowering.emit({ build, group, sources, weight, draw }));
  }
  const losses = heads.map((head) => emitLoss(build, head, known(values, ends.get(head.output) ?? "")));
  build.finishBackward();
  for (const output of question.outputs) build.tape.result(at(known(values, ends.get(output) ?? "")));
  const tape = build.tape.layOut(kernels);
  const arrays: RowTarget[] = [
    ...inputs.map(({ name, value }) => {
      const { places, stride } = value.layout;
      return {
        name,
        address: tape.addressOf(at(value)),
        stride,
        pieces: piecesBetween(counting(places), places),
      };
    }),
    ...heads.flatMap((head, index) => labelArrays(head, losses[index], tape)),
  ];
  const results = new Map(
    question.outputs.map((output) => {
      const value = known(values, ends.get(output) ?? "");
      return [output, { address: tape.addressOf(at(value)), layout: value.layout }] as const;
    }),
  );
  const resultOf = (output: string) => {
    const result = results.get(output);
    if (result === undefined) throw new Error(`programs: ${output} is not computed.`);
    return result;
  };
  const sumWords = losses.map(({ sums }) => tape.addressOf(sums) / 8);
  const setRecords = recordSetter(kernels, tape);
  const { steps } = tape;
  return {
    capacity,
    arrays,
    run(records) {
      setRecords(records);
      for (let index = 0; index < steps.length; index++) steps[index]?.();
    },
    sums: (head) => {
      const word = sumWords[head] ?? 0;
      const { doubles } = kernels.heap;
      return { losses: doubles[word] ?? 0, labelled: doubles[word + 1] ?? 0 };
    },
    copyOutput(output, records, { values: target, start }) {
      const { address, layout } = resultOf(output);
      const { floats } = kernels.heap;
      let to = start;
      for (let record = 0; record < records; record++) {
        const from = address / 4 + record * layout.stride;
        for (const place of layout.places) target[to++] = floats[from + place] ?? 0;
      }
    },
    sizeOf: (output) => resultOf(output).layout.places.length,
    dispose: () => tape.block.free(),
  };
}

const counting = ({ length }: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length }, (_, index) => index);

function endOf({ outputs }: NetworkPlan, output: string): string {
  const end = Object.hasOwn(outputs, output) ? outputs[output] : undefined;
  if (end === undefined) throw new Error(`stepper: the network has no output ${output}.`);
  return end;
}

/** Groups that these values depend on, in order. */
function groupsBefore({ groups }: NetworkPlan, ends: ReadonlySet<string>): readonly Group[] {
  const needed = new Set(ends);
  for (const group of groups.toReversed()) {
    if (needed.has(group.id)) for (const source of group.facts.layer.from) needed.add(source);
  }
  return groups.filter(({ id }) => needed.has(id));
}

function neededInputs({ inputs }: NetworkPlan, groups: readonly Group[], ends: ReadonlySet<string>) {
  const read = new Set([...ends, ...groups.flatMap(({ facts }) => facts.layer.from)]);
  return [...inputs].filter(([name]) => read.has(name));
}

function known(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new Error(`programs: ${name} is read before it is there.`);
  return value;
}

/** Sets the arguments that depend on the number of records, when it has changed. */
function recordSetter(kernels: Kernels, { changing }: LaidOut): (records: number) => void {
  let current = -1;
  return (records) => {
    if (records === current) return;
    const { floats, integers } = kernels.heap;
    for (const { word, type, value } of changing) {
      if (type === "float") floats[word] = value(records);
      else integers[word] = value(records);
    }
    current = records;
  };
}
