export { startingFrom } from "./edit";
export {
  type LabDonor,
  type LabKind,
  type LabPipeline,
  type LabPlan,
  labTrials,
  type LabVariant,
} from "./lab";
export { labResult, type LabResultQuestion } from "./lab-result";
export { labPanels, type LabPanel } from "./panels";
export { type MultiTaskQuestion, planMultiTaskLab } from "./plan-multi-task";
export { planTransferLab, type TransferQuestion } from "./plan-transfer";
export type { LabCell, LabFailure, LabResult } from "./result";
