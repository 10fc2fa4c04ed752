import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { FieldType } from "../graph/field-type";
import { stageId } from "../ids";
import type { Shape } from "../layers/layer";
import { networkFacts } from "../layers/network";
import type { ProblemSchema } from "../problem/document";
import { paramsJsonSchema } from "./json-schema";
import { randomParams } from "./random-params";
import type { AlgorithmKind, LearnedKind, PortTypes, StageKind } from "./stage";

/** A use of a kind that must work. */
export interface KindUse {
  /** As a document writes them. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly problem: ProblemSchema;
  /** Of an algorithm: types of its inputs that give every output. */
  readonly types?: PortTypes;
  /** Of a learned kind: encoded shapes of its inputs. */
  readonly shapes?: Readonly<Record<string, Shape>>;
}

const id = stageId("stage");
/** Always the same cases: a failure can be repeated, and a passing test stays one. */
const CASES = { seed: 4, numRuns: 200 };

/**
 * The tests that every stage kind passes, whatever its role: documentation, params, ports; that its answers are pure
 * and total; that its networks give what its heads say. Its own test adds a truth that was worked out by hand.
 */
export function describeStageKind<P>(kind: StageKind<P>, use: KindUse): void {
  // What a kind asks of its params is the schema's doing; the registry holds kinds without their type, too.
  const open = kind as unknown as StageKind;
  describe(`${kind.kind}, as a stage kind`, () => {
    it("is named and documented", () => {
      expect(open.kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(open.version).toBeGreaterThanOrEqual(1);
      expect(open.title).toMatch(/^[A-Z]/);
      expect(open.doc.summary).toMatch(/^[A-Z].{10,}\.$/);
      expect(open.doc.when).toMatch(/^[A-Z].{10,}\.$/);
    });
    it("has a title and help for every param", () => {
      expect(untitled(paramsJsonSchema(open))).toEqual([]);
    });
    it("reads its example", () => {
      const { each: _, ...example } = open.doc.example;
      expect(open.params.safeParse(example).error).toBeUndefined();
    });
    it("finds nothing wrong with a use that works, and reads its own defaults again", () => {
      const params = open.params.parse(use.params);
      expect(open.check?.({ id, params, problem: use.problem }) ?? []).toEqual([]);
      expect(open.params.parse(params)).toEqual(params);
    });
    it("names each port once", () => {
      const ports = portNames(open, open.params.parse(use.params), use.problem);
      for (const names of Object.values(ports)) expect(new Set(names).size).toBe(names.length);
      expect(Object.values(ports).flat().length).toBeGreaterThan(0);
    });
    it("answers about any params that it lets through, and the same twice", () => {
      const schema = z.toJSONSchema(open.params, { io: "input" });
      fc.assert(
        fc.property(randomParams(schema), (written) => {
          const { data } = open.params.safeParse(written);
          if (data === undefined) return;
          const ask = () => [
            portNames(open, data, use.problem),
            open.check?.({ id, params: data, problem: use.problem }),
          ];
          expect(ask()).toEqual(ask());
        }),
        CASES,
      );
    });
    if (open.role === "learned") describeNetworks(open, use);
    if (open.role === "algorithm") describeInference(open, use);
  });
}

/** Paths of params without a title or help. */
function untitled(schema: unknown, path: readonly string[] = []): readonly string[] {
  const { properties, additionalProperties, items } = objectOf(schema);
  const inner = [
    ...Object.entries(objectOf(properties)).flatMap(([name, param]) => {
      const { title, help } = objectOf(param);
      const isTitled = typeof title === "string" && typeof help === "string";
      return [...(isTitled ? [] : [[...path, name].join(".")]), ...untitled(param, [...path, name])];
    }),
    ...untitledEntries(additionalProperties, path),
    ...untitledEntries(items, path),
  ];
  return inner;
}

const untitledEntries = (schema: unknown, path: readonly string[]): readonly string[] =>
  typeof schema === "object" ? untitled(schema, [...path, "*"]) : [];

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

function portNames(kind: StageKind, params: unknown, problem: ProblemSchema) {
  const inputs = kind.inputs(params, problem).map(({ name }) => name);
  switch (kind.role) {
    case "learned":
      return { inputs, outputs: kind.heads(params).map(({ port }) => port) };
    case "algorithm":
      return { inputs, outputs: kind.outputs(params).map(({ name }) => name) };
    case "source":
      return { inputs, outputs: Object.keys(kind.fields({ id, params, problem }).value ?? {}) };
    case "output":
      return { inputs, outputs: [], answers: Object.keys(kind.answers({ id, params, problem }).value ?? {}) };
  }
}

function describeNetworks(kind: LearnedKind, { params: written, problem, shapes = {} }: KindUse): void {
  const params = kind.params.parse(written);
  const heads = kind.heads(params).map(({ port }) => port);
  const widths = Object.fromEntries(heads.map((port, k) => [port, 2 + k]));

  it("gives a network with an output a head, as wide as the head", () => {
    const { value, diagnostics } = kind.network({ id, params, problem, inputs: shapes, widths });
    expect(diagnostics).toEqual([]);
    expect(Object.keys(value?.outputs ?? {})).toEqual(heads);
    const facts = value === undefined ? undefined : networkFacts(value);
    if (value === undefined || facts?.is !== "fits") throw new Error("the network doesn't fit together");
    const free = new Set(kind.heads(params).flatMap(({ port, isFree }) => (isFree === true ? [port] : [])));
    for (const [port, layer] of Object.entries(value.outputs)) {
      const shape = facts.layers.find((one) => one.layer.id === layer)?.shape;
      // Symbols that stand anywhere have a row for each frame.
      expect(free.has(port) ? shape?.slice(1) : shape).toEqual([widths[port]]);
    }
  });

  it("trains by its params, each within its bounds", () => {
    const { validation, steps, batchSize, learningRate } = kind.training(params);
    expect(validation).toBeLessThanOrEqual(0.5);
    expect(Math.min(steps, batchSize)).toBeGreaterThanOrEqual(1);
    expect(learningRate).toBeGreaterThan(0);
    for (const { weight } of kind.heads(params)) expect(weight).toBeGreaterThan(0);
  });

  it("gives a network or says why not, for any params and shapes, and the same twice", () => {
    const schema = z.toJSONSchema(kind.params, { io: "input" });
    const shape = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(randomParams(schema), fc.infiniteStream(shape), (random, stream) => {
        const { data } = kind.params.safeParse(random);
        if (data === undefined) return;
        const ports = kind.inputs(data, problem).map(({ name }) => name);
        const inputs = Object.fromEntries(ports.map((port) => [port, stream.next().value]));
        const wide = Object.fromEntries(kind.heads(data).map(({ port }, k) => [port, 1 + k]));
        const question = { id, params: data, problem, inputs, widths: wide };
        const first = kind.network(question);
        expect(kind.network(question)).toEqual(first);
        if (first.value === undefined) expect(first.diagnostics.length).toBeGreaterThan(0);
        else expect(networkFacts(first.value).is).toBe("fits");
      }),
      CASES,
    );
  });

  it("leaves the network open while an input or a head's width is not known", () => {
    expect(kind.network({ id, params, problem, inputs: {}, widths })).toEqual(NOTHING);
    expect(kind.network({ id, params, problem, inputs: shapes, widths: {} })).toEqual(NOTHING);
  });
}

