import { layerDoesNotFit } from "../diagnostics/catalog/training";
import { inputNotEncodable } from "../diagnostics/catalog/types";
import type { Checked } from "../diagnostics/diagnostic";
import { countOf } from "../diagnostics/words";
import type { StageId } from "../ids";
import type { Layer, Network, Shape } from "../layers/layer";
import { networkFacts } from "../layers/network";

/** Convolutions in front of the hidden layers. */
export interface Convolutions {
  /** One block each: convolution, norm, ReLU, pool. */
  readonly filters: readonly number[];
  readonly kernelSize: number;
  readonly stride: number;
  /** Side of the pool's tiles; 1 = no pool. */
  readonly pool: number;
  readonly poolBy: "max" | "mean";
  /** How the last image becomes a row. */
  readonly imageEnd: "flatten" | "mean";
}

/** The layers behind the inputs. */
export interface Hidden {
  readonly units: readonly number[];
  /** What stands between a layer, convolution or not, and its ReLU. */
  readonly norm: "none" | "layer";
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
  readonly convolutions?: Convolutions;
}

/**
 * Lays out a trunk: inputs are standardised, images go through the convolutions, everything is joined in one row and
 * goes through the hidden layers; then a dense layer a head.
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
  const convolutions = plan.convolutions;
  if (convolutions !== undefined && !inputs.some(isImage)) {
    const place = { at: "port", stage: plan.id, port: first.port } as const;
    const [length = 1, ...more] = first.shape;
    const seen =
      more.length > 0 ? `${first.shape.join(" × ")} numbers` : `a row of ${countOf(length, "number")}`;
    return {
      value: undefined,
      diagnostics: [
        inputNotEncodable({ place, stage: plan.id, port: first.port, seen, accepts: "an image" }),
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
  return checked(network, plan.id);
}

interface Fed {
  readonly port: string;
  readonly shape: Shape;
}

const isImage = ({ shape }: Fed): boolean => shape.length === 3;

/** Each input as one row, images through the convolutions first where there are some. */
function rowsOf(
  list: LayerList,
  inputs: readonly Fed[],
  { convolutions, hidden }: Pick<TrunkPlan, "convolutions" | "hidden">,
): readonly string[] {
  const flat = ({ port, shape }: Fed): string => {
    const standard = standardised(list, port);
    return shape.length === 1 ? standard : list.add(`flatten.${port}`, "flatten", [standard]);
  };
  if (convolutions === undefined) return inputs.map(flat);
  const images = inputs.filter(isImage).map(({ port }) => standardised(list, port));
  const image = convolve(list, list.joined("join.images", images), { ...convolutions, norm: hidden.norm });
  const others = inputs.filter((input) => !isImage(input));
  const row =
    convolutions.imageEnd === "mean"
      ? list.add("image.mean", "global-avg-pool", [image])
      : list.add("image.flatten", "flatten", [image]);
  return [row, ...others.map(flat)];
}

const standardised = (list: LayerList, port: string): string =>
  list.add(`standardise.${port}`, "standardise", [port]);

/** Block after block: convolution, norm, ReLU, pool. */
function convolve(
  list: LayerList,
  image: string,
  { filters, kernelSize, stride, pool, poolBy, norm }: Convolutions & Pick<Hidden, "norm">,
): string {
  return filters.reduce((from, count, index) => {
    const k = index + 1;
    const params = { filters: count, kernel: kernelSize, stride, padding: "same" };
    const seen = list.add(`conv.${k}`, "conv2d", [from], params);
    const rectified = list.add(`conv-relu.${k}`, "relu", [list.normed(`conv-norm.${k}`, seen, norm)]);
    return pool === 1 ? rectified : list.add(`pool.${k}`, POOLS[poolBy], [rectified], { size: pool });
  }, image);
}

const POOLS = { max: "max-pool2d", mean: "avg-pool2d" } as const;

/** Layer after layer: weighted sums, norm, ReLU, dropout. */
function hide(list: LayerList, row: string, { units: widths, norm, dropout: rate }: Hidden): string {
  return widths.reduce((from, units, index) => {
    const k = index + 1;
    const sums = list.add(`hidden.${k}`, "dense", [from], { units });
    const rectified = list.add(`relu.${k}`, "relu", [list.normed(`norm.${k}`, sums, norm)]);
    return rate === 0 ? rectified : list.add(`dropout.${k}`, "dropout", [rectified], { rate });
  }, row);
}

/** A network's layers while they are being listed. */
class LayerList {
  readonly layers: Layer[] = [];

  /** Adds a layer and gives its name. */
  add(id: string, kind: string, from: readonly string[], params: Layer["params"] = {}): string {
    this.layers.push({ id, kind, params, from });
    return id;
  }

  /** The value with the norm that is asked for, if any. */
  normed(id: string, value: string, norm: Hidden["norm"]): string {
    return norm === "none" ? value : this.add(id, "layer-norm", [value]);
  }

  /** One value of several; of one, itself. */
  joined(id: string, values: readonly string[]): string {
    const [only, ...more] = values;
    return only !== undefined && more.length === 0 ? only : this.add(id, "concat", values);
  }
}

function checked(network: Network, stage: StageId): Checked<Network> {
  const facts = networkFacts(network);
  if (facts.is === "fits") return { value: network, diagnostics: [] };
  const { layer, reason } = facts;
  return {
    value: undefined,
    diagnostics: [layerDoesNotFit({ place: { at: "stage", stage }, layer, reason })],
  };
}
