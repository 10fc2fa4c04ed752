import { sequenceNeedsEach, typeMismatch } from "../diagnostics/catalog/types";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { describeType } from "../graph/assignable";
import type { FieldType } from "../graph/field-type";
import type { StageId } from "../ids";
import type { PortTypes } from "./stage";

/** What an algorithm's input must be. */
export interface Expected {
  /** In words, for the message. */
  readonly words: string;
  fits(type: FieldType): boolean;
}

/** A single number, of whatever unit. */
export const A_SCALAR: Expected = { words: "a scalar", fits: ({ is }) => is === "scalar" };

/** A row of numbers. */
export const A_VECTOR: Expected = { words: "a vector", fits: ({ is }) => is === "vector" };

/** Finds the inputs that are not what they must be; those that are not known yet pass. */
export function checkPorts(
  stage: StageId,
  inputs: PortTypes,
  expected: Readonly<Record<string, Expected>>,
): Diagnostic[] {
  return Object.entries(expected).flatMap(([port, { words, fits }]) => {
    const type = inputs[port];
    if (type === undefined || fits(type)) return [];
    const place = { at: "port", stage, port } as const;
    const seen = describeType(type);
    if (type.is === "sequence" && fits(type.of)) return [sequenceNeedsEach({ place, stage, port, seen })];
    return [typeMismatch({ place, expected: words, seen })];
  });
}
