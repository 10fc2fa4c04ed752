import { compile } from "../compile/compile";
import type { Graph } from "../compile/plan";
import { labBadGroup, labStageUnknown, labTooFewHeads } from "../diagnostics/catalog/labs";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import { stageId } from "../ids";
import { checkBudgets, checkSeeds, checkSize, rowsUpTo } from "./check";
import { asRecord, titled, withHeads, withParams } from "./edit";
import { hasErrors, labName, type LabAxis, type LabPipeline, type LabPlan, type LabVariant } from "./lab";
import { splitTrunk } from "./split-trunk";

/** What a multi-task lab is asked: when does a task gain from sharing its trunk with others? */
export interface MultiTaskQuestion {
  readonly pipeline: LabPipeline;
  /** The stage with several heads; absent: the first that has two tasks. */
  readonly stage?: string | undefined;
  /** Tasks that share a trunk, by their heads' names; absent: all of them, and every two. */
  readonly groups?: readonly (readonly string[])[] | undefined;
  /** Factors on the widths of the trunk's layers. */
  readonly widths?: readonly number[] | undefined;
  /** Parts of the labels that are hidden, from 0 to below 1. */
  readonly missing?: readonly number[] | undefined;
  /** How many times the labels of every other task the first task has. */
  readonly ratios?: readonly number[] | undefined;
  /** Training rows; absent: 1,000, or all that there are. */
  readonly budget?: number | undefined;
  readonly seeds: readonly number[];
}

const BUDGETS = [1000];

/** A head that learns a target. */
interface Task {
  readonly port: string;
  readonly target: string;
}

/** What labels there are. */
interface Condition {
  readonly missing: number;
  readonly ratio: number;
}

interface Lab {
  readonly pipeline: LabPipeline;
  readonly stage: string;
  readonly tasks: readonly Task[];
  /** All heads of the stage, tasks or not. */
  readonly heads: readonly string[];
  /** Widths of its layers as drawn, by param. */
  readonly drawn: Readonly<Record<string, readonly number[]>>;
  readonly widths: readonly number[];
  readonly conditions: readonly Condition[];
}

/**
 * Works a multi-task lab out. For every condition (part of the labels missing × ratio of labels) there are single
 * networks, one a task and otherwise as the trunk was drawn, and for every group of tasks and every width a pipeline in
 * which the group shares a trunk and each other task has its own network. All are ordinary documents of the same
 * problem, so that what they have in common is trained once.
 *
 * Groups that are asked for are crossed with everything. Without groups, all tasks together are crossed with everything,
 * and every two tasks are tried as drawn under the first condition: crossed, they would be most of the lab.
 */
export function planMultiTaskLab(question: MultiTaskQuestion): Checked<LabPlan> {
  const { pipeline, seeds, widths = [0.5, 1, 2], missing = [0, 0.5], ratios = [1, 5] } = question;
  const {
    graph,
    plan: compiled,
    diagnostics: found,
  } = compile(pipeline.document, { problem: pipeline.schema });
  const budgets = question.budget === undefined ? rowsUpTo(pipeline.rows, BUDGETS) : [question.budget];
  const diagnostics: Diagnostic[] = [...found, ...checkBudgets(budgets, pipeline.rows), ...checkSeeds(seeds)];
  if (graph === undefined || compiled === undefined) return { value: undefined, diagnostics };
  const trunk = findTrunk(question, graph);
  if ("code" in trunk) return { value: undefined, diagnostics: [...diagnostics, trunk] };
  const conditions = missing.flatMap((part) => ratios.map((ratio) => ({ missing: part, ratio })));
  const lab: Lab = { pipeline, ...trunk, widths, conditions };
  const ports = trunk.tasks.map(({ port }) => port);
  const isGroup = (group: readonly string[]): boolean =>
    group.length > 1 && new Set(group).size === group.length && group.every((port) => ports.includes(port));
  for (const group of question.groups ?? [])
    if (!isGroup(group))
      diagnostics.push(
        labBadGroup({ place: { at: "stage", stage: stageId(trunk.stage) }, group, known: ports }),
      );
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const groups = question.groups ?? [ports, ...(ports.length > 2 ? pairsOf(ports) : [])];
  const everywhere = conditions.flatMap((condition) => widths.map((width) => ({ condition, width })));
  const drawn = everywhere.find(({ width }) => width === 1) ?? everywhere[0];
  const placesOf = (group: readonly string[]): readonly Omit<Arm, "group">[] =>
    question.groups !== undefined || group === ports || drawn === undefined ? everywhere : [drawn];
  const plan: LabPlan = {
    format: 1,
    kind: "multi-task",
    title: `Multi-task: ${labName(pipeline)}`.slice(0, 200),
    axes: axesOf(lab, groups),
    budgets,
    seeds,
    variants: [
      ...conditions.map((condition) => single(condition, lab)),
      ...groups.flatMap((group) => placesOf(group).map((place) => together({ group, ...place }, lab))),
      ...conditions.filter(isIncomplete).map((condition) => dropping(condition, lab)),
    ],
    donors: [],
  };
  diagnostics.push(...checkSize(plan));
  return { value: hasErrors(diagnostics) ? undefined : plan, diagnostics };
}

