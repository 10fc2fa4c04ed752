import type { Diagnostic } from "@seams/core";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { writeNpy } from "../arrays/npy";
import { memorySource } from "./file-source";
import { readProblemFolder } from "./read";

type Files = Record<string, string | Uint8Array>;

/** problem.json of two glyphs' worth of fields; tests change what they are about. */
const problem = (changes: object = {}): string =>
  JSON.stringify({
    format: 1,
    name: "small",
    fields: {
      x: { is: "scalar" },
      y: { is: "label", classes: ["cat", "dog"], price: 2 },
    },
    input: ["x"],
    target: ["y"],
    metric: "accuracy",
    split: { column: "split" },
    ...changes,
  });

const read = (files: Files) => readProblemFolder(memorySource(files));
const csv = (text: string, changes: object = {}) =>
  read({ "problem.json": problem(changes), "records.csv": text });
const words = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, place }) => (place.at === "cell" ? [code, place.row, place.column] : [code]));

describe("a problem folder's table", () => {
  it("gives columns, split and prices", async () => {
    const { value, diagnostics } = await csv("x,y,split\n1.5,cat,train\n-2e1,dog,validation\n3,cat,test\n");
    expect(diagnostics).toEqual([]);
    expect(value?.schema.fields["y"]?.price).toBe(2);
    expect([...value!.data.columns["x"]!.data]).toEqual([1.5, -20, 3]);
    expect([...value!.data.columns["y"]!.data]).toEqual([0, 1, 0]);
    expect(value?.data.split).toEqual(["train", "validation", "test"]);
    expect(value?.data.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("understands a byte order mark, CRLF, quotes, spaces and an empty last line", async () => {
    const text = '\ufeffx,"y", split\r\n 1 , cat ,train\r\n"2","dog",test\r\n\r\n';
    const { value, diagnostics } = await csv(text);
    expect(diagnostics).toEqual([]);
    expect([...value!.data.columns["x"]!.data]).toEqual([1, 2]);
    expect(value?.data.rows).toBe(2);
  });

  it("takes empty cells, NaN and missing keys for missing", async () => {
    const text = "x,y,split\n,cat,train\nNaN,dog,train\n3,,test\n4,cat,test\n";
    const fromCsv = (await csv(text)).value!.data.columns;
    const lines = [
      `{"y":"cat","split":"train"}`,
      `{"x":NaN,"y":"dog","split":"train"}`,
      `{"x":3,"y":null,"split":"test"}`,
      `{"x":4,"y":"cat","split":"test"}`,
    ];
    const fromJson = (await read({ "problem.json": problem(), "records.jsonl": lines.join("\n") })).value!
      .data.columns;
    for (const columns of [fromCsv, fromJson]) {
      expect([...columns["x"]!.present]).toEqual([0, 0, 1, 1]);
      expect([...columns["x"]!.data]).toEqual([0, 0, 3, 4]);
      expect([...columns["y"]!.present]).toEqual([1, 1, 0, 1]);
    }
  });

  it("reports everything that is wrong at once, with row and column", async () => {
    const { value, diagnostics } = await csv(
      "x,y,split,z\nabc,cat,train,1\n1,cot,train,1\n2,dog,exam,1\n3,dog,test\nInfinity,cat,test,1\n1e99,cat,test,1\n",
    );
    expect(value).toBeUndefined();
    expect(words(diagnostics)).toEqual([
      ["row-wrong-length", 4, undefined],
      ["cell-wrong-type", 1, "x"],
      ["value-not-finite", 5, "x"],
      ["value-not-finite", 6, "x"],
      ["cell-not-a-class", 2, "y"],
      ["split-unknown", 3, "split"],
    ]);
    expect(diagnostics.find(({ code }) => code === "cell-not-a-class")?.fix).toBe('Did you mean "cat"?');
  });

  it("lists a hundred errors of a kind and counts the others", async () => {
    const rows = Array.from({ length: 250 }, () => "abc,cat,train");
    const { diagnostics } = await csv(`x,y,split\n${rows.join("\n")}\n`);
    expect(diagnostics.filter(({ code }) => code === "cell-wrong-type")).toHaveLength(100);
    expect(diagnostics.filter(({ code }) => code === "more-errors").map(({ message }) => message)).toEqual([
      '150 more errors like "cell-wrong-type" in this file.',
    ]);
  });

  it("says which columns are missing, twice there, or not used", async () => {
    const missing = await csv("x,label,split\n1,cat,train\n2,dog,test\n");
    expect(words(missing.diagnostics)).toContainEqual(["column-missing", undefined, "y"]);
    const twice = await csv("x,y,y,split\n1,cat,cat,train\n2,dog,dog,test\n");
    expect(words(twice.diagnostics)).toContainEqual(["column-twice", 0, "y"]);
    const unused = await csv("x,y,split,note\n1,cat,train,a\n2,dog,test,b\n");
    expect(words(unused.diagnostics)).toEqual([["column-ignored", undefined, "note"]]);
    expect(unused.value).toBeDefined();
  });

  it("refuses two tables, no table, an empty one, and one that is not UTF-8", async () => {
    const table = "x,y,split\n1,cat,train\n2,dog,test\n";
    const both = await read({
      "problem.json": problem(),
      "records.csv": table,
      "records.tsv": table.replaceAll(",", "\t"),
    });
    expect(words(both.diagnostics)[0]).toEqual(["table-twice", undefined, undefined]);
    expect(words((await read({ "problem.json": problem() })).diagnostics)).toEqual([
      ["no-records", undefined, undefined],
    ]);
    expect(words((await csv("x,y,split\n")).diagnostics)).toEqual([["no-records", undefined, undefined]]);
    const latin1 = await read({
      "problem.json": problem(),
      "records.csv": new Uint8Array([0x78, 0x0a, 0xe9]),
    });
    expect(words(latin1.diagnostics)).toEqual([["file-unreadable", undefined, undefined]]);
  });

  it("reports mistakes of problem.json and of the table together", async () => {
    const { diagnostics } = await read({
      "problem.json": problem({ target: ["z"] }),
      "records.csv": "x,y,split\n1,cat\n",
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["problem-field-unknown", "row-wrong-length"]),
    );
    const none = await read({ "records.csv": "x,y,split\n1,cat,train\n" });
    expect(none.diagnostics.map(({ code }) => code)).toEqual(["file-missing"]);
  });

  it("reads tabs and semicolons, and quotes that don't end are an error with a row", async () => {
    const tsv = await read({
      "problem.json": problem(),
      "records.tsv": "x\ty\tsplit\n1\tcat\ttrain\n2\tdog\ttest\n",
    });
    expect(tsv.diagnostics).toEqual([]);
    expect((await csv("x;y;split\n1;cat;train\n2;dog;test\n")).diagnostics).toEqual([]);
    const open = await csv('x,y,split\n1,"cat,train\n2,dog,test\n');
    expect(open.diagnostics.map(({ code }) => code)).toContain("file-unreadable");
  });

  it("refuses lines of JSON that are no objects, have a key twice, or reach for prototypes", async () => {
    const lines = [
      '{"x":1,"y":"cat","split":"train"}',
      "[1]",
      '{"x":1,"x":2}',
      '{"__proto__":{"y":"cat"}}',
      "{",
    ];
    const { diagnostics } = await read({ "problem.json": problem(), "records.jsonl": lines.join("\n") });
    const rows = diagnostics
      .filter(({ code }) => code === "row-not-an-object")
      .map(({ place }) => place.at === "cell" && place.row);
    expect(rows).toEqual([2, 3, 4, 5]);
  });
});

describe("values that are more than one number", () => {
  const fields = {
    x: { is: "scalar" },
    v: { is: "vector", size: 2 },
    flags: { is: "flags", names: ["wet", "red", "big"] },
    box: { is: "box" },
    word: { is: "text", alphabet: ["a", "b", "ch"], maxLength: 4 },
    digits: { is: "sequence", of: { is: "label", classes: ["0", "1"] }, maxLength: 3 },
    y: { is: "label", classes: ["cat", "dog"] },
  };

  it("are read from JSON and from the texts of a CSV alike", async () => {
    const jsonl = [
      {
        x: 1,
        v: [1, 2],
        flags: { wet: 1, red: null, big: false },
        box: [0.5, 0.5, 1, 1],
        word: "achb",
        digits: [0, "1"],
        y: "cat",
        split: "train",
      },
      { x: 2, v: [3, 4], flags: ["red"], word: "", digits: [], y: "dog", split: "test" },
    ];
    const table = [
      "x,v,flags,box,word,digits,y,split",
      '1,1 2,"{""wet"":1,""red"":null,""big"":0}",0.5;0.5;1;1,achb,0 1,cat,train',
      '2,"[3, 4]",red,,,[],dog,test',
    ];
    const problemJson = problem({ fields });
    const a = await read({
      "problem.json": problemJson,
      "records.jsonl": jsonl.map((line) => JSON.stringify(line)).join("\n"),
    });
    const b = await read({ "problem.json": problemJson, "records.csv": table.join("\n") });
    expect(a.diagnostics).toEqual([]);
    expect(b.diagnostics).toEqual([]);
    const { columns } = a.value!.data;
    expect([...columns["flags"]!.data]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...columns["flags"]!.present]).toEqual([1, 0, 1, 1, 1, 1]);
    expect([...columns["word"]!.data]).toEqual([0, 2, 1, 0, 0, 0, 0, 0]);
    // An empty text is a value in JSON; in a CSV an empty cell is a missing one.
    expect([...columns["word"]!.lengths!]).toEqual([3, 0]);
    expect([...b.value!.data.columns["word"]!.lengths!]).toEqual([3, -1]);
    expect([...columns["digits"]!.lengths!]).toEqual([2, 0]);
    expect([...columns["digits"]!.present]).toEqual([1, 1, 0, 0, 0, 0]);
    for (const name of ["v", "flags", "box", "digits", "y"]) {
      expect(b.value!.data.columns[name], name).toEqual(columns[name]);
    }
  });

  it("are refused with words where they don't fit", async () => {
    const rows = [
      { v: [1, 2, 3] },
      { v: [1, null] },
      { flags: { dry: 1 } },
      { box: [0.5, 0.5, 2, 1] },
      { word: "axb" },
      { word: "aaaaa" },
      { digits: [0, 1, 0, 1] },
      { digits: [7] },
      { v: "abc" },
    ].map((cells) => JSON.stringify({ ...cells, split: "train" }));
    const { diagnostics } = await read({
      "problem.json": problem({ fields }),
      "records.jsonl": rows.join("\n"),
    });
    expect(words(diagnostics).filter(([code]) => code !== "split-empty")).toEqual([
      ["cell-wrong-size", 1, "v"],
      ["value-not-finite", 2, "v"],
      ["cell-wrong-type", 9, "v"],
      ["cell-not-a-class", 3, "flags"],
      ["cell-out-of-range", 4, "box"],
      ["letter-unknown", 5, "word"],
      ["cell-wrong-size", 6, "word"],
      ["cell-wrong-size", 7, "digits"],
      ["cell-not-a-class", 8, "digits"],
    ]);
  });
});

describe("a problem folder's arrays", () => {
  it("take the table's place, and say what is missing by NaN or beside it", async () => {
    const files: Files = {
      "problem.json": problem(),
      "arrays/x.npy": writeNpy(new Float32Array([1, Number.NaN, 3]), [3]),
      "arrays/y.npy": writeNpy(new Int32Array([0, 1, 1]), [3, 1]),
      "arrays/y.present.npy": writeNpy(new Uint8Array([1, 1, 0]), [3]),
      "records.csv": "split\ntrain\ntest\ntest\n",
    };
    const { value, diagnostics } = await read(files);
    expect(diagnostics).toEqual([]);
    expect([...value!.data.columns["x"]!.present]).toEqual([1, 0, 1]);
    expect([...value!.data.columns["y"]!.present]).toEqual([1, 1, 0]);
    expect([...value!.data.columns["y"]!.data]).toEqual([0, 1, 0]);
  });

  it("have the table's number of records and the type's shape", async () => {
    const files: Files = {
      "problem.json": problem(),
      "arrays/x.npy": writeNpy(new Float32Array(4), [2, 2]),
      "arrays/y.npy": writeNpy(new Int32Array(3), [3]),
      "records.csv": "split\ntrain\ntest\n",
    };
    const { diagnostics } = await read(files);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "Expected the shape [2], seen [2, 2].",
      "Expected the shape [2], seen [3].",
    ]);
  });

  it("may be bytes for images, and sequences end where only NaN follows", async () => {
    const fields = {
      x: { is: "image", heightPx: 2, widthPx: 1, channels: 1 },
      s: { is: "sequence", of: { is: "vector", size: 2 }, maxLength: 3 },
      y: { is: "label", classes: ["1", "2"] },
    };
    const nan = Number.NaN;
    const files: Files = {
      "problem.json": problem({ fields, split: { fractions: [0.5, 0, 0.5] } }),
      "arrays/x.npy": writeNpy(new Uint8Array([0, 255, 51, 102]), [2, 2, 1]),
      "arrays/s.npy": writeNpy(new Float32Array([1, 2, 3, 4, nan, nan, 5, 6, nan, nan, nan, nan]), [2, 3, 2]),
      "arrays/y.npy": writeNpy(new Uint8Array([2, 1]), [2]),
    };
    const { value, diagnostics } = await read(files);
    expect(diagnostics).toEqual([]);
    expect([...value!.data.columns["x"]!.data]).toEqual([0, 1, Math.fround(0.2), Math.fround(0.4)]);
    expect([...value!.data.columns["s"]!.lengths!]).toEqual([2, 1]);
    // The classes are numbers: the array says their names, not their places.
    expect([...value!.data.columns["y"]!.data]).toEqual([1, 0]);
  });
});

