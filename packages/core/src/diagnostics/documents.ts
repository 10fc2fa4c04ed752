import { badName, badValue, missingKey, unknownKey, wrongType } from "./catalog/document";
import type { Complaint } from "./complaints";
import type { Diagnostic } from "./diagnostic";
import { nearest } from "./nearest";

/** What a schema has against a document, as a diagnostic at its path. */
export function documentDiagnostic(
  complaint: Complaint,
  above: readonly (string | number)[] = [],
): Diagnostic {
  const place = { at: "document", path: [...above, ...complaint.path] } as const;
  switch (complaint.is) {
    case "unknown-key": {
      const { key, known } = complaint;
      return unknownKey({ place, key, near: nearest(key, known), known });
    }
    case "missing-key":
      return missingKey({ place, key: complaint.key });
    case "bad-name":
      return badName({ place, name: complaint.name });
    case "wrong-type":
      return wrongType({ place, expected: complaint.expected, seen: complaint.seen });
    case "bad-value":
      return badValue({ place, expected: complaint.expected, seen: complaint.seen, near: complaint.near });
  }
}
