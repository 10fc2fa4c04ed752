import * as z from "zod";

/** What the web server reads from its environment, at run time. */
export const WebEnvironment = z.object({
  /** Where the API answers. */
  API_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:4301"),
  /** Names beside localhost under which Seams is reached, separated by commas; the API has the same setting. */
  SEAMS_ALLOWED_HOSTS: z.string().default(""),
  NODE_ENV: z.string().default("production"),
});

/** The web server's settings. */
export interface WebSettings {
  readonly apiUrl: URL;
  readonly allowedHosts: readonly string[];
  readonly development: boolean;
}

/** Reads the settings anew: they belong to the process that serves, not to the build. */
export function webSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): WebSettings {
  const read = WebEnvironment.parse(environment);
  const named = read.SEAMS_ALLOWED_HOSTS.split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
  return {
    apiUrl: new URL(read.API_URL),
    allowedHosts: ["localhost", "127.0.0.1", "[::1]", ...named],
    development: read.NODE_ENV === "development",
  };
}
