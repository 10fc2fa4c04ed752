/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

/** Text that is put into HTML: a person's words stay words. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0) ?? 0};`);

type Part = Html | string | number;

const written = (part: Part): string => (typeof part === "object" ? part.html : escapeHtml(String(part)));

/** Builds HTML: every value is escaped, unless it was built so itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly (Part | readonly Part[])[]): Html {
  const values = parts.map((part) =>
    Array.isArray(part) ? part.map(written).join("") : written(part as Part),
  ); // lists were taken above
  return { html: strings.map((text, k) => `${text}${values[k] ?? ""}`).join("") };
}

/** A table with a caption for those who can't see it; numbers to the right. */
export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<table><caption>${caption}</caption><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, k) => (k === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`,
  )}</tbody></table>`;
