import type { TestProject } from "vitest/node";
import { startProduct } from "./product";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the product runs that all tests share. */
    productUrl: string;
  }
}

const PORT = 4_380;

/** Starts the product once for all tests, or takes the one at SEAMS_E2E_URL. */
export default async function setUp({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const running = process.env["SEAMS_E2E_URL"];
  if (running !== undefined) {
    provide("productUrl", running);
    return undefined;
  }
  const product = await startProduct(PORT);
  provide("productUrl", product.url);
  return () => product.stop();
}
