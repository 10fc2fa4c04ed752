/** Records of one problem. */
export const MOST_ROWS = 1_000_000;

/** Numbers of all columns together: 1 GB of them. */
export const MOST_VALUES = 250_000_000;

/** Bytes of one table or array file. */
export const MOST_FILE_BYTES = 1_000_000_000;

/** Height and width of an image file, in pixels. */
export const MOST_IMAGE_PX = 4096;

/** Length of a recording. */
export const MOST_SECONDS = 60;
