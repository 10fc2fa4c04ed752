/** A tfjs-node that `npm run native` has made, and with which library. */
export interface ReadyNative {
  readonly folder: string;
  readonly tfjsNode: string;
  readonly tensorflow: string;
  /** To load before tfjs-node: it keeps the library's log quiet. */
  readonly quiet?: string;
}

/** Where `npm run native` puts tfjs-node: SEAMS_NATIVE, else a folder under the repository's node_modules. */
export const nativeFolder: () => string;

/** What is ready in that folder; undefined where nothing was made, or not to the end. */
export const readyNative: () => ReadyNative | undefined;
