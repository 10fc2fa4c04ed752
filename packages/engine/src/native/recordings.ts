import {
  hasIndexTargets,
  headLoss,
  type Shape,
  slotLosses,
  type StepLoss,
  type StepSpec,
  type Tensor,
} from "@seams/core/train";
import type { DescribedNetwork } from "../eager/describe";
import { type MaskDraw } from "../draws";
import { type MaskMaker, present, type Route, routeTo, runForward } from "../eager/forward";
import type { Machine } from "../machine";
import { withNativeGradients } from "./gradients";
import type { Residents } from "./feeds";
import { recordAlike, type Recording, type Work } from "./record";

/** What steps and answers are recorded from. */
export interface Recorded {
  readonly machine: Machine;
  readonly spec: StepSpec;
  readonly described: DescribedNetwork;
  /** All weights by name: their values don't matter, their shapes do. */
  readonly weights: Residents;
}

/** A recording with the arrays that it is fed rows of; what else it is fed are weights. */
export interface Fed {
  readonly recording: Recording;
  readonly arrays: readonly string[];
}

/** A step's recording with what it is fed besides: masks that are drawn, by the names of their inputs. */
export interface FedStep extends Fed {
  readonly draws: Readonly<Record<string, MaskDraw>>;
}

/**
 * One step without its update: gives `loss`, `head <index>`, `gradient <weight>` of each trained weight and
 * `next <weight>` of each that moves.
 * @throws Refusal where it can't become a program
 */
export function recordStep(recorded: Recorded, rows: number, trained: readonly string[]): FedStep {
  const { machine, spec, described } = recorded;
  const { tf } = machine;
  const route = routeTo(
    described,
    spec.losses.map(({ output }) => output),
  );
  const arrays = [
    ...new Set([...route.inputs, ...spec.losses.flatMap(({ target, mask }) => [target, mask])]),
  ];
  const draws: Record<string, MaskDraw> = {};
  const recording = recordFed(
    recorded,
    { arrays, rows, weights: weightsOf(route) },
    (fed, { keep, feed }) => {
      const mask: MaskMaker = (layer, shape, rate) => {
        const tensor = tf.ones(shape);
        draws[`mask ${layer}`] = { layer, rate, size: tensor.size };
        feed(`mask ${layer}`, tensor);
        return tensor;
      };
      const loss = (own: Residents): Tensor => {
        const outputs = runForward(tf, route, {
          inputs: fed,
          weights: { ...fed, ...own },
          training: { spec, mask, move: (name, next) => keep(`next ${name}`, next) },
        });
        const terms = spec.losses.map((head, index) => {
          const value = headLoss(tf, head, tensorsOf(head, outputs, fed));
          keep(`head ${index}`, value);
          return tf.mul(value, head.weight);
        });
        return terms.reduce((total, term) => tf.add(total, term));
      };
      if (trained.length === 0) {
        keep("loss", loss({}));
        return;
      }
      const call = tf.valueAndGrads((...tensors: Tensor[]) =>
        loss(Object.fromEntries(tensors.map((tensor, at) => [trained[at] ?? "", tensor]))),
      );
      const { value, grads } = withNativeGradients(tf, () =>
        call(trained.map((name) => present(fed[name], name))),
      );
      keep("loss", value);
      for (const [at, gradient] of grads.entries()) keep(`gradient ${trained[at] ?? ""}`, gradient);
    },
  );
  return { recording, arrays, draws };
}

/** The losses of every slot: gives `slots <index>` of each head, [rows, slots]. */
export function recordLosses(recorded: Recorded, rows: number): Fed {
  const { machine, spec, described } = recorded;
  const route = routeTo(
    described,
    spec.losses.map(({ output }) => output),
  );
  const arrays = [
    ...new Set([...route.inputs, ...spec.losses.flatMap(({ target, mask }) => [target, mask])]),
  ];
  const recording = recordFed(recorded, { arrays, rows, weights: weightsOf(route) }, (fed, { keep }) => {
    const outputs = runForward(machine.tf, route, { inputs: fed, weights: fed });
    for (const [index, head] of spec.losses.entries())
      keep(`slots ${index}`, slotLosses(machine.tf, head, tensorsOf(head, outputs, fed)));
  });
  return { recording, arrays };
}

/** Raw outputs by their names. */
export function recordAnswers(recorded: Recorded, rows: number, outputs: readonly string[]): Fed {
  const { machine, described } = recorded;
  const route = routeTo(described, outputs);
  const recording = recordFed(
    recorded,
    { arrays: route.inputs, rows, weights: weightsOf(route) },
    (fed, { keep }) => {
      const made = runForward(machine.tf, route, { inputs: fed, weights: fed });
      for (const [name, tensor] of Object.entries(made)) keep(name, tensor);
    },
  );
  return { recording, arrays: route.inputs };
}

const weightsOf = ({ layers }: Route): readonly string[] =>
  layers.flatMap(({ weights }) => Object.values(weights));

function tensorsOf(head: StepLoss, outputs: Residents, fed: Residents): Parameters<typeof headLoss>[2] {
  return {
    raw: present(outputs[head.output], head.output),
    target: present(fed[head.target], head.target),
    mask: present(fed[head.mask], head.mask),
  };
}

/** Values that whatever reads them as an index can take: both are cast to 0. */
const PROBES = [0, 0.5] as const;

interface Feeding {
  readonly arrays: readonly string[];
  readonly rows: number;
  readonly weights: readonly string[];
}

function recordFed(
  { machine, spec, weights: all }: Recorded,
  { arrays, rows, weights }: Feeding,
  work: Work,
): Recording {
  machine.use();
  const { tf } = machine;
  const shapes = recordShapes(spec);
  const own = Object.fromEntries(weights.map((name) => [name, present(all[name], name)]));
  const probe = (value: number): Residents =>
    Object.fromEntries(
      arrays.map((name) => [name, tf.fill([rows, ...present(shapes[name], name)], value, "float32")]),
    );
  const probes = [probe(PROBES[0]), probe(PROBES[1])] as const;
  try {
    return recordAlike(
      machine,
      [
        { ...own, ...probes[0] },
        { ...own, ...probes[1] },
      ],
      work,
    );
  } finally {
    tf.dispose(probes.flatMap((one) => Object.values(one)));
  }
}

/** The shape of a record by array name; an array that is an input and a target, too, has the input's. */
export function recordShapes({ network, losses }: StepSpec): Readonly<Record<string, Shape>> {
  const shapes: Record<string, Shape> = {};
  for (const { target, mask, loss, slots, width } of losses) {
    shapes[target] = [hasIndexTargets(loss) ? slots : slots * width];
    shapes[mask] = [slots];
  }
  return { ...shapes, ...network.inputs };
}
