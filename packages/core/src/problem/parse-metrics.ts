import { missingKey, wrongType } from "../diagnostics/catalog/document";
import {
  metricDoesNotFit,
  metricOfNonTarget,
  targetWithoutMetric,
  unknownMetric,
} from "../diagnostics/catalog/problem";
import type { Checked, Diagnostic, Place } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { describeValue } from "../diagnostics/words";
import { describeType } from "../graph/assignable";
import { MetricName, type ProblemField, type TargetMetric } from "./document";
import { metricsFor } from "./metrics";

interface Targets {
  readonly fields: Readonly<Record<string, ProblemField>>;
  readonly target: readonly string[];
}

/** A metric where it is written. */
interface Written {
  readonly metric: MetricName;
  readonly place: Place;
}

const at = (...path: (string | number)[]): Place => ({ at: "document", path });

/**
 * Reads `metric`: one for all targets, a list of which the first is the headline, or either of them by target.
 * A metric that is given for all applies to the targets that it fits; each must fit one, each target must have one.
 */
export function parseMetrics(written: unknown, targets: Targets): Checked<readonly TargetMetric[]> {
  if (written === undefined) {
    return { value: undefined, diagnostics: [missingKey({ place: at("metric"), key: "metric" })] };
  }
  const diagnostics: Diagnostic[] = [];
  const isObject = written !== null && typeof written === "object" && !Array.isArray(written);
  const metrics = isObject
    ? byTarget(written, { targets, diagnostics })
    : forAll(namesIn(written, { path: ["metric"], diagnostics }), { targets, diagnostics });
  for (const field of targets.target) {
    if (diagnostics.length > 0 || metrics.some(({ target }) => target === field)) continue;
    const fitting = fittingOf(field, targets);
    diagnostics.push(targetWithoutMetric({ place: at("metric"), field, fitting }));
  }
  return { value: diagnostics.length > 0 ? undefined : metrics, diagnostics };
}

interface Findings {
  readonly targets: Targets;
  readonly diagnostics: Diagnostic[];
}

function byTarget(written: object, { targets, diagnostics }: Findings): TargetMetric[] {
  return Object.entries(written).flatMap(([field, value]) => {
    const names = namesIn(value, { path: ["metric", field], diagnostics });
    if (!targets.target.includes(field)) {
      // A target whose field could not be read was complained about there.
      if (Object.hasOwn(targets.fields, field) || targets.target.length > 0) {
        diagnostics.push(metricOfNonTarget({ place: at("metric", field), field, targets: targets.target }));
      }
      return [];
    }
    return names.flatMap(({ metric, place }) => {
      if (fittingOf(field, targets).includes(metric)) return [{ target: field, metric }];
      diagnostics.push(misfit({ metric, place }, { field, targets }));
      return [];
    });
  });
}

function forAll(names: readonly Written[], { targets, diagnostics }: Findings): TargetMetric[] {
  return names.flatMap(({ metric, place }) => {
    const fits = targets.target.filter((field) => fittingOf(field, targets).includes(metric));
    const field = targets.target[0];
    if (fits.length === 0 && field !== undefined)
      diagnostics.push(misfit({ metric, place }, { field, targets }));
    return fits.map((target) => ({ target, metric }));
  });
}

/** One metric's name, or a list of them. */
function namesIn(
  written: unknown,
  { path, diagnostics }: { readonly path: readonly string[]; readonly diagnostics: Diagnostic[] },
): Written[] {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (list.length === 0) {
    diagnostics.push(wrongType({ place: at(...path), expected: "a metric's name", seen: "an empty list" }));
  }
  return list.flatMap((name, index) => {
    const place = Array.isArray(written) ? at(...path, index) : at(...path);
    const parsed = MetricName.safeParse(name);
    if (parsed.success) return [{ metric: parsed.data, place }];
    const known = MetricName.options;
    const found =
      typeof name === "string"
        ? unknownMetric({ place, metric: name, near: nearest(name, known), known })
        : wrongType({ place, expected: "a metric's name", seen: describeValue(name) });
    diagnostics.push(found);
    return [];
  });
}

function fittingOf(field: string, { fields }: Targets): readonly MetricName[] {
  const type = fields[field]?.type;
  return type === undefined ? [] : metricsFor(type);
}

function misfit(
  { metric, place }: Written,
  { field, targets }: { readonly field: string; readonly targets: Targets },
): Diagnostic {
  const type = targets.fields[field]?.type;
  const seen = type === undefined ? "unknown" : describeType(type);
  return metricDoesNotFit({ place, metric, field, seen, fitting: fittingOf(field, targets) });
}