const pairsOf = (ports: readonly string[]): readonly (readonly string[])[] =>
  ports.flatMap((one, k) => ports.slice(k + 1).map((other) => [one, other]));

/** Labels miss at other rows for each task, so that few rows have all of them. */
const isIncomplete = ({ missing, ratio }: Condition): boolean => missing > 0 || ratio > 1;

function findTrunk(
  { pipeline: { title, schema }, stage: asked }: MultiTaskQuestion,
  { stages }: Graph,
): Pick<Lab, "stage" | "tasks" | "heads" | "drawn"> | Diagnostic {
  const place = { at: "graph" } as const;
  const learned = [...stages.values()].flatMap((stage) => {
    const { kind, params } = stage;
    return kind.role === "learned" ? [{ id: stage.id, params, heads: kind.heads(params) }] : [];
  });
  if (asked !== undefined && !learned.some(({ id }) => id === asked))
    return labStageUnknown({ place, stage: asked, pipeline: title, known: learned.map(({ id }) => id) });
  for (const { id, params, heads } of learned) {
    if (asked !== undefined && id !== asked) continue;
    const tasks = heads.flatMap(({ port, label }): Task[] =>
      label !== undefined && schema.target.includes(label) ? [{ port, target: label }] : [],
    );
    if (tasks.length > 1)
      return { stage: id, tasks, heads: heads.map(({ port }) => port), drawn: widthsIn(params) };
  }
  return labTooFewHeads({ place, pipeline: title, stage: asked });
}

/** The params that say how wide layers are. */
const WIDTHS = ["hidden", "filters"] as const;

function widthsIn(params: unknown): Lab["drawn"] {
  const record = asRecord(params);
  return Object.fromEntries(
    WIDTHS.flatMap((name) => {
      const value = record[name];
      return Array.isArray(value) ? [[name, value.map(Number)] as const] : [];
    }),
  );
}

/** The document whose labels are there as a condition has it. */
function underCondition(
  { missing, ratio }: Condition,
  { pipeline, stage, tasks }: Lab,
): LabPipeline["document"] {
  const [ample] = tasks;
  return withHeads(pipeline.document, stage, (head, port) => {
    if (!tasks.some((task) => task.port === port)) return head;
    const share = (1 - missing) / (port === ample?.port ? 1 : ratio);
    const own = typeof head["labelShare"] === "number" ? head["labelShare"] : 1;
    return share === 1 ? head : { ...head, labelShare: own * share };
  });
}

/** Each group's heads together, and every other head by itself. */
function cut(group: readonly string[], condition: Condition, lab: Lab): LabPipeline["document"] {
  const others = lab.heads.filter((port) => !group.includes(port)).map((port) => [port]);
  const groups = group.length === 0 ? others : [group, ...others];
  return splitTrunk(underCondition(condition, lab), lab.stage, groups);
}

const idOf = ({ missing, ratio }: Condition): string => `missing-${percent(missing)}-ratio-${ratio}`;
const percent = (part: number): string => String(Number((100 * part).toPrecision(3)));

function conditionWords({ missing, ratio }: Condition, { tasks: [ample] }: Lab): string {
  const parts = [
    ...(missing === 0 ? [] : [`${percent(missing)} % missing`]),
    ...(ratio === 1 ? [] : [`${ample?.port ?? ""} has ${ratio} × the labels`]),
  ];
  return parts.length === 0 ? "" : `, ${parts.join(", ")}`;
}

const conditionAt = ({ missing, ratio }: Condition): Readonly<Record<string, string>> => ({
  missing: percent(missing),
  ratio: String(ratio),
});

