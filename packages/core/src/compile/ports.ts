import type { Stage } from "./plan";
import type { ProblemSchema } from "../problem/document";

/** Names of a stage's input ports. */
export const inputPorts = (stage: Stage, problem: ProblemSchema): readonly string[] =>
  stage.kind.inputs(stage.params, problem).map((port) => port.name);

/** Names of a stage's output ports, or undefined where a mistake in its params leaves them unknown. */
export function outputPorts(stage: Stage, problem: ProblemSchema): readonly string[] | undefined {
  const { kind, params, id } = stage;
  switch (kind.role) {
    case "source": {
      const fields = kind.fields({ id, params, problem }).value;
      return fields === undefined ? undefined : Object.keys(fields);
    }
    case "learned":
      return kind.heads(params).map((head) => head.port);
    case "algorithm":
      return kind.outputs(params).map((port) => port.name);
    case "output":
      return [];
  }
}
