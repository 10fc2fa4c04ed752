export { findPipeline, findProblem, galleryProblems } from "./gallery";
export {
  defineProblem,
  fieldsByPart,
  type FieldWords,
  type GalleryPipeline,
  type Lesson,
  type Problem,
  type ProblemCard,
  type ProblemFields,
  type Provenance,
  type RowCounts,
} from "./problem";
export { dataHash, type Records } from "./data-hash";
export { recordValue, type RecordValue } from "./record-value";
export { valueColumn, type ValueColumn } from "./value-column";
