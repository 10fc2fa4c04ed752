import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openListener } from "../listen";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { preparePlace } from "./place";
import { findPostmaster } from "./postmaster";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-embedded-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const settings = { fsync: "off" };

it("starts on a private folder, keeps its data and port, and stops with nothing left behind", async () => {
  const first = await startEmbeddedPostgres({ home, settings });
  expect(first.origin).toBe("started");
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  expect(await findPostmaster(await preparePlace(home))).toBeUndefined();
  const second = await startEmbeddedPostgres({ home, settings });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await second.stop();
});

it("asks for the password, which only we can read", async () => {
  const server = await startEmbeddedPostgres({ home, settings });
  expect((await stat(join(home, "db/password"))).mode & 0o777).toBe(0o600);
  const { port } = new URL(server.url);
  await expect(query(`postgresql://seams@127.0.0.1:${port}/seams`, "select 1")).rejects.toThrow(/password/);
  await expect(query(`postgresql://seams:wrong@127.0.0.1:${port}/seams`, "select 1")).rejects.toThrow(
    /password/,
  );
  await server.stop();
});

it("outlives an owner that is killed, and is adopted by the next", async () => {
  const owner = await startOwner(home);
  await query(owner.url, "create table acknowledged (id int)");
  owner.process.kill("SIGKILL");
  await new Promise((resolve) => owner.process.once("exit", resolve));
  const next = await startEmbeddedPostgres({ home, settings });
  expect(next).toMatchObject({ origin: "adopted", url: owner.url });
  expect(next.pid()).toBe(owner.pid);
  expect(await query(next.url, "select count(*)::int as rows from acknowledged")).toEqual([{ rows: 0 }]);
  await next.stop();
});

it("starts a killed server again on the same port with every committed row, and the listener hears again", async () => {
  const notices: string[] = [];
  const server = await startEmbeddedPostgres({ home, settings, onNotice: (words) => notices.push(words) });
  const listener = await openListener(server.url, (words) => notices.push(words));
  await query(server.url, "create table committed as select generate_series(1, 1000) as id");
  const heardAgain = new Promise<void>((resolve) =>
    listener.on("events", (payload) => payload === undefined && resolve()),
  );
  const before = server.pid();
  process.kill(before, "SIGKILL");
  await heardAgain;
  expect(server.pid()).not.toBe(before);
  expect(await query(server.url, "select count(*)::int as rows from committed")).toEqual([{ rows: 1000 }]);
  const heard = new Promise((resolve) => listener.on("cancel", resolve));
  await query(server.url, "select pg_notify('seams_cancel', 'this one')");
  expect(await heard).toBe("this one");
  expect(notices.join("\n")).toContain("ended unexpectedly");
  await listener.close();
  await server.stop();
});

it("lets one of two that start at once start it, and the other adopt it", async () => {
  const servers = await Promise.all([
    startEmbeddedPostgres({ home, settings }),
    startEmbeddedPostgres({ home, settings }),
  ]);
  expect(servers.map((server) => server.origin).sort()).toEqual(["adopted", "started"]);
  expect(servers[0].pid()).toBe(servers[1].pid());
  await Promise.all(servers.map((server) => server.stop()));
});

it("begins anew where a power cut interrupted the making of the data folder", async () => {
  await mkdir(join(home, "db/data.new/base"), { recursive: true });
  const server = await startEmbeddedPostgres({ home, settings });
  expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

it("keeps data in the home wherever its user can reach it, and elsewhere where root's folders are closed", async () => {
  const closed = join(home, "closed");
  await mkdir(closed);
  await chmod(closed, 0o700);
  const place = await preparePlace(join(closed, "home"));
  if (process.getuid?.() === 0) {
    expect(place.folder).toMatch(/^\/var\/lib\/seams\/[0-9a-f]{16}$/);
    expect((await readFile(join(closed, "home/db/location"), "utf8")).trim()).toBe(place.folder);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
    await rm(place.folder, { recursive: true });
  } else {
    expect(place.folder).toBe(join(closed, "home/db"));
  }
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined); // the server is killed on purpose
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function startOwner(ofHome: string): Promise<{ process: ChildProcess; url: string; pid: number }> {
  const script = fileURLToPath(new URL("../../test/owner.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, ofHome], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
  );
  return { process: child, ...(JSON.parse(line) as { url: string; pid: number }) };
}
