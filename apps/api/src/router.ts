import { experimentsRouter } from "./routers/experiments";
import { labsRouter } from "./routers/labs";
import { pipelinesRouter } from "./routers/pipelines";
import { problemsRouter } from "./routers/problems";
import { systemRouter } from "./routers/system";
import { trialsRouter } from "./routers/trials";
import { router } from "./trpc";

/** Everything that can be asked of the API. A test lists each procedure with who may call it. */
export const appRouter = router({
  system: systemRouter,
  problems: problemsRouter,
  pipelines: pipelinesRouter,
  experiments: experimentsRouter,
  labs: labsRouter,
  trials: trialsRouter,
});
export type AppRouter = typeof appRouter;
