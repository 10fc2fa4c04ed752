import type { StepSpec, Tensor } from "@seams/core/train";
import { drawMasks, type MaskDraw } from "../draws";
import type { WeightPlace } from "../eager/weights";
import type { Machine } from "../machine";
import { emit } from "./emit";
import { feedsFor, gathering, known, presentTensor, type Residents, UNKNOWN } from "./feeds";
import { BOOL, counted, createGraph, FLOAT, flagged, type GraphBuilder, INT32, typed } from "./graph";
import { addLoop, type LoopBody, whole, wholes } from "./loop";
import { canKeepWinners, withWinners } from "./pools";
import type { Recording } from "./record";
import { openSession } from "./session";
import {
  addClipping,
  addUpdate,
  addUpdateInPlace,
  changesInPlace,
  type Schedule,
  type UpdateSetting,
} from "./update";
import { addVariable, assign, readAfter, RESOURCE } from "./variables";

/** A trained weight with its slots, by their names in a state. */
export interface TrainedWeight {
  readonly place: WeightPlace;
  readonly slots: readonly string[];
}

/** What steps leave: losses and each head's per step, all that steps change, and whether it is finite. */
export interface StepsOutcome {
  /** [steps, 1 + heads] */
  readonly found: Float32Array;
  readonly isFinite: boolean;
  /** By name in the state; the caller's to dispose. */
  readonly state: Residents;
}

/** Steps of one batch size as a graph. */
export interface StepProgram {
  /** Most steps of one call, so that what they are fed does not take too much memory. */
  readonly mostSteps: number;
  /**
   * @param rows [steps × batch size] row numbers
   * @param from arrays, and all weights and slots, by name
   * @param done steps before these
   */
  run(rows: Int32Array, from: { arrays: Residents; state: Residents }, done: number): StepsOutcome;
  dispose(): void;
}

/** What a step program is made of. */
export interface StepParts {
  /** One step: fed arrays and weights by name, gives `loss`, `head …`, `gradient <weight>` and `next <weight>`. */
  readonly recording: Recording;
  readonly batchSize: number;
  /** Names of its arrays. */
  readonly arrays: readonly string[];
  /** By the names of the inputs that are fed what is drawn. */
  readonly draws: Readonly<Record<string, MaskDraw>>;
  readonly spec: StepSpec;
  readonly trained: readonly TrainedWeight[];
  /** Weights that the step sets itself. */
  readonly moving: readonly WeightPlace[];
  readonly schedule: Schedule;
}

/** Most bytes of random masks that a call is fed. */
const DRAWN_BYTES = 16 * 2 ** 20;

export function compileSteps(machine: Machine, recorded: StepParts): StepProgram {
  const { batchSize, schedule } = recorded;
  const recording = withWinners(recorded.recording);
  // Asked only where there are pools: the first answer takes a session of its own.
  const isKept = recording !== recorded.recording && canKeepWinners(machine);
  const parts = isKept ? { ...recorded, recording } : recorded;
  const graph = createGraph();
  const feeds = placeholdersOf(graph, parts);
  const { found, isFinite, state } = addSteps(graph, parts, feeds);
  const session = openSession(machine, graph.savedModel());
  const names = changing(parts).map(({ name }) => name);
  const drawn = Object.entries(parts.draws);
  const bytes = drawn.reduce((sum, [, { size }]) => sum + 4 * size, 0);
  return {
    mostSteps: Math.max(1, Math.floor(DRAWN_BYTES / Math.max(bytes, 1))),
    run(rows, from, done) {
      const steps = rows.length / batchSize;
      const { tf } = machine;
      const paces = Float32Array.from(
        Array.from({ length: steps }, (_, step) => schedule.of(done + step + 1)).flat(),
      );
      const given = new Map<string, Tensor>([
        [feeds.rows, tf.tensor(rows, [steps, batchSize], "int32")],
        ...(schedule.width === 0
          ? []
          : [[feeds.paces, tf.tensor(paces, [steps, schedule.width], "float32")] as const]),
        ...drawn.map(([name, draw]) => {
          const shape = [steps, ...(parts.recording.inputs.get(name)?.shape ?? [])];
          const masks = drawMasks(parts.spec, draw, { first: done + 1, count: steps });
          return [known(feeds.named, name), tf.tensor(masks, shape, "float32")] as const;
        }),
      ]);
      const [losses, finite, ...made] = session.run(
        new Map([...feedsFor(feeds.named, { ...from.arrays, ...from.state }, parts.draws), ...given]),
        [found, isFinite, ...state],
      );
      const outcome = {
        found: Float32Array.from(losses?.dataSync() ?? []),
        isFinite: finite?.dataSync()[0] === 1,
        state: Object.fromEntries(names.map((name, at) => [name, presentTensor(made[at])])),
      };
      tf.dispose([...given.values(), losses, finite].filter((one) => one !== undefined));
      return outcome;
    },
    dispose: () => session.dispose(),
  };
}

