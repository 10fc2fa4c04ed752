import { type LinkView, type StageView, typeWords } from "./graph-view";

/** Where each stage stands. */
export type Layout = Readonly<Record<string, readonly [number, number]>>;

/** A stage in a sentence, for those who hear it. */
export function stageWords({ title, kindTitle, inputs, outputs, problem, pills }: StageView): string {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  const state = pills.map(({ text }) => text).join(", ");
  return `${title}, ${kindTitle}, ${state}, ${count(inputs.length, "input")}, ${count(outputs.length, "output")}, ${problem === undefined ? "no problems" : `${problem.severity}: ${problem.message}`}`;
}

/** A link in a sentence, for those who hear it. */
export function linkWords({ from, to, type, passing, broken }: LinkView): string {
  const mode = passing === undefined || passing === "data" ? "" : `, mode ${passing}`;
  return `Link from ${from.stage}.${from.port} to ${to.stage}.${to.port}, ${typeWords(type)}${mode}${broken === undefined ? "" : `, broken: ${broken}`}`;
}
