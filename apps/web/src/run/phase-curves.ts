import type { PhaseView } from "@seams/core/train";
import { type Curve, smooth } from "@seams/ui/chart";

/** How a phase's curves are drawn. */
export interface CurveChoice {
  readonly axis: "step" | "seconds";
  /** Weight of the moving average; 0 draws what was measured. */
  readonly smoothing: number;
  /** One line a head, beside the total. */
  readonly heads: boolean;
}

const HEAD_COLOURS = [
  "var(--type-label)",
  "var(--type-vector)",
  "var(--type-signal)",
  "var(--type-image)",
  "var(--type-box)",
  "var(--type-flags)",
] as const;

/** Lines of one phase: the loss over training rows, over validation rows, and of each head where asked for. */
export function phaseCurves(
  { curve }: Pick<PhaseView, "curve">,
  { axis, smoothing, heads }: CurveChoice,
): { readonly xs: readonly number[]; readonly curves: readonly Curve[] } {
  const xs = curve.map((point) => point[axis]);
  const names = heads ? headNames({ curve }) : [];
  const lines: readonly Curve[] = [
    { key: "train", title: "training", colour: "var(--accent)", values: curve.map(({ loss }) => loss) },
    {
      key: "validation",
      title: "validation",
      colour: "var(--ink)",
      dash: [6, 4],
      values: curve.map(({ validationLoss }) => validationLoss),
    },
    ...names.map((name, index) => ({
      key: `head ${name}`,
      title: name,
      colour: HEAD_COLOURS[index % HEAD_COLOURS.length] ?? "var(--edge)",
      dash: [2, 3],
      values: curve.map(({ byHead }) => byHead[name]),
    })),
  ];
  const present = lines.filter(({ values }) => values.some((value) => value !== undefined));
  if (smoothing === 0) return { xs, curves: present };
  return {
    xs,
    curves: present.flatMap((line) => [
      { ...line, key: `${line.key} measured`, faint: true },
      { ...line, values: smooth(line.values, smoothing) },
    ]),
  };
}

/** Heads of a phase, in the order of its losses; one alone is the total, and has no line of its own. */
export function headNames({ curve }: Pick<PhaseView, "curve">): readonly string[] {
  const names = [...new Set(curve.flatMap(({ byHead }) => Object.keys(byHead)))];
  return names.length < 2 ? [] : names;
}
