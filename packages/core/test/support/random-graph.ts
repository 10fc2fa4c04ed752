import fc from "fast-check";
import type { GraphDocument, LinkDocument, LinkMode, StageDocument } from "../../src/graph/document";
import { kitchenSink } from "./problems";

/** Names of random stages: nothing else in a document or plan reads like them, so that they can be replaced in both. */
export const STAGE_NAME = /\bst(\d+)\b/g;

/** What a value of the graph is, as far as the generator must know to link it. */
interface Value {
  readonly from: string;
  readonly shape: "plain" | "image" | "pair of images" | "number" | "animal" | "numbers" | "sequence";
  /** What it is made from: data only, learned outputs with labels, or a learned output without one. */
  readonly made: "data" | "labelled" | "free";
  /** True for the output of a learned stage itself. */
  readonly isLearned: boolean;
}

/** One random decision. What it means depends on the graph so far, so that every prefix of decisions is a graph. */
interface Step {
  readonly what: number;
  readonly picks: readonly [number, number, number];
  readonly mode: number;
  readonly params: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.nat(99),
  picks: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)),
  mode: fc.nat(99),
  params: fc.nat(99),
});

/**
 * Pipelines over the kitchen sink that compile without an error: learned stages of every kind, with labels and without,
 * mapped and not, masks, algorithms between them, every mode where it has a meaning. Some stages may be unused.
 *
 * A graph holds either stages that are trained together or predictions that others wait for: both in one can make a
 * group wait for itself, which is an error.
 */
export const validGraph: fc.Arbitrary<GraphDocument> = fc
  .record({ steps: fc.array(step, { minLength: 1, maxLength: 12 }), isJoint: fc.boolean(), last: step })
  .map(({ steps, isJoint, last }) => {
    const builder = new Builder(isJoint);
    for (const one of steps) builder.add(one);
    return builder.finish(last);
  });

/** Valid graphs of which one thing or several were spoiled, as a person might. The document can always be read. */
export const brokenGraph: fc.Arbitrary<GraphDocument> = fc
  .record({ document: validGraph, slips: fc.array(step, { minLength: 1, maxLength: 4 }) })
  .map(({ document, slips }) => slips.reduce(spoil, document));

const LABELS = ["digit", "animal", "grade", "tags", "place", "y"] as const;
const MASKS = [
  "present(extra)",
  "extra > 0",
  'animal == "cat"',
  "present(digit) and not (extra < 1)",
] as const;
const STAGED: readonly (LinkMode | undefined)[] = [undefined, "label", "predicted", "cross-fitted"];
const JOINT: readonly (LinkMode | undefined)[] = [undefined, "label", "joint"];

class Builder {
  private readonly stages: Record<string, StageDocument> = {};
  private readonly links: LinkDocument[] = [];
  private readonly values: Value[] = [];

  constructor(private readonly isJoint: boolean) {
    const data = { made: "data", isLearned: false } as const;
    const field = (name: string): string => `${this.place("field", { field: name })}.value`;
    this.values.push(
      { from: field("photo"), shape: "image", ...data },
      { from: field("reading"), shape: "plain", ...data },
      { from: field("extra"), shape: "number", ...data },
      { from: field("word"), shape: "plain", ...data },
    );
  }

  add(one: Step): void {
    const moves = [
      () => this.net(one),
      () => this.convolve(one),
      () => this.trunk(one),
      () => this.mapped(one),
      () => this.calculate(one),
      () => this.look(one),
      () => this.cut(),
    ];
    moves[one.what % moves.length]?.();
  }

  finish(last: Step): GraphDocument {
    const decide = this.place("dense-net", { inputs: ["a", "b"], label: "y", hidden: [3] });
    this.feed(`${decide}.a`, this.pick(last.picks[0]), last.mode);
    this.feed(`${decide}.b`, this.values.at(-1), last.mode + 1);
    const out = this.place("answer", { field: "y" });
    this.links.push({ from: `${decide}.output`, to: `${out}.value` });
    const layout = { [decide]: [last.params, last.mode - 50] as [number, number] };
    return {
      format: 1,
      title: "Random",
      problem: kitchenSink.name,
      stages: this.stages,
      links: this.links,
      layout,
    };
  }

