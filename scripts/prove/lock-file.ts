/** What is read of package-lock.json (version 3). */
export type LockEntry = {
  version?: string; resolved?: string; integrity?: string; license?: string; link?: boolean; dev?: boolean; devOptional?: boolean; optional?: boolean; inBundle?: boolean;
  dependencies?: Record<string, string>; optionalDependencies?: Record<string, string>; peerDependencies?: Record<string, string>; devDependencies?: Record<string, string>;
};
export type Lock = { name?: string; version?: string; packages: Record<string, LockEntry> };

/** The package's name of a place in the tree: node_modules/a/node_modules/@b/c is @b/c. */
export const nameAt = (at: string): string => at.slice(at.lastIndexOf("node_modules/") + "node_modules/".length);
