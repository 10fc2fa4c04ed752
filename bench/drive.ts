import type { Environment } from "../packages/core/src/index";
import { findProblem } from "../packages/problems/src/index";
import { median } from "./median";
import type { Row } from "./rows";

const WARM = 2;
const TURNS = 9;

/**
 * Simulated moments of vehicles in a second of one core, where the algorithm stages drive on what is truly there: locate,
 * plan, follow and move, all routes of a condition side by side. No camera is drawn, no network runs.
 */
export async function driveBench(): Promise<readonly Row[]> {
  const environment = findProblem("driving")?.environment;
  const [condition] = environment?.conditions ?? [];
  if (environment === undefined || condition === undefined)
    throw new Error("bench: the gallery has lost driving.");
  for (let warm = 0; warm < WARM; warm++) driveAll(environment, condition.id);
  const turns = Array.from({ length: TURNS }, () => driveAll(environment, condition.id));
  return [
    {
      bench: "drive",
      who: "algorithm stages",
      samplesPerCpuSecond: median(turns.map(({ moments, cpuSeconds }) => moments / cpuSeconds)),
      samplesPerSecond: median(turns.map(({ moments, seconds }) => moments / seconds)),
    },
  ];
}

function driveAll(environment: Environment, condition: string) {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const episodes = environment.open(condition);
  let moments = 0;
  while (episodes.running > 0) {
    moments += episodes.running;
    episodes.act({ steering: episodes.field("steering"), throttle: episodes.field("throttle") });
  }
  const { user, system } = process.cpuUsage(before);
  return { moments, cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - started) / 1000 };
}
