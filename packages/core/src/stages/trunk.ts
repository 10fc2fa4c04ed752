import { layerDoesNotFit } from "../diagnostics/catalog/training";
import { inputNotEncodable } from "../diagnostics/catalog/types";
import type { Checked } from "../diagnostics/diagnostic";
import { countOf } from "../diagnostics/words";
import type { StageId } from "../ids";
import type { Network, Shape } from "../layers/layer";
import { networkFacts } from "../layers/network";
import { LayerList, type Norm } from "./layer-list";

/** Layers in front of the hidden ones, for inputs of several places: images, or sequences. */
export interface Front {
  /** What it takes, in words. */
  readonly accepts: string;
  /** What it joins: a part of that layer's name. */
  readonly joins: string;
  /** Whether an input of this shape goes through it; the others are joined behind it. */
  takes(shape: Shape): boolean;
  /** Lists one input's layers up to where inputs are joined along their last side. */
  prepare(list: LayerList, port: string, shape: Shape): string;
  /** Lists its layers behind the joined inputs, up to a row. */
  lay(list: LayerList, joined: string, norm: Norm): string;
}

/** The layers behind the inputs. */
export interface Hidden {
  readonly units: readonly number[];
  /** What stands between a layer, convolution or not, and its ReLU. */
  readonly norm: Norm;
  /** Part of each layer's values that is left out in training. */
  readonly dropout: number;
}

/** What a network of one trunk and its heads is made from. */
export interface TrunkPlan {
  readonly id: StageId;
  /** Input ports, in the order in which they are joined. */
  readonly ports: readonly string[];
  /** Encoded shapes by port; those of ports that nothing usable feeds are absent. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Output ports, and how wide each head is. */
  readonly heads: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: Hidden;
  readonly front?: Front;
}

/**
 * Lays out a trunk: inputs are standardised, those that the front takes go through it, everything is joined in one
 * row and goes through the hidden layers; then a dense layer a head.
 *
 * Names of layers have a dot, which no port's name can have. No value and no diagnostic where a mistake elsewhere
 * leaves the network open.
 */
export function layTrunk(plan: TrunkPlan): Checked<Network> {
  const inputs = [...new Set(plan.ports)].flatMap((port): readonly Fed[] => {
    const shape = Object.hasOwn(plan.inputs, port) ? plan.inputs[port] : undefined;
    return shape === undefined ? [] : [{ port, shape }];
  });
  const widths = plan.heads.map((head) => (Object.hasOwn(plan.widths, head) ? plan.widths[head] : undefined));
  const [first] = inputs;
  if (first === undefined || widths.includes(undefined)) return { value: undefined, diagnostics: [] };
  const { front } = plan;
  if (front !== undefined && !inputs.some(({ shape }) => front.takes(shape))) {
    const place = { at: "port", stage: plan.id, port: first.port } as const;
    const [length = 1, ...more] = first.shape;
    const seen =
      more.length > 0 ? `${first.shape.join(" × ")} numbers` : `a row of ${countOf(length, "number")}`;
    return {
      value: undefined,
      diagnostics: [
        inputNotEncodable({ place, stage: plan.id, port: first.port, seen, accepts: front.accepts }),
      ],
    };
  }
  const list = new LayerList();
  const row = list.joined("join.row", rowsOf(list, inputs, plan));
  const trunk = hide(list, row, plan.hidden);
  const outputs = plan.heads.map((head, k) => {
    const units = widths[k] ?? 0;
    return [head, list.add(`head.${head}`, "dense", [trunk], { units })] as const;
  });
  const network: Network = {
    inputs: Object.fromEntries(inputs.map(({ port, shape }) => [port, shape])),
    layers: list.layers,
    outputs: Object.fromEntries(outputs),
  };
  return checkedNetwork(network, plan.id);
}

interface Fed {
  readonly port: string;
  readonly shape: Shape;
}

/** Each input as one row, those that the front takes through it first. */
function rowsOf(
  list: LayerList,
  inputs: readonly Fed[],
  { front, hidden }: Pick<TrunkPlan, "front" | "hidden">,
): readonly string[] {
  const flat = ({ port, shape }: Fed): string => {
    const standard = standardised(list, port);
    return shape.length === 1 ? standard : list.add(`flatten.${port}`, "flatten", [standard]);
  };
  if (front === undefined) return inputs.map(flat);
  const taken = inputs.filter(({ shape }) => front.takes(shape));
  const joined = list.joined(
    `join.${front.joins}`,
    taken.map(({ port, shape }) => front.prepare(list, port, shape)),
  );
  const others = inputs.filter(({ shape }) => !front.takes(shape));
  return [front.lay(list, joined, hidden.norm), ...others.map(flat)];
}

/** An input in units of its spread. */
export const standardised = (list: LayerList, port: string, from = port): string =>
  list.add(`standardise.${port}`, "standardise", [from]);

/** Layer after layer: weighted sums, norm, ReLU, dropout. */
function hide(list: LayerList, row: string, { units: widths, norm, dropout: rate }: Hidden): string {
  return widths.reduce((from, units, index) => {
    const k = index + 1;
    const sums = list.add(`hidden.${k}`, "dense", [from], { units });
    const rectified = list.add(`relu.${k}`, "relu", [list.normed(`norm.${k}`, sums, norm)]);
    return rate === 0 ? rectified : list.add(`dropout.${k}`, "dropout", [rectified], { rate });
  }, row);
}

/** A network that fits together, or which of its layers cannot be. */
export function checkedNetwork(network: Network, stage: StageId): Checked<Network> {
  const facts = networkFacts(network);
  if (facts.is === "fits") return { value: network, diagnostics: [] };
  const { layer, reason } = facts;
  return {
    value: undefined,
    diagnostics: [layerDoesNotFit({ place: { at: "stage", stage }, layer, reason })],
  };
}