describe("files that cells name", () => {
  const fields = {
    x: { is: "image", heightPx: 2, widthPx: 2, channels: 1 },
    y: { is: "label", classes: ["cat", "dog"] },
  };
  const png = (heightPx: number, widthPx: number): Uint8Array => {
    const picture = new PNG({ width: widthPx, height: heightPx, colorType: 0 });
    picture.data.fill(255);
    return new Uint8Array(PNG.sync.write(picture, { colorType: 0 }));
  };

  it("are decoded, and made grey where the field is", async () => {
    const { value, diagnostics } = await read({
      "problem.json": problem({ fields }),
      "records.csv": "x,y,split\nimages/a.png,cat,train\n./images/a.png,dog,test\n",
      "images/a.png": png(2, 2),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["duplicates-across-split"]);
    expect([...value!.data.columns["x"]!.data.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
  });

  it("stay inside the folder, are there, are what they say, and have the field's size", async () => {
    const cells = [
      "../a.png",
      "/etc/a.png",
      "C:\\a.png",
      "a/../../b.png",
      "none.png",
      "text.png",
      "wide.png",
    ];
    const { diagnostics } = await read({
      "problem.json": problem({ fields }),
      "records.csv": `x,y,split\n${cells.map((cell) => `${cell},cat,train`).join("\n")}\n`,
      "text.png": "not an image",
      "wide.png": png(2, 3),
    });
    expect(words(diagnostics)).toEqual([
      ...[1, 2, 3, 4].map((row) => ["path-unsafe", row, "x"]),
      ["file-missing", 5, "x"],
      ["file-unreadable", 6, "x"],
      ["cell-wrong-size", 7, "x"],
      ["split-empty", undefined, undefined],
    ]);
  });
});

describe("a split by fractions", () => {
  const rows = Array.from({ length: 200 }, (_, k) => ({
    x: k % 100,
    y: k % 2 === 0 ? "cat" : "dog",
    who: `p${k % 10}`,
  }));
  const folder = (split: object, records: readonly object[] = rows): Files => ({
    "problem.json": problem({ split }),
    "records.jsonl": records.map((record) => JSON.stringify(record)).join("\n"),
  });

  it("has about the wanted sizes, keeps equal inputs together, and doesn't depend on the order of rows", async () => {
    const split = { fractions: [0.7, 0.1, 0.2], seed: 3 };
    const { data } = (await read(folder(split))).value!;
    const count = (part: string) => data.split.filter((name) => name === part).length;
    expect([count("train"), count("validation"), count("test")]).toEqual([140, 20, 40]);
    expect(data.split.slice(0, 100)).toEqual(data.split.slice(100));
    const reversed = (await read(folder(split, rows.toReversed()))).value!.data;
    expect(reversed.split).toEqual(data.split.toReversed());
    const other = (await read(folder({ ...split, seed: 4 }))).value!.data;
    expect(other.split).not.toEqual(data.split);
  });

  it("deals whole groups, and gives every wanted part one", async () => {
    const three = rows.map((row, k) => ({ ...row, who: `p${k % 3}` }));
    const split = { fractions: [0.8, 0.1, 0.1], group: "who" };
    const { data } = (await read(folder(split, three))).value!;
    expect(new Set(data.split).size).toBe(3);
    for (const group of [0, 1, 2]) {
      expect(new Set(data.split.filter((_, row) => data.groups![row] === group)).size).toBe(1);
    }
  });

  it("says where a split by column has a group on two sides, and where a part is empty", async () => {
    const leaking = rows.map((row, k) => ({ ...row, part: k < 150 ? "train" : "test" }));
    const leaks = await read(folder({ column: "part", group: "who" }, leaking));
    expect(leaks.diagnostics.filter(({ code }) => code === "group-leaks")).toHaveLength(10);
    const empty = await read(
      folder(
        { column: "part" },
        rows.map((row) => ({ ...row, part: "train" })),
      ),
    );
    expect(empty.diagnostics.map(({ code }) => code)).toContain("split-empty");
    const warned = await read(folder({ column: "part" }, leaking));
    expect(warned.diagnostics.map(({ code }) => code)).toContain("duplicates-across-split");
  });
});
