import { describe, expect, it } from "vitest";
import { readAnswer, UploadError } from "./upload";

const preview = {
  importId: "00000000-0000-4000-8000-000000000000",
  preview: { records: [], schema: null, rows: { train: 0, validation: 0, test: 0 }, diagnostics: [] },
};

describe("the answer to an upload", () => {
  it("is a preview", () => {
    expect(readAnswer(200, JSON.stringify(preview))).toEqual(preview);
  });

  it("is a refusal with its reasons", () => {
    const refusal = { message: "A file has at most 200 MB here.", diagnostics: [] };
    try {
      readAnswer(413, JSON.stringify(refusal));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UploadError);
      expect(error).toMatchObject({ message: refusal.message, data: { httpStatus: 413 } });
    }
  });

  it("is never believed to be a preview when it is something else", () => {
    expect(() => readAnswer(200, "<html>")).toThrow(UploadError);
    expect(() => readAnswer(200, "{}")).toThrow(UploadError);
    expect(() => readAnswer(502, "<html>")).toThrow(UploadError);
  });
});
