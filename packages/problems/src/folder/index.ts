export { type FileSource, memorySource, safePath } from "./file-source";
export { readProblemFolder, type FolderProblem } from "./read";
export { writeProblemFolder } from "./write";
