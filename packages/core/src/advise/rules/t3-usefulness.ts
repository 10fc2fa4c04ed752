import { countOf } from "../../diagnostics/words";
import { meanInterval, meanOf } from "../../measure/interval";
import { writeLevel } from "../../measure/numbers";
import type { Advice } from "../advice";
import { hasStart, isTransfer, type PipelineFacts } from "../facts";
import {
  type AdviceQuestion,
  cellsAt,
  commonBudgets,
  gainAt,
  gainInWords,
  measurementOf,
  pairsOf,
  predictGain,
  type Rule,
  sideOf,
} from "../question";
import { isFrozen } from "../transfers";

/**
 * T3, usefulness of A's features: frozen A with a new head against the same network frozen with other weights (trained
 * on permuted labels, or not at all): u = (acc_A − acc_control)/(1 − acc_control) > 0.
 */
export const usefulness: Rule = (question) => {
  const frozen = question.facts.filter((one) => hasStart(one) && isFrozen(one));
  if (frozen.length === 1 && frozen[0] !== undefined) return abstain(frozen[0]);
  const isOne = (one: PipelineFacts): boolean => frozen.includes(one);
  return pairsOf(question, isOne, isOne)
    .filter(([a, control]) => isTransfer(a) && sameButArtifact(a, control))
    .filter(([a, control]) => !isTransfer(control) || frozen.indexOf(a) < frozen.indexOf(control))
    .flatMap((pair) => adviceOn(pair, question));
};

const abstain = ({ id, title }: PipelineFacts): Advice[] => [
  {
    rule: "T3",
    title: "Useful features",
    outcome: "unknown",
    about: [id],
    evidence: [],
    says: `Unknown: ${title} has no control. Compare it with the same network frozen with weights that were trained on permuted labels.`,
    measurements: [],
  },
];

const sameButArtifact = (a: PipelineFacts, b: PipelineFacts): boolean =>
  a.learned.length === b.learned.length &&
  a.learned.every((one, k) => {
    const other = b.learned[k];
    return (
      other !== undefined &&
      one.fields.join() === other.fields.join() &&
      one.start?.freeze === other.start?.freeze
    );
  });

function adviceOn(pair: readonly [PipelineFacts, PipelineFacts], question: AdviceQuestion): Advice[] {
  const [transfer, control] = pair;
  const { style, comparison, margin } = question;
  const budget = commonBudgets(question, transfer.id, control.id)[0];
  const gain = budget === undefined ? undefined : gainAt(question, [transfer.id, control.id], { budget });
  if (budget === undefined || gain === undefined) return [];
  const scores = [...cellsAt(question, control.id, budget).values()].flatMap(
    ({ test }) => test[comparison.metric] ?? [],
  );
  const at = `at ${countOf(budget, "row")}`;
  const useful = style.isShare
    ? meanInterval(gain.differences.map((one) => one / (1 - meanOf(scores))))
    : undefined;
  const u =
    useful === undefined
      ? ""
      : `: u = ${writeLevel(useful.mean, style)} of what ${control.title} leaves wrong`;
  const side = sideOf(gain, margin);
  return [
    {
      rule: "T3",
      title: "Useful features",
      outcome: side === "gain" ? "holds" : side === "loss" ? "fails" : "unknown",
      about: [transfer.id, control.id],
      evidence: gain.cells,
      says: `${transfer.title} gains ${gainInWords(gain, style)} over its control ${control.title} ${at}${u}.`,
      measurements: [
        measurementOf(`gain over the control ${at}`, gain),
        ...(useful === undefined ? [] : [measurementOf("u", useful)]),
      ],
      ...predictGain(question, pair, { gain, budget }),
    },
  ];
}
