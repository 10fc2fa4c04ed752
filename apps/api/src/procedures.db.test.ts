import { afterAll, beforeAll, expect, it } from "vitest";
import { raw, testApi, type TestApi } from "../test/harness";
import { appRouter } from "./router";

/**
 * Every procedure, and what each caller gets: `page` is the web app, `program` the CLI, `other` another site's page,
 * `stranger` somebody without the access token where one is set. A procedure without a row fails the test.
 */
const matrix: Readonly<
  Record<string, { readonly type: "query" | "mutation"; readonly input: unknown; readonly reaches: number }>
> = {
  "system.info": { type: "query", input: undefined, reaches: 200 },
  "problems.list": { type: "query", input: undefined, reaches: 200 },
  "problems.get": { type: "query", input: { id: "nothing" }, reaches: 404 },
  "problems.records": { type: "query", input: { id: "nothing" }, reaches: 404 },
  "problems.importConfirm": {
    type: "mutation",
    input: { importId: "00000000-0000-4000-8000-000000000000" },
    reaches: 404,
  },
  "problems.importDiscard": {
    type: "mutation",
    input: { importId: "00000000-0000-4000-8000-000000000000" },
    reaches: 200,
  },
  "pipelines.list": { type: "query", input: undefined, reaches: 200 },
  "pipelines.get": { type: "query", input: { id: "nothing" }, reaches: 404 },
  "pipelines.create": { type: "mutation", input: { document: {} }, reaches: 400 },
  "pipelines.save": {
    type: "mutation",
    input: { id: "nothing", expectedVersion: 1, document: {} },
    reaches: 400,
  },
  "pipelines.fork": { type: "mutation", input: { id: "nothing" }, reaches: 404 },
  "pipelines.versions": { type: "query", input: { id: "nothing" }, reaches: 404 },
  "pipelines.remove": { type: "mutation", input: { id: "nothing" }, reaches: 404 },
  "experiments.start": {
    type: "mutation",
    input: {
      problem: "nothing",
      pipelines: [{ id: "nothing" }],
      budgets: [1],
      seeds: [1],
      key: "00000000-0000-4000-8000-000000000000",
    },
    reaches: 404,
  },
  "experiments.list": { type: "query", input: undefined, reaches: 200 },
  "experiments.get": { type: "query", input: { id: "00000000-0000-4000-8000-000000000000" }, reaches: 404 },
  "experiments.cancel": {
    type: "mutation",
    input: { id: "00000000-0000-4000-8000-000000000000" },
    reaches: 404,
  },
  "experiments.resume": {
    type: "mutation",
    input: { id: "00000000-0000-4000-8000-000000000000" },
    reaches: 404,
  },
  "experiments.doseResponse": {
    type: "mutation",
    input: { id: "00000000-0000-4000-8000-000000000000", pipeline: "nothing", budget: 32, stage: "nothing" },
    reaches: 404,
  },
  "experiments.examples": {
    type: "query",
    input: { id: "00000000-0000-4000-8000-000000000000", budget: 1, seed: 1 },
    reaches: 404,
  },
  "labs.startTransfer": {
    type: "mutation",
    input: {
      target: { id: "nothing" },
      source: { id: "nothing" },
      seeds: [1, 2, 3],
      key: "00000000-0000-4000-8000-000000000000",
    },
    reaches: 404,
  },
  "labs.startMultiTask": {
    type: "mutation",
    input: {
      pipeline: { id: "nothing" },
      seeds: [1, 2, 3],
      key: "00000000-0000-4000-8000-000000000000",
    },
    reaches: 404,
  },
  "trials.get": { type: "query", input: { id: "00000000-0000-4000-8000-000000000000" }, reaches: 404 },
  "trials.list": { type: "query", input: undefined, reaches: 200 },
  "trials.start": {
    type: "mutation",
    input: { pipeline: "nothing", budget: 1, seed: 1, key: "00000000-0000-4000-8000-000000000000" },
    reaches: 404,
  },
  "trials.trace": {
    type: "mutation",
    input: { id: "00000000-0000-4000-8000-000000000000", position: 0 },
    reaches: 404,
  },
  "trials.replay": {
    type: "mutation",
    input: { id: "00000000-0000-4000-8000-000000000000", condition: "here", episode: 0 },
    reaches: 404,
  },
  "trials.cancel": { type: "mutation", input: { id: "00000000-0000-4000-8000-000000000000" }, reaches: 404 },
  "trials.resume": { type: "mutation", input: { id: "00000000-0000-4000-8000-000000000000" }, reaches: 404 },
};

const callers = {
  page: {
    headers: { origin: "http://localhost:4300", "sec-fetch-site": "same-origin" },
    open: true,
    guarded: false,
  },
  program: { headers: {}, open: true, guarded: false },
  other: {
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    open: false,
    guarded: false,
  },
  owner: { headers: { authorization: "Bearer a token of length" }, open: true, guarded: true },
} as const;

let open: TestApi;
let guarded: TestApi;
beforeAll(async () => {
  open = await testApi({ webPort: 4_300 });
  guarded = await testApi({ webPort: 4_300, accessToken: "a token of length" });
});
afterAll(async () => {
  await open.close();
  await guarded.close();
});

/** The router's own list of what can be called. */
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { readonly _def: { readonly type: string } }
>; // its type is the nested record; the value is flat

it("has a row for every procedure, with its type", () => {
  expect(Object.fromEntries(Object.entries(procedures).map(([name, { _def }]) => [name, _def.type]))).toEqual(
    Object.fromEntries(Object.entries(matrix).map(([name, { type }]) => [name, type])),
  );
});

it.each(Object.entries(matrix))(
  "%s is reached by whom it may be reached",
  async (name, { type, input, reaches }) => {
    const json = input === undefined ? undefined : JSON.stringify(input);
    const query = json === undefined ? "" : `?input=${encodeURIComponent(json)}`;
    for (const [caller, { headers, open: mayOpen, guarded: mayGuarded }] of Object.entries(callers)) {
      for (const [api, may, refusal] of [
        [open, mayOpen, 403],
        [guarded, mayGuarded, caller === "other" ? 403 : 401],
      ] as const) {
        const answer = await (type === "query"
          ? raw(api.port, { path: `/trpc/${name}${query}`, headers })
          : raw(api.port, {
              method: "POST",
              path: `/trpc/${name}`,
              headers: { ...headers, "content-type": "application/json" },
              body: json ?? "{}",
            }));
        expect(answer.status, `${name} by ${caller}: ${answer.body}`).toBe(may ? reaches : refusal);
      }
    }
  },
);
