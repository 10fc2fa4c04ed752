import { afterEach, describe, expect, it, vi } from "vitest";
import { availableBackends, createEngine } from "../src/index";

afterEach(() => {
  vi.unstubAllEnvs();
});

const isNativeHere = availableBackends().includes("native");

describe("the choice of a backend", () => {
  it("finds wasm and cpu, which are dependencies", () => {
    expect(availableBackends()).toEqual(expect.arrayContaining(["wasm", "cpu"]));
  });

  it("takes the best that works when nobody asks", async () => {
    vi.stubEnv("SEAMS_BACKEND", "");
    const { info } = await createEngine();
    expect(info.because).toBe("wasm is the backend that has step programs; program steps are its fastest");
    expect(info.backend).toBe("wasm");
  });

  it("follows SEAMS_BACKEND, and an argument before it", async () => {
    vi.stubEnv("SEAMS_BACKEND", "cpu");
    expect((await createEngine()).info.backend).toBe("cpu");
    expect((await createEngine({ backend: "wasm" })).info.backend).toBe("wasm");
  });

  it("refuses a name that is no backend's", async () => {
    vi.stubEnv("SEAMS_BACKEND", "gpu");
    await expect(createEngine()).rejects.toThrow(
      'SEAMS_BACKEND is wasm, native, cpu, or not set; it is "gpu".',
    );
  });

  it.skipIf(isNativeHere)(
    "falls back behind nobody's back: an asked-for backend works or throws",
    async () => {
      await expect(createEngine({ backend: "native" })).rejects.toThrow();
    },
  );

  it("says what the numbers will come from", async () => {
    const { info } = await createEngine({ backend: "wasm", form: "eager" });
    expect(info).toMatchObject({ backend: "wasm", form: "eager", threads: 1, node: process.version });
    expect(info.version).toMatch(/^eager-\d+\+tfjs-4\.22\.0$/);
    expect(info.kernels).toMatch(/^seams-wasm-\d+$/);
    expect(info.because).toBe("the wasm backend was asked for; eager steps were asked for");
    const program = await createEngine({ backend: "wasm" });
    expect(program.info.form).toBe("program");
    expect(program.info.version).toMatch(/^program-\d+\+tfjs-4\.22\.0$/);
    expect(program.info.kernels).toMatch(/^program-[0-9a-f]{12}(-fused)?\+seams-wasm-\d+$/);
  });

  it("leaves the process' error handling as it was", async () => {
    await createEngine({ backend: "wasm" });
    const ours = process
      .listeners("uncaughtException")
      .filter((listener) => /ExitStatus/.test(String(listener)));
    expect(ours).toEqual([]);
  });
});
