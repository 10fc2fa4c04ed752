import type { Advice } from "./advice";
import type { AdviceQuestion, Rule } from "./question";
import { evidence } from "./rules/e1-evidence";
import { ceiling } from "./rules/e2-ceiling";
import { crossoverRule } from "./rules/e3-crossover";
import { price } from "./rules/e4-price";
import { handDesigned } from "./rules/e5-algorithm";
import { hybrid } from "./rules/e6-hybrid";
import { control } from "./rules/e7-control";
import { balance } from "./rules/m1-balance";
import { relatedness } from "./rules/m2-relatedness";
import { capacity } from "./rules/m3-capacity";
import { masks } from "./rules/m4-masks";
import { negativeTransfer } from "./rules/m5-negative-transfer";
import { format } from "./rules/t1-format";
import { ratio } from "./rules/t2-ratio";
import { usefulness } from "./rules/t3-usefulness";
import { freezeDepth } from "./rules/t4-freeze-depth";
import { exhaustion } from "./rules/t5-exhaustion";

/** One line a rule; the order in which advice is given. */
const rules: readonly Rule[] = [
  evidence,
  ceiling,
  crossoverRule,
  price,
  handDesigned,
  hybrid,
  control,
  format,
  ratio,
  usefulness,
  freezeDepth,
  exhaustion,
  balance,
  relatedness,
  capacity,
  masks,
  negativeTransfer,
];

/** Everything that the rules say of a comparison. A rule without pipelines of its kind says nothing. */
export const advise = (question: AdviceQuestion): readonly Advice[] =>
  rules.flatMap((rule) => rule(question));
