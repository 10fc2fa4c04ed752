import type { Metadata } from "next";
import { ImportScreen } from "../../import/import-screen";

export const metadata: Metadata = { title: "Bring your own data" };

/** Data of one's own. */
export default function ImportPage() {
  return <ImportScreen />;
}
