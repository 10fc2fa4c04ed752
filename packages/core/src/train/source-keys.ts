import type { ValueSource } from "../compile/plan";
import { hashJson } from "../graph/canonical";

/** Tells sources apart, and which of them are outputs of one run of one stage. Remembers what it has seen. */
export interface SourceKeys {
  /** Equal trees have equal keys. */
  of(source: ValueSource): string;
  /** Equal for outputs of the same stage, run in the same way on the same inputs. */
  runOf(source: ValueSource): string;
  /**
   * Known sources that come from the same stage, run in the same way on the same inputs, at other ports: one run gives
   * them all. The source itself is among them.
   */
  siblings(source: ValueSource): readonly ValueSource[];
}

/** Makes the teller. Sources are known from when they, or a source that is made from them, were first asked about. */
export function createSourceKeys(): SourceKeys {
  const keys = new WeakMap<ValueSource, { readonly own: string; readonly run: string }>();
  const runs = new Map<string, Map<string, ValueSource>>();
  const keysOf = (source: ValueSource): { readonly own: string; readonly run: string } => {
    const known = keys.get(source);
    if (known !== undefined) return known;
    const inputs =
      source.is === "field"
        ? {}
        : Object.entries(source.inputs).map(([port, inner]) => [port, keysOf(inner).own]);
    const own = hashJson({ ...source, inputs });
    const run = source.is === "field" ? own : hashJson({ ...source, inputs, port: "", type: "" });
    keys.set(source, { own, run });
    const siblings = runs.get(run) ?? new Map<string, ValueSource>();
    if (!siblings.has(own)) siblings.set(own, source);
    runs.set(run, siblings);
    return { own, run };
  };
  return {
    of: (source) => keysOf(source).own,
    runOf: (source) => keysOf(source).run,
    siblings: (source) => [...(runs.get(keysOf(source).run)?.values() ?? [source])],
  };
}
