const NUMERIC = /^[+-]?\d+(?:\.\d+)?$/;

/** What a class name means as a value: a number where it is written as one, else the name itself. */
export const classValue = (name: string): number | string => (NUMERIC.test(name) ? Number(name) : name);

/** True where every class of a label is written as a number. */
export const allNumbers = (classes: readonly string[]): boolean =>
  classes.every((name) => NUMERIC.test(name));
