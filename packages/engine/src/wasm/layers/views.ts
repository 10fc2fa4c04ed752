import { flatLayout, layoutOf, stepsLayout } from "../layout";
import type { Lowering } from "../lowering";
import { wholeParam } from "./params";
import { only } from "./sources";

/** All values of a record in one row: the same memory, called otherwise. */
export const flatten: Lowering = {
  layout: ({ sources }) => flatLayout(only(sources)),
  emit: ({ group, sources }) => ({ ...only(sources), layout: group.layout }),
};

/** The last step as a row: a copy, where the layer before it could not give it alone. */
export const lastStep: Lowering = {
  layout: ({ group, wish }) => layoutOf(group.shape, wish),
  emit: ({ build, group, sources }) => {
    const x = only(sources);
    const y = build.value(group);
    const { places } = y.layout;
    const last = x.layout.places.subarray(x.layout.places.length - places.length);
    build.copy(x, y, { from: last, to: places, add: 0 });
    return y;
  },
};

/** A row as a sequence of frames: a copy, so that each starts a panel. */
export const frames: Lowering = {
  layout: ({ group, wish }) => layoutOf(group.shape, wish),
  emit: ({ build, group, sources }) => {
    const x = only(sources);
    const y = build.value(group);
    const { places } = y.layout;
    build.copy(x, y, { from: x.layout.places.subarray(0, places.length), to: places, add: 0 });
    return y;
  },
};

/** Elements of sequences as rows: the same memory where elements lie one behind the other. */
export const foldSteps: Lowering = {
  wishes: (_, own) => ({ ...own, asSteps: true }),
  layout: ({ group, sources, wish }) => only(sources).element ?? layoutOf(group.shape, wish),
  emit: ({ build, group, sources }) => {
    const x = only(sources);
    const steps = x.layout.shape[0] ?? 1;
    const { storage } =
      x.layout.element === undefined ? build.relaid(x, stepsLayout(group.layout, steps)) : x;
    return { layout: group.layout, rows: group.rows, storage };
  },
};

/** Rows as the elements of sequences again. */
export const unfoldSteps: Lowering = {
  layout: ({ group, sources }) => stepsLayout(only(sources), wholeParam(group.facts.layer, "steps")),
  emit: ({ group, sources }) => ({ ...only(sources), layout: group.layout, rows: group.rows }),
};
