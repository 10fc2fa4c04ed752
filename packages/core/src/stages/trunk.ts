import { layerDoesNotFit } from "../diagnostics/catalog/training";
import { inputNotEncodable } from "../diagnostics/catalog/types";
import type { Checked } from "../diagnostics/diagnostic";
import { countOf } from "../diagnostics/words";
import type { StageId } from "../ids";
import type { Layer, Network, Shape } from "../layers/layer";
import { networkFacts } from "../layers/network";

/** Convolutions in front of the hidden layers. */
export interface Convolutions {
  /** One block each: convolution, ReLU, pool. */
  readonly filters: readonly number[];
  readonly kernelSize: number;
  readonly stride: number;
  /** Side of the pool's tiles; 1 = no pool. */
  readonly pool: number;
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
  readonly hidden: readonly number[];
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
  const row = list.joined("join.row", rowsOf(list, inputs, convolutions));
  const trunk = plan.hidden.reduce(
    (from, units, k) =>
      list.add(`relu.${k + 1}`, "relu", [list.add(`hidden.${k + 1}`, "dense", [from], { units })]),
    row,
  );
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
  convolutions: Convolutions | undefined,
): readonly string[] {
  const flat = ({ port, shape }: Fed): string => {
    const standard = standardised(list, port);
    return shape.length === 1 ? standard : list.add(`flatten.${port}`, "flatten", [standard]);
  };
  if (convolutions === undefined) return inputs.map(flat);
  const images = inputs.filter(isImage).map(({ port }) => standardised(list, port));
  const image = convolve(list, list.joined("join.images", images), convolutions);
  const others = inputs.filter((input) => !isImage(input));
  return [list.add("image.flatten", "flatten", [image]), ...others.map(flat)];
}

const standardised = (list: LayerList, port: string): string =>
  list.add(`standardise.${port}`, "standardise", [port]);

/** Block after block: convolution, ReLU, pool. */
function convolve(
  list: LayerList,
  image: string,
  { filters, kernelSize, stride, pool }: Convolutions,
): string {
  return filters.reduce((from, count, index) => {
    const k = index + 1;
    const params = { filters: count, kernel: kernelSize, stride, padding: "same" };
    const seen = list.add(`conv-relu.${k}`, "relu", [list.add(`conv.${k}`, "conv2d", [from], params)]);
    return pool === 1 ? seen : list.add(`pool.${k}`, "max-pool2d", [seen], { size: pool });
  }, image);
}

/** A network's layers while they are being listed. */
class LayerList {
  readonly layers: Layer[] = [];

  /** Adds a layer and gives its name. */
  add(id: string, kind: string, from: readonly string[], params: Layer["params"] = {}): string {
    this.layers.push({ id, kind, params, from });
    return id;
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
