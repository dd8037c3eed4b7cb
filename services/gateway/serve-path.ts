export type ServePath = { project: string; deployment: string; /** null: by weight. */ revision: number | null; /** Path and query for the replica. */ rest: string };

const PATTERN = /^\/serve\/([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9-]{0,62})(?:(?:@|%40)([1-9]\d{0,8}))?(\/v2(?:\/[^?#]*)?)(\?[^#]*)?$/;

/**
 * Reads `/serve/{project}/{deployment}[@{revision}]/v2…`. null for anything else: only the inference protocol is public, so neither
 * /metrics nor any other path of a replica, and nothing that could climb out by dots, doubled or encoded slashes, or backslashes.
 */
export function parseServePath(url: string): ServePath | null {
  const found = PATTERN.exec(url);
  if (!found) return null;
  const [, project, deployment, revision, path, query] = found as unknown as [string, string, string, string | undefined, string, string | undefined];
  if (/\\|%2f|%5c|%00|\/\//i.test(path)) return null;
  // Nothing else can hide a dot segment, and most paths have neither.
  if (path.includes("%") || path.includes("/.")) {
    for (const segment of path.split("/")) {
      let plain: string;
      try {
        plain = decodeURIComponent(segment);
      } catch {
        return null;
      }
      if (plain === "." || plain === "..") return null;
    }
  }
  return { project, deployment, revision: revision === undefined ? null : Number(revision), rest: path + (query ?? "") };
}
