import { initTRPC, TRPCError } from "@trpc/server";
import { isClean, type Diagnostic } from "@seams/core";
import type { JsonTexts } from "./http/json-texts";
import type { Services } from "./services";

/** What a save lost against. */
export interface Conflict {
  readonly expectedVersion: number;
  readonly currentVersion: number;
}

/** A person's mistake on its way out: becomes `error.data.diagnostics` (and `error.data.conflict`). */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
    readonly conflict?: Conflict,
  ) {
    super(message);
  }
}

/** What one request can use. */
export interface RequestContext extends Services {
  /** Parts of its answer that are JSON already. */
  readonly texts: JsonTexts;
}

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ shape, error }) => {
    const refusal = error.cause instanceof Refusal ? error.cause : undefined;
    const { stack: _, ...data } = shape.data; // a stack helps nobody who asks over the wire
    return {
      ...shape,
      message:
        error.code === "INTERNAL_SERVER_ERROR" ? "Seams made a mistake. Its log says which." : shape.message,
      data: { ...data, diagnostics: refusal?.diagnostics ?? [], conflict: refusal?.conflict ?? null },
    };
  },
});

/** Makes a router. */
export const router = t.router;

/** Every procedure starts here. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && isDatabaseAway(result.error.cause)) {
    throw new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "The database doesn't answer. Try again in a moment.",
    });
  }
  return result;
});

/** The error for something that isn't there. The same for ids that never were and ids of the wrong form. */
export function notFound(what: string): TRPCError {
  return new TRPCError({ code: "NOT_FOUND", message: `There is no such ${what}.` });
}

/** The error for input with mistakes that diagnostics name. */
export function refused(diagnostics: readonly Diagnostic[]): TRPCError {
  const first = diagnostics.find((diagnostic) => !isClean([diagnostic]));
  const message = first?.message ?? "The request cannot be carried out.";
  return new TRPCError({ code: "BAD_REQUEST", message, cause: new Refusal(message, diagnostics) });
}

/** The error for a save on top of a version that is no longer the newest. */
export function conflicting(conflict: Conflict): TRPCError {
  const message = `Somebody saved version ${conflict.currentVersion} since you opened version ${conflict.expectedVersion}.`;
  return new TRPCError({ code: "CONFLICT", message, cause: new Refusal(message, [], conflict) });
}

/** Codes of a server that is starting, stopping or gone, and of connections that broke. */
const AWAY = /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0[123]|08\d{3}|P1001|P1017)$/;

/** True for errors that say that the database is not there at the moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && AWAY.test(error.code)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return (
    /Connection terminated|not currently accepting connections|timeout exceeded when trying to connect|Can't reach database/.test(
      error.message,
    ) || isDatabaseAway(error.cause)
  );
}
