export { describeStageKind, type KindUse } from "./stages/conformance";
