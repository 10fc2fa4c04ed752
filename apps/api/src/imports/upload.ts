import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { dropRest, HttpRefusal, type Exchange } from "../http/exchange";

/** The largest file that is taken. */
export const MAX_UPLOAD_BYTES = 200 * 2 ** 20;

const LIMITS = {
  files: 1,
  fields: 2,
  parts: 3,
  fieldSize: 300,
  fieldNameSize: 40,
  headerPairs: 20,
  fileSize: MAX_UPLOAD_BYTES,
};

/** An uploaded file. */
export interface Upload {
  /** Where its bytes are now. */
  readonly path: string;
  /** The name that the sender gave it: for showing and for guessing its format, never a path. */
  readonly fileName: string;
  /** The problem's name as asked for; empty where nothing was. */
  readonly name: string;
}

/**
 * Streams the one file of a multipart request to the disk, never more of it than the limit.
 * @throws HttpRefusal when it is not such a request, has no file, or too large a one
 */
export async function receiveUpload(exchange: Exchange, path: string): Promise<Upload> {
  const { request, response } = exchange;
  const type = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data *;/i.test(type)) {
    throw new HttpRefusal("UNSUPPORTED_MEDIA_TYPE", "A file comes as multipart/form-data.");
  }
  try {
    if (Number(request.headers["content-length"] ?? 0) > MAX_UPLOAD_BYTES + 2 ** 16) throw tooLarge();
    return await receive(exchange, path, { ...request.headers, "content-type": type });
  } catch (error) {
    await rm(path, { force: true });
    response.setHeader("connection", "close");
    request.unpipe();
    dropRest(request);
    if (error instanceof HttpRefusal) throw error;
    throw new HttpRefusal("BAD_REQUEST", "The upload broke off, or is not in the form of one.");
  }
}

async function receive({ request }: Exchange, path: string, headers: BusboyHeaders): Promise<Upload> {
  const busboy = new Busboy({ headers, limits: LIMITS });
  let file: { readonly fileName: string; readonly written: Promise<void> } | undefined;
  let name = "";
  busboy.on("field", (field, value) => {
    if (field === "name") name = value;
  });
  busboy.on("file", (field, stream, fileName) => {
    if (field !== "file" || file) {
      stream.resume();
      return;
    }
    const written = pipeline(stream, createWriteStream(path, { flags: "wx", mode: 0o600 })).then(() => {
      if (stream.truncated) throw tooLarge();
    });
    written.catch(() => busboy.destroy()); // stops the reading below; the reason is awaited there
    file = { fileName, written };
  });
  try {
    await pipeline(request, busboy);
  } finally {
    await file?.written; // its reason, where there is one, says more than the pipeline's
  }
  if (!file) throw new HttpRefusal("BAD_REQUEST", 'Send the file as the part "file".');
  return { path, fileName: file.fileName, name };
}

const tooLarge = (): HttpRefusal =>
  new HttpRefusal("PAYLOAD_TOO_LARGE", `A file has at most ${MAX_UPLOAD_BYTES / 2 ** 20} MB here.`);