interface Feeds {
  readonly rows: string;
  readonly paces: string;
  /** Placeholder by the name of what it is fed. */
  readonly named: ReadonlyMap<string, string>;
}

function placeholdersOf(
  graph: GraphBuilder,
  { recording, batchSize, arrays, draws, trained, schedule }: StepParts,
): Feeds {
  const named = new Map<string, string>();
  for (const [name, { dtype, shape }] of recording.inputs) {
    const isDrawn = Object.hasOwn(draws, name);
    const own = arrays.includes(name) ? [UNKNOWN, ...shape.slice(1)] : shape;
    named.set(name, graph.placeholder(dtype, isDrawn ? [UNKNOWN, ...shape] : own));
  }
  for (const { place, slots } of trained)
    for (const slot of slots) named.set(slot, graph.placeholder(FLOAT, place.shape));
  return {
    rows: graph.placeholder(INT32, [UNKNOWN, batchSize]),
    paces: graph.placeholder(FLOAT, [UNKNOWN, schedule.width]),
    named,
  };
}

interface AddedSteps {
  readonly found: string;
  readonly isFinite: string;
  readonly state: readonly string[];
}

/** Everything that a step changes: trained weights each with its slots, then what moves. */
const changing = ({ trained, moving }: StepParts): readonly Pick<WeightPlace, "name" | "shape">[] => [
  ...trained.flatMap((weight) => namesOf(weight).map((name) => ({ ...weight.place, name }))),
  ...moving,
];

/**
 * The loop over steps: each gathers its rows, runs the recorded step and updates the weights. What an optimiser changes in
 * place lies in variables, the rest goes round the loop.
 */
function addSteps(graph: GraphBuilder, parts: StepParts, feeds: Feeds): AddedSteps {
  const all = changing(parts);
  const stored = changesInPlace(parts.spec.optimiser) ? parts.trained : [];
  const handles = new Map(
    stored.flatMap((weight) =>
      namesOf(weight).map((name) => [name, addVariable(graph, name, weight.place.shape)] as const),
    ),
  );
  const assigned = [...handles].map(([name, handle]) => assign(graph, handle, known(feeds.named, name)));
  const names = all.map(({ name }) => name).filter((name) => !handles.has(name));
  const heads = Object.keys(parts.recording.outputs).filter((name) => name.startsWith("head "));
  const none = graph.constant({ dtype: FLOAT, shape: [0, 1 + heads.length], values: [] });
  const carried = [none, ...names.map((name) => known(feeds.named, name))].map((start) => ({
    start,
    dtype: FLOAT,
  }));
  const start = { passes: addCount(graph, feeds.rows), before: assigned, carried };
  const { values: left, end } = addLoop(graph, start, (inside) => {
    const [before = "", ...values] = inside.values;
    const current = new Map(names.map((name, at) => [name, values[at] ?? ""]));
    const variables = new Map([...handles].map(([name, handle]) => [name, inside.outside(handle, RESOURCE)]));
    const { outputs, after, ops } = addStep(graph, parts, { feeds, inside, current, variables });
    const losses = ["loss", ...heads].map((name) => outputs[name] ?? "");
    const row = addRow(graph, inside, { before, losses });
    return { values: [row, ...names.map((name) => known(after, name))], ops };
  });
  const [found = "", ...values] = left;
  const state = all.map(({ name }) => {
    const handle = handles.get(name);
    return handle === undefined ? (values[names.indexOf(name)] ?? "") : readAfter(graph, handle, [end]);
  });
  return { found, isFinite: addFiniteness(graph, parts, state), state };
}

interface StepPlace {
  readonly feeds: Feeds;
  readonly inside: LoopBody;
  /** Weights that go round, and slots, by name. */
  readonly current: ReadonlyMap<string, string>;
  /** Handles of those that lie in variables. */
  readonly variables: ReadonlyMap<string, string>;
}