  private net({ picks, mode, params }: Step): void {
    const { head, made, shape } = this.head(params);
    const mask = params % 3 === 0 && made === "labelled" ? { mask: MASKS[params % MASKS.length] } : {};
    const id = this.place("dense-net", { inputs: ["a", "b"], hidden: [1 + (params % 5)], ...head, ...mask });
    this.feed(`${id}.a`, this.pick(picks[0]), mode);
    this.feed(`${id}.b`, this.pick(picks[1]), mode + 1);
    this.values.push({ from: `${id}.output`, shape, made, isLearned: true });
  }

  private convolve({ picks, mode, params }: Step): void {
    const { head, made, shape } = this.head(params);
    const id = this.place("conv-net", { inputs: ["image", "more"], filters: [2], hidden: [], ...head });
    const image = this.values.find((value) => value.shape === "image");
    this.feed(`${id}.image`, image, 0);
    this.feed(`${id}.more`, this.pick(picks[0]), mode);
    this.values.push({ from: `${id}.output`, shape, made, isLearned: true });
  }

  private trunk({ picks, mode, params }: Step): void {
    const label = LABELS[params % LABELS.length];
    const heads = { one: { label, mask: MASKS[params % MASKS.length] }, two: { label: "animal", weight: 2 } };
    const id = this.place("shared-trunk", { heads, hidden: [4], normalise: "labelled" });
    this.feed(`${id}.input`, this.pick(picks[0]), mode);
    this.values.push(
      { from: `${id}.one`, shape: "plain", made: "labelled", isLearned: true },
      { from: `${id}.two`, shape: "animal", made: "labelled", isLearned: true },
    );
  }

  /** One network over both tiles of a photo. */
  private mapped({ mode, params }: Step): void {
    const tiles = this.values.find((value) => value.shape === "pair of images") ?? this.cut();
    const isFree = this.isJoint && params % 2 === 0;
    const id = this.place("dense-net", {
      hidden: [2],
      each: true,
      ...(isFree ? { size: 3 } : { label: "digits" }),
    });
    this.feed(`${id}.input`, tiles, mode);
    const made = isFree ? "free" : "labelled";
    this.values.push({
      from: `${id}.output`,
      shape: isFree ? "sequence" : "numbers",
      made,
      isLearned: true,
    });
  }

  /** A number from numbers, or from a sequence of them. */
  private calculate({ picks }: Step): void {
    const numbers = this.values.filter(({ shape, made }) => shape === "number" && made !== "free");
    const list = this.values.find(({ shape }) => shape === "numbers");
    const one = numbers[picks[0] % numbers.length];
    const expression = list === undefined ? "2 * a" : "a + sum(list)";
    const id = this.place("formula", { expression });
    this.feed(`${id}.a`, one, 0);
    if (list !== undefined) this.feed(`${id}.list`, list, 0);
    const isData = one?.made === "data" && list === undefined;
    const made = isData ? "data" : "labelled";
    this.values.push({ from: `${id}.output`, shape: "number", made, isLearned: false });
  }

  private look(one: Step): void {
    const animal = this.values.find(({ shape }) => shape === "animal");
    if (animal === undefined) {
      this.trunk(one);
      return;
    }
    const id = this.place("lookup", { table: { cat: 1, dog: -0.5 } });
    this.feed(`${id}.key`, animal, 0);
    this.values.push({ from: `${id}.output`, shape: "number", made: animal.made, isLearned: false });
  }

