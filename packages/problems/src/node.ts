export { folderSource } from "./folder/node";