const singleId = (condition: Condition): string => `single-${idOf(condition)}`;

function single(condition: Condition, lab: Lab): LabVariant {
  const title = `A network for each task${conditionWords(condition, lab)}`;
  return {
    id: singleId(condition),
    title,
    role: "baseline",
    at: conditionAt(condition),
    document: titled(cut([], condition, lab), title),
  };
}

interface Arm {
  readonly group: readonly string[];
  readonly width: number;
  readonly condition: Condition;
}

const groupValue = (group: readonly string[]): string => group.join("+");
const groupWords = (group: readonly string[], { tasks }: Pick<Lab, "tasks">): string =>
  group.length === tasks.length && group.length > 2 ? `all ${group.length} tasks` : group.join(" + ");

function together({ group, width, condition }: Arm, lab: Lab): LabVariant {
  const title = `One trunk × ${width} for ${groupWords(group, lab)}${conditionWords(condition, lab)}`;
  const [first = ""] = group;
  const document = cut(group, condition, lab);
  const trunk = Object.entries(document.stages).find(([, { params }]) =>
    Object.hasOwn(asRecord(params["heads"]), first),
  )?.[0];
  const { tasks } = lab;
  return {
    id: `${groupValue(group)}-width-${width}-${idOf(condition)}`,
    title,
    role: "arm",
    at: { group: groupValue(group), width: String(width), ...conditionAt(condition) },
    over: singleId(condition),
    tasks: tasks.filter(({ port }) => group.includes(port)).map(({ target }) => target),
    document: titled(
      trunk === undefined || width === 1 ? document : withParams(document, trunk, widened(lab, width)),
      title,
    ),
  };
}

const widened =
  ({ drawn }: Lab, factor: number) =>
  (params: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
    ...params,
    ...Object.fromEntries(
      Object.entries(drawn).map(([name, widths]) => [
        name,
        widths.map((units) => Math.max(1, Math.round(units * factor))),
      ]),
    ),
  });

/** All tasks on one trunk as it was drawn, learned only from rows that have all labels: what a person does who drops the others. */
function dropping(condition: Condition, lab: Lab): LabVariant {
  const { tasks } = lab;
  const title = `Complete rows only${conditionWords(condition, lab)}`;
  const complete = tasks.map(({ target }) => `present(${quoted(target)})`).join(" and ");
  const ports = tasks.map(({ port }) => port);
  const document = Object.entries(cut(ports, condition, lab).stages).reduce(
    (edited, [id, { params }]) =>
      Object.hasOwn(asRecord(params["heads"]), ports[0] ?? "")
        ? withHeads(edited, id, (head) => ({ ...head, mask: and(head["mask"], complete) }))
        : edited,
    cut(ports, condition, lab),
  );
  return {
    id: `complete-${idOf(condition)}`,
    title,
    role: "dropping",
    at: { group: groupValue(ports), width: "1", ...conditionAt(condition) },
    over: singleId(condition),
    tasks: tasks.map(({ target }) => target),
    document: titled(document, title),
  };
}

const quoted = (name: string): string => (name.includes("-") ? `\`${name}\`` : name);
const and = (mask: unknown, complete: string): string =>
  typeof mask === "string" ? `(${mask}) and ${complete}` : complete;

function axesOf(lab: Lab, groups: readonly (readonly string[])[]): readonly LabAxis[] {
  const { tasks, widths, conditions } = lab;
  const distinct = (of: (condition: Condition) => number): readonly number[] => [
    ...new Set(conditions.map(of)),
  ];
  const [ample] = tasks;
  return [
    {
      name: "group",
      title: "Tasks that share a trunk",
      values: groups.map((group) => ({ value: groupValue(group), label: groupWords(group, lab) })),
    },
    { name: "task", title: "Task", values: tasks.map(({ target }) => ({ value: target, label: target })) },
    {
      name: "width",
      title: "Width of the trunk",
      values: widths.map((width) => ({ value: String(width), label: `× ${width}` })),
    },
    {
      name: "missing",
      title: "Labels missing",
      values: distinct(({ missing }) => missing).map((part) => ({
        value: percent(part),
        label: `${percent(part)} %`,
      })),
    },
    {
      name: "ratio",
      title: `Labels of ${ample?.port ?? "the first task"} for one of each other task`,
      values: distinct(({ ratio }) => ratio).map((ratio) => ({ value: String(ratio), label: String(ratio) })),
    },
  ];
}
