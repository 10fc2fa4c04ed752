import { compile, type GraphDocument } from "../packages/core/src/index";
import { findProblem } from "../packages/problems/src/index";
import { median } from "./median";

/** Compilations before any is timed: an editor compiles on every keystroke, so that its code is warm. */
const WARM = 20;

/** How long a chain of so many networks compiles, once the code is warm: the median, in seconds. */
export function compileSeconds(stages: number): number {
  const document = chainOf(stages);
  const once = (): number => {
    const started = performance.now();
    const { plan } = compile(document, { problem: problem().schema });
    if (plan === undefined) throw new Error(`bench: the chain of ${stages} stages does not compile.`);
    return (performance.now() - started) / 1000;
  };
  for (let warm = 0; warm < WARM; warm++) once();
  return median(Array.from({ length: 21 }, once));
}

function problem() {
  const found = findProblem("anchor-b-lossy-seam");
  if (found === undefined) throw new Error("bench: the gallery has lost an anchor.");
  return found;
}

/** Networks one behind the other, each with a label of its own. */
function chainOf(stages: number): GraphDocument {
  const pipeline = problem().pipelines[0]?.document;
  const source = Object.entries(pipeline?.stages ?? {}).find(([, { kind }]) => kind === "field");
  const answer = Object.values(pipeline?.stages ?? {}).find(({ kind }) => kind === "answer");
  if (pipeline === undefined || source === undefined || answer === undefined)
    throw new Error("bench: an anchor without a source or an answer.");
  const label = String(answer.params["field"]);
  const nets = Array.from({ length: stages - 2 }, (_, index) => `net-${index}`);
  const params = { hidden: [4], label };
  return {
    ...pipeline,
    stages: {
      in: source[1],
      ...Object.fromEntries(nets.map((name) => [name, { kind: "dense-net", params }])),
      out: answer,
    },
    links: [...nets, "out"].map((name, index) => ({
      from: index === 0 ? "in.value" : `${nets[index - 1] ?? ""}.output`,
      to: name === "out" ? "out.value" : `${name}.input`,
    })),
    layout: {},
  };
}
