import { labelWrongType, unknownField } from "../diagnostics/catalog/params";
import { headUnpredictable, sizeUnknown } from "../diagnostics/catalog/training";
import { lengthsDiffer } from "../diagnostics/catalog/types";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { parseMask } from "../expression/mask";
import { describeType } from "../graph/assignable";
import { symbolsOf } from "../graph/symbols";
import type { ElementType, FieldType } from "../graph/field-type";
import type { ProblemSchema } from "../problem/document";
import type { Head } from "../stages/stage";
import type { LossName } from "../losses/index";
import type { Stage, Supervision, TypedHead } from "./plan";

/** What a head's type follows from. */
export interface HeadQuestion {
  readonly stage: Stage;
  readonly problem: ProblemSchema;
  /** Elements of the sequence that the stage maps over; undefined where it maps over none, or that isn't known. */
  readonly elements: number | undefined;
}

/** Types a head by its label, or by its size where it has none. */
export function typeHead(head: Head, question: HeadQuestion): Checked<TypedHead> {
  return head.label === undefined ? freeHead(head, question) : supervisedHead(head, head.label, question);
}

/** A vector that learns through what lies downstream. */
function freeHead(head: Head, { stage, elements }: HeadQuestion): Checked<TypedHead> {
  if (head.size === undefined) {
    const place = { at: "port", stage: stage.id, port: head.port } as const;
    return {
      value: undefined,
      diagnostics: [sizeUnknown({ place, stage: stage.id, port: head.port })],
    };
  }
  const element: ElementType = { is: "vector", size: head.size };
  const type = stage.each ? sequenceOf(element, elements) : element;
  return {
    value: type === undefined ? undefined : { head, type, width: head.size },
    diagnostics: [],
  };
}

const sequenceOf = (of: ElementType, maxLength: number | undefined): FieldType | undefined =>
  maxLength === undefined ? undefined : { is: "sequence", of, maxLength };

function supervisedHead(head: Head, label: string, question: HeadQuestion): Checked<TypedHead> {
  const { stage, problem } = question;
  const place = { at: "port", stage: stage.id, port: head.port } as const;
  const field = Object.hasOwn(problem.fields, label) ? problem.fields[label] : undefined;
  if (field === undefined) {
    const known = Object.keys(problem.fields);
    const near = nearest(label, known);
    return { value: undefined, diagnostics: [unknownField({ place, field: label, near, known })] };
  }
  const refusal = refuse(field.type, { label, head, question });
  if (refusal !== undefined) return { value: undefined, diagnostics: [refusal] };
  const mask = head.mask === undefined ? undefined : parseMask(head.mask, { place, problem });
  if (mask !== undefined && mask.value === undefined)
    return { value: undefined, diagnostics: mask.diagnostics };
  const element = elementOf(field.type);
  const symbols = head.isFree === true ? symbolsOf(field.type) : undefined;
  const width = symbols === undefined ? rawWidth(element) : symbols + 1; // and the blank
  const supervision: Supervision = {
    label,
    ...(symbols === undefined ? slotsOf(field.type, element) : { loss: "ctc", slots: 0, width }),
    ...(mask?.value === undefined ? {} : { mask: mask.value }),
  };
  return {
    value: { head, type: field.type, width, supervision },
    diagnostics: mask?.diagnostics ?? [],
  };
}

/** Why a stage cannot learn this label, or undefined where it can. */
function refuse(
  type: FieldType,
  { label, head, question }: { label: string; head: Head; question: HeadQuestion },
): Diagnostic | undefined {
  const { stage, elements } = question;
  const place = { at: "port", stage: stage.id, port: head.port } as const;
  const seen = describeType(type);
  if (stage.each && type.is !== "sequence") {
    const expected = "a sequence, since the stage maps over each element";
    return labelWrongType({ place, field: label, expected, seen });
  }
  if (head.isFree === true) {
    const expected = stage.each ? "no stage that maps with each" : "a text, or a sequence of classes";
    const isFit = symbolsOf(type) !== undefined && !stage.each;
    return isFit ? undefined : labelWrongType({ place, field: label, expected, seen });
  }
  if (!PREDICTABLE.has(elementOf(type).is)) return headUnpredictable({ place, field: label, seen });
  if (type.is !== "sequence") return undefined;
  if (!stage.each) {
    return headUnpredictable({ place, field: label, seen: `${seen}, and the stage doesn't map with each` });
  }
  if (elements === undefined || elements === type.maxLength) return undefined;
  return lengthsDiffer({ place, stage: stage.id, seen: [`up to ${elements} elements`, `${label}: ${seen}`] });
}

const PREDICTABLE: ReadonlySet<FieldType["is"]> = new Set(["label", "flags", "scalar", "vector", "box"]);

const elementOf = (type: FieldType): ElementType => (type.is === "sequence" ? type.of : type);

/** Raw values of one element of a head. */
function rawWidth(element: ElementType): number {
  switch (element.is) {
    case "label":
      return element.classes.length;
    case "flags":
      return element.names.length;
    case "box":
      return 4;
    case "vector":
      return element.size;
    case "scalar":
      return 1;
    case "image":
    case "signal":
    case "text":
      throw new Error(`heads: ${element.is} was refused before`);
  }
}

function slotsOf(type: FieldType, element: ElementType): Pick<Supervision, "loss" | "slots" | "width"> {
  const elements = type.is === "sequence" ? type.maxLength : 1;
  // A flag is a slot of its own: it can be missing by itself.
  if (element.is === "flags") {
    return { loss: "sigmoid-cross-entropy", slots: elements * element.names.length, width: 1 };
  }
  return { loss: lossOf(element), slots: elements, width: rawWidth(element) };
}

function lossOf(element: ElementType): LossName {
  if (element.is === "label") return "softmax-cross-entropy";
  return element.is === "box" ? "smooth-l1" : "squared-error";
}
