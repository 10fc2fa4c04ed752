/** Headings of the subjects that the catalogue of diagnostics is cut into, in the order of the pages. */
export const SUBJECTS: Readonly<Record<string, string>> = {
  document: "The document",
  graph: "Stages and links",
  types: "Types",
  params: "Params, formulas, masks",
  training: "Training",
  problem: "The problem's description",
  data: "Data",
  imports: "Importing",
  trial: "Trials",
};
