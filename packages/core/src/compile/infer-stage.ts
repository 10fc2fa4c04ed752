import {
  eachNeedsSequence,
  lengthsDiffer,
  sequenceNeedsEach,
  typeMismatch,
} from "../diagnostics/catalog/types";
import { type Diagnostic, isClean } from "../diagnostics/diagnostic";
import { describeType } from "../graph/assignable";
import type { FieldType, SequenceType } from "../graph/field-type";
import type { ProblemSchema } from "../problem/document";
import type { AlgorithmKind, LearnedKind, PortTypes } from "../stages/stage";
import { countFrames } from "./count-frames";
import { encodedShape } from "./encoded-shape";
import { typeHead } from "./heads";
import type { LearnedStage, Stage, TypedHead } from "./plan";

/** What a stage gives, from what is known of its inputs. */
export interface StageTypes {
  readonly outputs: PortTypes;
  readonly learned?: LearnedStage;
  readonly diagnostics: readonly Diagnostic[];
}

/** A stage with its surroundings. */
export interface StageQuestion<Kind> {
  readonly stage: Stage;
  readonly kind: Kind;
  readonly problem: ProblemSchema;
  /** Types of the inputs that are linked and known. */
  readonly inputs: PortTypes;
  /** All input ports: those that are not in `inputs` have an error of their own, or depend on one. */
  readonly ports: readonly string[];
}

/** Types an algorithm stage; where it maps, its kind sees the elements. */
export function inferAlgorithm(question: StageQuestion<AlgorithmKind>): StageTypes {
  const { stage, kind, problem, inputs } = question;
  const ask = (types: PortTypes) =>
    kind.infer({ id: stage.id, params: stage.params, problem, inputs: types });
  if (!stage.each) {
    const plain = ask(inputs);
    if (isClean(plain.diagnostics)) return { outputs: plain.value ?? {}, diagnostics: plain.diagnostics };
    const hint = hintAtEach(question, isClean(ask(elementsOf(inputs)).diagnostics));
    return { outputs: plain.value ?? {}, diagnostics: hint ?? plain.diagnostics };
  }
  const mapped = mapping(question);
  if (mapped.elements === undefined) return { outputs: {}, diagnostics: mapped.diagnostics };
  const inner = ask(elementsOf(inputs));
  const diagnostics = [...mapped.diagnostics, ...inner.diagnostics];
  const outputs: Record<string, FieldType> = {};
  for (const [port, type] of Object.entries(inner.value ?? {})) {
    if (type.is !== "sequence") outputs[port] = { is: "sequence", of: type, maxLength: mapped.elements };
    else {
      const place = { at: "port", stage: stage.id, port } as const;
      const reason = "elements of a sequence are no sequences themselves";
      diagnostics.push(
        typeMismatch({ place, expected: "one value an element", seen: describeType(type), reason }),
      );
    }
  }
  return { outputs, diagnostics };
}

/** Types a learned stage and asks for its network. */
export function inferLearned(question: StageQuestion<LearnedKind>): StageTypes {
  const { stage, kind, problem, inputs, ports } = question;
  const mapped = stage.each ? mapping(question, "all inputs") : { elements: undefined, diagnostics: [] };
  const typed = kind
    .heads(stage.params)
    .map((head) => typeHead(head, { stage, problem, elements: mapped.elements }));
  const heads = typed.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const diagnostics = [...mapped.diagnostics, ...typed.flatMap((one) => one.diagnostics)];
  const outputs = Object.fromEntries(heads.map(({ head, type }) => [head.port, type]));
  const isComplete = ports.every((port) => Object.hasOwn(inputs, port));
  if (!isComplete || heads.length < typed.length || !isClean(diagnostics)) return { outputs, diagnostics };
  const network = askForNetwork(question, heads);
  diagnostics.push(...network.diagnostics);
  if (network.value === undefined) return { outputs, diagnostics };
  const framed = countFrames(heads, network.value, question.stage.id);
  diagnostics.push(...framed.diagnostics);
  if (framed.value === undefined) return { outputs, diagnostics };
  return { outputs, diagnostics, learned: { heads: framed.value, network: network.value } };
}

function askForNetwork(question: StageQuestion<LearnedKind>, heads: readonly TypedHead[]) {
  const { stage, kind, problem, inputs } = question;
  const widths = Object.fromEntries(heads.map(({ head, width }) => [head.port, width]));
  const ask = (types: PortTypes) =>
    kind.network({
      id: stage.id,
      params: stage.params,
      problem,
      widths,
      inputs: Object.fromEntries(Object.entries(types).map(([port, type]) => [port, encodedShape(type)])),
    });
  const plain = ask(stage.each ? elementsOf(inputs) : inputs);
  if (stage.each || isClean(plain.diagnostics)) return plain;
  const hint = hintAtEach(question, isClean(ask(elementsOf(inputs)).diagnostics));
  return hint === undefined ? plain : { value: undefined, diagnostics: hint };
}

/** Where a stage fails on a sequence and would do with its elements, that is what to say. */
function hintAtEach(
  { stage, inputs }: Pick<StageQuestion<unknown>, "stage" | "inputs">,
  wouldDo: boolean,
): readonly Diagnostic[] | undefined {
  const sequences = Object.entries(inputs).filter(([, type]) => type.is === "sequence");
  if (!wouldDo || sequences.length === 0) return undefined;
  return sequences.map(([port, type]) => {
    const place = { at: "port", stage: stage.id, port } as const;
    return sequenceNeedsEach({ place, stage: stage.id, port, seen: describeType(type) });
  });
}

/** The same types, with sequences replaced by their elements. */
const elementsOf = (types: PortTypes): PortTypes =>
  Object.fromEntries(
    Object.entries(types).map(([port, type]) => [port, type.is === "sequence" ? type.of : type]),
  );

interface Mapping {
  /** Most elements of the sequences; undefined where there are none, or of different lengths. */
  readonly elements: number | undefined;
  readonly diagnostics: Diagnostic[];
}

/** The sequences that a stage maps over. A learned stage takes all its inputs element by element. */
function mapping(
  { stage, inputs, ports }: StageQuestion<unknown>,
  needs: "one input" | "all inputs" = "one input",
): Mapping {
  const known = Object.entries(inputs);
  const sequences = known.flatMap(([port, type]) => (type.is === "sequence" ? [{ port, type }] : []));
  const others = known.filter(([, type]) => type.is !== "sequence");
  const isMissing = needs === "all inputs" || (sequences.length === 0 && known.length === ports.length);
  const wrong = isMissing ? others : [];
  const diagnostics: Diagnostic[] = wrong.map(([port, type]) => {
    const place = { at: "port", stage: stage.id, port } as const;
    return eachNeedsSequence({ place, stage: stage.id, port, seen: describeType(type) });
  });
  const lengths = new Set(sequences.map(({ type }) => type.maxLength));
  if (lengths.size > 1) diagnostics.push(differingLengths(stage, sequences));
  const [elements] = lengths;
  return { elements: lengths.size === 1 && isClean(diagnostics) ? elements : undefined, diagnostics };
}

function differingLengths(
  stage: Stage,
  sequences: readonly { readonly port: string; readonly type: SequenceType }[],
): Diagnostic {
  const place = { at: "stage", stage: stage.id } as const;
  const seen = sequences.map(({ port, type }) => `${port}: ${describeType(type)}`);
  return lengthsDiffer({ place, stage: stage.id, seen });
}
