import type { Place } from "./diagnostic";

/** Where a diagnostic sits, in words. */
export function placeWords(place: Place): string {
  switch (place.at) {
    case "graph":
      return "the pipeline";
    case "stage":
      return place.stage;
    case "port":
      return `${place.stage}.${place.port}`;
    case "param":
      return `${place.stage} › ${place.path.join(".")}`;
    case "link":
      return `${place.from} → ${place.to}`;
    case "document": {
      const path = place.path.length === 0 ? "the document" : place.path.join(".");
      return place.line === undefined ? path : `${path}, line ${place.line}`;
    }
    case "field":
      return `field ${place.field}`;
    case "cell":
      return [
        place.file,
        ...(place.row === undefined ? [] : [`row ${place.row}`]),
        ...(place.column === undefined ? [] : [`column ${place.column}`]),
      ].join(", ");
  }
}
