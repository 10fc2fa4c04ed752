import type { Machine } from "../machine";
import { emit } from "./emit";
import { feedsFor, gathering, known, presentTensor, type Residents, UNKNOWN } from "./feeds";
import { createGraph, FLOAT, INT32, typed } from "./graph";
import { whole } from "./loop";
import type { Recording } from "./record";
import { openSession, type Session } from "./session";

/** Values of a forward pass for some rows. */
export interface ForwardProgram {
  /** @param rows as many as the program was recorded with */
  run(rows: Int32Array, residents: Residents): Readonly<Record<string, Float32Array>>;
  dispose(): void;
}

/**
 * A recorded forward pass as a graph that gathers its rows itself.
 * @param arrays names of the inputs that are gathered; the others are weights
 */
export function compileForward(
  machine: Machine,
  {
    recording,
    arrays,
    rows: count,
  }: { readonly recording: Recording; readonly arrays: readonly string[]; readonly rows: number },
): ForwardProgram {
  const graph = createGraph();
  const rowsFeed = graph.placeholder(INT32, [count]);
  const named = new Map<string, string>();
  for (const [name, { dtype, shape }] of recording.inputs)
    named.set(name, graph.placeholder(dtype, arrays.includes(name) ? [UNKNOWN, ...shape.slice(1)] : shape));
  const zero = graph.constant(whole(0));
  const gathered = new Map(
    arrays.map((name) => {
      const dtype = recording.inputs.get(name)?.dtype ?? FLOAT;
      return [name, graph.add("GatherV2", [known(named, name), rowsFeed, zero], gathering(dtype))] as const;
    }),
  );
  const outputs = Object.entries(
    emit(recording, {
      graph,
      constant: (one) => graph.constant(one),
      input: (name) => gathered.get(name) ?? known(named, name),
    }),
  ).map(([name, value]) => [name, graph.add("Identity", [value], { T: typed(FLOAT) })] as const);
  const session: Session = openSession(machine, graph.savedModel());
  return {
    run(rows, residents) {
      const { tf } = machine;
      const given = tf.tensor(rows, [count], "int32");
      const made = session.run(
        new Map([[rowsFeed, given], ...feedsFor(named, residents)]),
        outputs.map(([, value]) => value),
      );
      const values = outputs.map(([name], at) => {
        const tensor = presentTensor(made[at]);
        return [name, Float32Array.from(tensor.dataSync())] as const;
      });
      tf.dispose([given, ...made]);
      return Object.fromEntries(values);
    },
    dispose: () => session.dispose(),
  };
}