const NOTHING = { value: undefined, diagnostics: [] };

function describeInference(kind: AlgorithmKind, { params: written, problem, types = {} }: KindUse): void {
  const params = kind.params.parse(written);

  it("gives every output a type, and a price", () => {
    const { value, diagnostics } = kind.infer({ id, params, problem, inputs: types });
    expect(diagnostics).toEqual([]);
    expect(Object.keys(value ?? {})).toEqual(kind.outputs(params).map(({ name }) => name));
    expect(kind.flops(params, types)).toBeGreaterThanOrEqual(0);
  });

  it("infers or says why not, for any params and types, and the same twice", () => {
    const schema = z.toJSONSchema(kind.params, { io: "input" });
    fc.assert(
      fc.property(
        randomParams(schema),
        fc.infiniteStream(fc.constantFrom(...SOME_TYPES)),
        (random, stream) => {
          const { data } = kind.params.safeParse(random);
          if (data === undefined) return;
          const ports = kind.inputs(data, problem).map(({ name }) => name);
          const inputs: Record<string, FieldType> = {};
          for (const port of ports) {
            const type = stream.next().value;
            if (type !== undefined) inputs[port] = type;
          }
          const question = { id, params: data, problem, inputs };
          expect(kind.infer(question)).toEqual(kind.infer(question));
          expect(kind.flops(data, inputs)).toBeGreaterThanOrEqual(0);
          for (const port of ports) expect(["blocked", "surrogate"]).toContain(kind.gradient(data, port));
        },
      ),
      CASES,
    );
  });
}

/** One of each, and nothing: an input that isn't linked. */
const SOME_TYPES: readonly (FieldType | undefined)[] = [
  undefined,
  { is: "image", heightPx: 6, widthPx: 4, channels: 1 },
  { is: "signal", samples: 8, sampleRateHz: 8000 },
  { is: "vector", size: 3 },
  { is: "scalar" },
  { is: "label", classes: ["1", "2", "3"] },
  { is: "label", classes: ["cat", "dog"] },
  { is: "flags", names: ["wet", "red"] },
  { is: "box" },
  { is: "text", alphabet: ["a", "b"], maxLength: 3 },
  { is: "sequence", of: { is: "label", classes: ["1", "2"] }, maxLength: 2 },
  { is: "sequence", of: { is: "vector", size: 2 }, maxLength: 3 },
];
