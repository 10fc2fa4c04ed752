import { backendNames, type BackendName } from "./backend-name";

/**
 * The backend that SEAMS_BACKEND asks for, if it asks.
 * @throws Error when it names no backend
 */
export function backendFromEnvironment(): BackendName | undefined {
  const asked = process.env["SEAMS_BACKEND"];
  if (asked === undefined || asked === "") return undefined;
  const name = backendNames.find((known) => known === asked);
  if (name === undefined) {
    throw new Error(`SEAMS_BACKEND is ${backendNames.join(", ")}, or not set; it is "${asked}".`);
  }
  return name;
}
