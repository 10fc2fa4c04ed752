import { sendJson, type Exchange } from "../http/exchange";
import type { Services } from "../services";
import { receiveUpload } from "./upload";

/**
 * POST /import: takes a file, answers with a preview. Nothing is stored before problems.importConfirm.
 * @throws HttpRefusal
 */
export async function answerImport(exchange: Exchange, { imports }: Services): Promise<void> {
  const preview = await imports.open((path) => receiveUpload(exchange, path));
  sendJson(exchange, 200, preview);
}
