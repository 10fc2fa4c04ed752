/** Resolves to the wanted port, or to the next one that nobody listens on. */
export function freePort(wanted: number): Promise<number>;
