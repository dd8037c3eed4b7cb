/** The documents of a YAML stream as Slipway writes it: `---` on a line of its own stands between them, and nowhere else at the margin. */
export const splitDocuments = (yaml: string): string[] => yaml.split(/^---\n/m);
