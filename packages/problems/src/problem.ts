import {
  describeType,
  type Environment,
  type GraphDocument,
  parseProblem,
  type ProblemData,
  type ProblemField,
  type ProblemSchema,
} from "@seams/core";
import { dataHash, type Records } from "./data-hash";

/** What a problem teaches. */
export type Lesson = "decomposition" | "multi-task" | "transfer";

/** Where a problem's examples come from. */
export interface Provenance {
  readonly source: string;
  readonly licence: string;
  readonly version: string;
  /** `ProblemData.hash` of what `load` gives. */
  readonly hash: string;
  /** True where the examples were made by a program; such a problem has "synthetic" in its title. */
  readonly generated: boolean;
  /** What to know before trusting a number that was measured on it. */
  readonly text: string;
}

/** Number of records by part of the split. */
export interface RowCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** A field in words, for example { field: "image", type: "image", words: "image 28×56×1" }. */
export interface FieldWords {
  readonly field: string;
  readonly type: string;
  readonly words: string;
}

/** A problem's fields by their part in it. Intermediate fields are neither input nor target. */
export interface ProblemFields {
  readonly input: readonly FieldWords[];
  readonly target: readonly FieldWords[];
  readonly intermediate: readonly FieldWords[];
}

/** What is known of a gallery problem without loading its records. */
export interface ProblemCard extends ProblemFields {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly Lesson[];
  readonly synthetic: boolean;
  readonly rows: RowCounts;
  readonly pipelines: number;
  readonly provenance: Provenance;
}

/** One of a gallery problem's pipelines, ready to compile. */
export interface GalleryPipeline {
  /** `problem/name` */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly document: GraphDocument;
}

/** A problem of the gallery. */
export interface Problem {
  readonly id: string;
  readonly schema: ProblemSchema;
  readonly card: ProblemCard;
  readonly pipelines: readonly GalleryPipeline[];
  /** The world in which its pipelines are judged, where it has one. */
  readonly environment?: Environment;
  /** Generates or unpacks all records; the same every time. */
  load(): Promise<ProblemData>;
}

/** A pipeline as its problem writes it: the problem's name and the format are added. */
export interface PipelineDefinition extends Pick<GraphDocument, "title" | "stages" | "links" | "layout"> {
  readonly description: string;
}

/** What a problem's own file says about it. */
export interface ProblemDefinition {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly Lesson[];
  readonly provenance: Provenance;
  readonly rows: RowCounts;
  /** `fields`, `input`, `target`, `metric` and `split` as problem.json has them. */
  readonly schema: Readonly<Record<"fields" | "input" | "target" | "metric" | "split", unknown>>;
  readonly records: () => Records | Promise<Records>;
  /**
   * True where `records` follow, by whole numbers and correctly rounded divisions alone, from bytes that it checks by
   * their own hash. Then their hash is the card's, and they are not hashed at every start; tests do it.
   */
  readonly checksItself?: boolean;
  readonly environment?: Environment;
  readonly pipelines: Readonly<Record<string, PipelineDefinition>>;
}

/**
 * Makes a gallery problem.
 * @throws Error when its schema has a mistake: that one is ours
 */
export function defineProblem(definition: ProblemDefinition): Problem {
  const { id, title, provenance, records, rows, environment } = definition;
  const parsed = parseProblem({ format: 1, name: id, title, ...definition.schema });
  if (parsed.value === undefined) {
    throw new Error(`problem ${id}: ${parsed.diagnostics.map(({ message }) => message).join(" ")}`);
  }
  const schema: ProblemSchema = { ...parsed.value, ...factsOf(environment) };
  const pipelines = Object.entries(definition.pipelines).map(([name, { description, ...document }]) => ({
    id: `${id}/${name}`,
    title: document.title,
    description,
    document: { format: 1 as const, problem: id, ...document },
  }));
  const { summary, lessons } = definition;
  return {
    id,
    schema,
    pipelines,
    ...(environment === undefined ? {} : { environment }),
    card: {
      id,
      title,
      summary,
      lessons,
      synthetic: provenance.generated,
      rows,
      pipelines: pipelines.length,
      provenance,
      ...fieldsByPart(schema),
    },
    load: async () => {
      const loaded = await records();
      const isKnown = definition.checksItself === true;
      return { ...loaded, hash: isKnown ? provenance.hash : await dataHash(schema, loaded) };
    },
  };
}

/** What the schema says of an environment. */
function factsOf(environment: Environment | undefined): Pick<ProblemSchema, "environment"> {
  if (environment === undefined) return {};
  const { version, conditions, words, expert, mistakes } = environment;
  const facts = {
    version,
    conditions,
    words,
    ...(expert === undefined ? {} : { expert }),
    ...(mistakes === undefined ? {} : { mistakes }),
  };
  return { environment: facts };
}

/** Tells a schema's fields apart by their part in the problem, in the order in which they are named. */
export function fieldsByPart({ fields, input, target }: ProblemSchema): ProblemFields {
  const words = (names: readonly string[]): FieldWords[] =>
    names.flatMap((field) => (Object.hasOwn(fields, field) ? wordsOf(field, fields[field]) : []));
  const between = Object.keys(fields).filter((name) => !input.includes(name) && !target.includes(name));
  return { input: words(input), target: words(target), intermediate: words(between) };
}

function wordsOf(field: string, described: ProblemField | undefined): FieldWords[] {
  if (described === undefined) return [];
  return [{ field, type: described.type.is, words: describeType(described.type) }];
}
