/** The part of this package that needs no browser: a document as a picture. */
export { STAGE, stageSize } from "./canvas/geometry";
export {
  endOf,
  linkId,
  typeWords,
  viewGraph,
  type GraphFacts,
  type GraphView,
  type LinkView,
  type Passing,
  type Pill,
  type PortView,
  type StageView,
} from "./canvas/graph-view";
export { linkWords, stageWords, type Layout } from "./canvas/words";
export { portNames, type PortNames } from "./canvas/port-names";
export { placeWords } from "./components/place-words";
export { type ParamPath, type ParamSchema } from "./form/param-schema";
export { rangeWords, wordsOf } from "./form/param-schema";
