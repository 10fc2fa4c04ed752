import type { Column } from "../data/column";
import type { Seed } from "../ids";
import type { EpisodeMetric } from "./closed-loop-metrics";

/** Circumstances under which episodes take place. */
export interface Condition {
  /** A letter first, then letters, digits or `-`. */
  readonly id: string;
  readonly title: string;
}

/** What is known of an environment without opening it; part of the problem's schema. Plain JSON. */
export interface EnvironmentFacts {
  /** Changes with everything that can change an outcome: part of the key of every result. */
  readonly version: string;
  /** At least one; the first is the one that pipelines are judged by. */
  readonly conditions: readonly Condition[];
  /** What the metrics of the loop are in this world, in a few words each. */
  readonly words: Readonly<Record<EpisodeMetric, string>>;
  /**
   * The labels that an expert gives in any moment of an episode, at the price of any other label of the field. Only with
   * episodes to practise in.
   */
  readonly expert?: readonly string[];
  /** Only in a world whose episodes tell mistakes. */
  readonly mistakes?: MistakeFacts;
}

/** By what a world tells how mistakes compound. */
export interface MistakeFacts {
  /** What a mistake is, in a few words. */
  readonly words: string;
  /**
   * Numbers of moments, rising, over which mistakes are summed. Few episodes that go well should be over before the last.
   */
  readonly horizons: readonly number[];
}

/**
 * A world in which answers decide what is seen next. A pipeline is trained on records, as ever; then it is put into the
 * world: its input fields are seen, its answers acted on, moment after moment, until every episode has ended.
 */
export interface Environment extends EnvironmentFacts {
  /** Begins all episodes of a condition: the same every time it is asked, bit for bit. */
  open(condition: string): Episodes;
  /**
   * Begins episodes to learn in, under the first condition, none of which anything is judged by. Labels are the expert's.
   * The same draw begins the same episodes.
   */
  practise?(draw: PracticeDraw): Episodes;
}

/** Which episodes to practise in. */
export interface PracticeDraw {
  readonly seed: Seed;
  /** From 1. */
  readonly round: number;
}

/** Episodes side by side. Those that have ended take no further part. */
export interface Episodes {
  /** How many have not ended; one row each in every column. */
  readonly running: number;
  /**
   * What a field of the problem is now, inputs as they are seen and labels as they truly are. Worked out when it is
   * first asked for: a pipeline that looks at no image costs none.
   * @throws Error for a field that the problem doesn't have
   */
  field(name: string): Column;
  /** Goes on to the next moment with these answers, by target; a missing answer does nothing. */
  act(answers: Readonly<Record<string, Column>>): void;
  /** Which of the running episodes, a row each, would now be given an answer that an expert would call a mistake. */
  mistaken?(answers: Readonly<Record<string, Column>>): readonly boolean[];
  /** Which episode each row is: places in `outcomes`. */
  readonly numbers: readonly number[];
  /** For watching; absent where the world has nothing to look at. */
  readonly view?: EpisodesView;
  /** Of every episode, ended or not, in a fixed order: the same scenario has the same place for every pipeline. */
  outcomes(): readonly EpisodeOutcome[];
}

/** Running episodes, seen from above. */
export interface EpisodesView {
  /** Everything of the episode in a row that stays where it is. */
  ground(row: number): readonly SceneShape[];
  /** Everything that moves, and the place that one would watch it from. */
  moment(row: number): SceneMoment;
  /** How a value that the pipeline gave would look in this moment; nothing where it has no place there. */
  draw(value: Column, row: number): readonly SceneShape[];
}

/** What moves in an episode, at one moment. */
export interface SceneMoment {
  /** What the episode is about, and where it looks, in radians, counter-clockwise from x. */
  readonly centre: { readonly x: number; readonly y: number; readonly heading: number };
  readonly shapes: readonly SceneShape[];
  /** The moment in a few words, for those who don't see it. */
  readonly words: string;
}

/** A point of the world: x to the right, y up, in the world's unit of length. */
export type ScenePoint = readonly [x: number, y: number];

/** What a shape stands for; screens choose its colour. */
export type SceneRole = "ground" | "border" | "self" | "thing" | "moving-thing" | "believed" | "plan";

/** A shape in the world. */
export type SceneShape =
  | { readonly is: "line"; readonly role: SceneRole; readonly points: readonly ScenePoint[] }
  | { readonly is: "area"; readonly role: SceneRole; readonly points: readonly ScenePoint[] }
  | { readonly is: "disc"; readonly role: SceneRole; readonly at: ScenePoint; readonly radius: number };

/** How an episode went. */
export interface EpisodeOutcome {
  readonly success: boolean;
  /** Part of the task that was done, 0 to 1. */
  readonly completion: number;
  /** Whether it came to harm. */
  readonly harm: boolean;
  /** Part of the time in which it was where it must not be, 0 to 1. */
  readonly violation: number;
  /** How unsteadily it went, in the environment's own unit; 0 = perfectly calm. */
  readonly roughness: number;
}