function addStep(
  graph: GraphBuilder,
  { recording, arrays, draws, trained, moving, spec: { optimiser }, schedule }: StepParts,
  { feeds, inside, current, variables }: StepPlace,
): AddedStep {
  const rows = gather(graph, inside, {
    from: inside.outside(feeds.rows, INT32),
    dtype: INT32,
    at: inside.pass,
  });
  const gathered = new Map(
    arrays.map((name) => {
      const dtype = recording.inputs.get(name)?.dtype ?? FLOAT;
      const from = inside.outside(known(feeds.named, name), dtype);
      return [name, gather(graph, inside, { from, dtype, at: rows })] as const;
    }),
  );
  for (const name of Object.keys(draws)) {
    const from = inside.outside(known(feeds.named, name), FLOAT);
    gathered.set(name, gather(graph, inside, { from, dtype: FLOAT, at: inside.pass }));
  }
  const read = new Map(
    trained.flatMap(({ place: { name } }) => {
      const handle = variables.get(name);
      return handle === undefined ? [] : [[name, readAfter(graph, handle, [inside.pass])] as const];
    }),
  );
  const outputs = emit(recording, {
    graph,
    constant: inside.constant,
    input: (name) =>
      gathered.get(name) ??
      current.get(name) ??
      read.get(name) ??
      inside.outside(known(feeds.named, name), FLOAT),
  });
  const paces = addPaces(graph, inside, { feeds, schedule });
  const after = new Map(moving.map(({ name }) => [name, outputs[`next ${name}`] ?? ""]));
  const setting: UpdateSetting = { graph, constant: inside.constant, pace: (at) => paces[at] ?? "" };
  const found = trained.map(({ place }) => outputs[`gradient ${place.name}`] ?? "");
  const gradients = addClipping(setting, optimiser, found);
  const ops: string[] = [];
  for (const [index, { place, slots }] of trained.entries()) {
    const value = read.get(place.name);
    const call = { gradient: gradients[index] ?? "", place: schedule.placeOf(place.rate) };
    if (value !== undefined) {
      const handles = namesOf({ place, slots }).map((name) => known(variables, name));
      ops.push(addUpdateInPlace(setting, optimiser, { ...call, value, handles }));
      continue;
    }
    const updated = addUpdate(setting, optimiser, {
      ...call,
      value: known(current, place.name),
      slots: slots.map((slot) => known(current, slot)),
    });
    after.set(place.name, updated.value);
    for (const [at, slot] of slots.entries()) after.set(slot, updated.slots[at] ?? "");
  }
  return { outputs, after, ops };
}

interface AddedStep {
  readonly outputs: Readonly<Record<string, string>>;
  /** What goes round the loop, by name. */
  readonly after: ReadonlyMap<string, string>;
  /** Those that change variables. */
  readonly ops: readonly string[];
}

/** A weight with its slots. */
const namesOf = ({ place, slots }: TrainedWeight): readonly string[] => [place.name, ...slots];

/** The step's paces, each by itself. */
function addPaces(
  graph: GraphBuilder,
  inside: LoopBody,
  { feeds, schedule }: { readonly feeds: Feeds; readonly schedule: Schedule },
): readonly string[] {
  const { width } = schedule;
  if (width === 0) return [];
  const row = gather(graph, inside, {
    from: inside.outside(feeds.paces, FLOAT),
    dtype: FLOAT,
    at: inside.pass,
  });
  const unpacked = graph.add("Unpack", [row], { num: counted(width), T: typed(FLOAT), axis: counted(0) });
  return Array.from({ length: width }, (_, at) => (at === 0 ? unpacked : `${unpacked}:${at}`));
}

/** Elements of a value's first side. */
function gather(
  graph: GraphBuilder,
  inside: LoopBody,
  { from, dtype, at }: { readonly from: string; readonly dtype: number; readonly at: string },
): string {
  return graph.add("GatherV2", [from, at, inside.constant(whole(0))], gathering(dtype));
}

/** How many rows a matrix has. */
function addCount(graph: GraphBuilder, matrix: string): string {
  const shape = graph.add("Shape", [matrix], { T: typed(INT32), out_type: typed(INT32) });
  return graph.add("GatherV2", [shape, graph.constant(whole(0)), graph.constant(whole(0))], gathering(INT32));
}

/** Losses of the steps before with this one's behind them. */
function addRow(
  graph: GraphBuilder,
  inside: LoopBody,
  { before, losses }: { readonly before: string; readonly losses: readonly string[] },
): string {
  const pack = { N: counted(losses.length), T: typed(FLOAT), axis: counted(0) };
  const row = graph.add(
    "Reshape",
    [graph.add("Pack", losses, pack), inside.constant(wholes([1, losses.length]))],
    {
      T: typed(FLOAT),
      Tshape: typed(INT32),
    },
  );
  return graph.add("ConcatV2", [before, row, inside.constant(whole(0))], {
    N: counted(2),
    T: typed(FLOAT),
    Tidx: typed(INT32),
  });
}

/** Whether every value of the weights and slots is finite: what is not stays so from step to step. */
function addFiniteness(graph: GraphBuilder, parts: StepParts, state: readonly string[]): string {
  const ranks = changing(parts).map(({ shape }) => shape.length);
  const checks = state.map((value, at) => {
    const finite = graph.add("IsFinite", [value], { T: typed(FLOAT) });
    const axes = graph.constant(wholes(Array.from({ length: ranks[at] ?? 0 }, (_, axis) => axis)));
    return graph.add("All", [finite, axes], { Tidx: typed(INT32), keep_dims: flagged(false) });
  });
  const start = graph.constant({ dtype: BOOL, shape: [], values: [1] });
  return checks.reduce((all, check) => graph.add("LogicalAnd", [all, check]), start);
}
