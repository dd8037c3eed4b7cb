import type { RevisionContext } from "./context";

const MIB = 1024 * 1024;
/** /tmp and HOME, each. */
export const TMP_MIB = 1024;

/** The volume the files are fetched to: they, and a little for the directory. */
export const modelVolumeMib = (r: RevisionContext) => Math.ceil((r.fetchBytes / MIB) * 1.02) + 16;

/** Of the node's disk: files, caches, /tmp, HOME and logs. Memory-backed folders are not on it. */
export const diskMib = (r: RevisionContext) => modelVolumeMib(r) + r.shape.writable.reduce((sum, w) => sum + w.sizeMib, 0) + 2 * TMP_MIB + 512;

/** Requests are limits: what was priced is what it gets, and no neighbour takes it. */
export function serverResources(r: RevisionContext): { requests: Record<string, string>; limits: Record<string, string> } {
  const { resources } = r.revision;
  const { acceleratorResource } = r.cluster.placement;
  const both = {
    cpu: `${resources.cpuMillicores}m`, memory: `${resources.memoryMib}Mi`, "ephemeral-storage": `${diskMib(r)}Mi`,
    ...(resources.accelerator === null || acceleratorResource === null ? {} : { [acceleratorResource]: String(resources.accelerator.count) }),
  };
  return { requests: both, limits: both };
}

/** The init container runs before the server and within what the server asks for, so it costs nothing. */
export function fetchResources(r: RevisionContext): { requests: Record<string, string>; limits: Record<string, string> } {
  const { resources } = r.revision;
  const both = { cpu: `${Math.min(2000, resources.cpuMillicores)}m`, memory: `${Math.min(512, resources.memoryMib)}Mi`, "ephemeral-storage": `${diskMib(r)}Mi` };
  return { requests: both, limits: both };
}