  private cut(): Value {
    const image = this.values.find(({ shape }) => shape === "image");
    const id = this.place("crop", { mode: "grid", columns: 2 });
    this.feed(`${id}.image`, image, 0);
    const tiles: Value = {
      from: `${id}.output`,
      shape: "pair of images",
      made: "data",
      isLearned: false,
    };
    this.values.push(tiles);
    return tiles;
  }

  private head(choice: number): {
    readonly head: Readonly<Record<string, unknown>>;
    readonly made: Value["made"];
    readonly shape: Value["shape"];
  } {
    if (this.isJoint && choice % 2 === 0)
      return { head: { size: 1 + (choice % 4) }, made: "free", shape: "plain" };
    const label = LABELS[choice % LABELS.length];
    return { head: { label }, made: "labelled", shape: label === "animal" ? "animal" : "plain" };
  }

  private place(kind: string, params: Readonly<Record<string, unknown>>): string {
    const id = `st${Object.keys(this.stages).length + 1}`;
    this.stages[id] = { kind, params };
    return id;
  }

  private pick(choice: number): Value | undefined {
    return this.values[choice % this.values.length];
  }

  /** Links a value into a port, in a mode that has a meaning there. */
  private feed(to: string, value: Value | undefined, choice: number): void {
    if (value === undefined) throw new Error("random graph: nothing to link");
    const modes = this.isJoint ? JOINT : STAGED;
    const chosen = modes[choice % modes.length];
    const isIntoLearned =
      (this.stages[to.slice(0, to.indexOf("."))]?.kind ?? "").match(/net$|trunk$/) !== null;
    const hasMode = isIntoLearned && value.made === "labelled" && (value.isLearned || chosen !== "joint");
    this.links.push({ from: value.from, to, ...(hasMode && chosen !== undefined ? { mode: chosen } : {}) });
  }
}

/** Spoils one thing of a document. */
function spoil(document: GraphDocument, { what, picks, params }: Step): GraphDocument {
  const { stages, links } = document;
  const names = Object.keys(stages);
  const name = names[picks[0] % Math.max(names.length, 1)] ?? "st1";
  const other = names[picks[1] % Math.max(names.length, 1)] ?? "st1";
  const index = picks[2] % Math.max(links.length, 1);
  const stage = stages[name] ?? { kind: "field", params: {} };
  const withStage = (changed: StageDocument): GraphDocument => ({
    ...document,
    stages: { ...stages, [name]: changed },
  });
  const withLink = (change: Partial<LinkDocument>): GraphDocument => ({
    ...document,
    links: links.map((link, at) => (at === index ? { ...link, ...change } : link)),
  });
  const mode = (["label", "predicted", "cross-fitted", "joint"] as const)[params % 4];
  const slips: readonly (() => GraphDocument)[] = [
    () => ({ ...document, links: links.filter((_, at) => at !== index) }),
    () => ({ ...document, links: [...links, ...links.slice(index, index + 1)] }),
    () => ({ ...document, links: [...links, { from: `${name}.output`, to: `${other}.a` }] }),
    () => ({ ...document, stages: Object.fromEntries(Object.entries(stages).filter(([id]) => id !== name)) }),
    () => withLink({ from: "nowhere.output" }),
    () => withLink({ to: `${name}.inptu` }),
    () => withLink({ from: `${name}.output` }),
    () => withLink(mode === undefined ? {} : { mode }),
    () => withStage({ ...stage, kind: `${stage.kind}x` }),
    () => withStage({ ...stage, params: { ...stage.params, label: "colour" } }),
    () => withStage({ ...stage, params: { ...stage.params, hidden: [0, "many"] } }),
    () => withStage({ ...stage, params: { ...stage.params, each: params % 2 === 0 } }),
    () => withStage({ ...stage, params: { ...stage.params, mask: "extra >" } }),
    () => withStage({ ...stage, params: {} }),
    () => withStage({ ...stage, params: { ...stage.params, start: { artifact: "a/1", freeze: params } } }),
    () => ({ ...document, problem: "another" }),
  ];
  return slips[what % slips.length]?.() ?? document;
}
