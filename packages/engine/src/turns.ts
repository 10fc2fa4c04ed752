/** Steps run without a pause for this long, so that timers, heartbeats and cancellation get their turn. */
const PAUSE_EVERY_MS = 50;

/** Lets one call run at a time: two runs of one stepper at once would mix their steps. */
export function exclusive(): <T>(work: () => Promise<T>) => Promise<T> {
  let isBusy = false;
  return async (work) => {
    if (isBusy) throw new Error("stepper: the call before has not ended.");
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  };
}

/**
 * Pauses when it is time to.
 * @param resume called at the start and after every pause: others may have used the machine in between
 */
export function pauses(resume: () => void = () => undefined): () => Promise<void> {
  let since = performance.now();
  resume();
  return async () => {
    if (performance.now() - since < PAUSE_EVERY_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
    resume();
  };
}
