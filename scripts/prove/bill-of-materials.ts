import { createHash } from "node:crypto";
import { nameAt, type Lock, type LockEntry } from "./lock-file";

type Component = {
  type: "library"; "bom-ref": string; group?: string; name: string; version: string; scope: "required" | "optional"; purl: string;
  hashes: { alg: "SHA-512"; content: string }[]; licenses: { expression: string }[] | { license: { name: string } }[]; externalReferences: { type: "distribution"; url: string }[];
};
export type Bom = {
  bomFormat: "CycloneDX"; specVersion: "1.6"; serialNumber: string; version: 1;
  metadata: { component: { type: "application"; "bom-ref": string; name: string; version: string; licenses: { license: { id: string } }[] } };
  components: Component[]; dependencies: { ref: string; dependsOn: string[] }[];
};

/** npm's own `npm sbom --omit dev` leaves out what a development package needs as well, next's own packages among them; hence from the lock file itself. */
const shipped = (entry: LockEntry) => !entry.link && !entry.dev && !entry.devOptional;

/**
 * Pure: what an installation without development packages may hold, as CycloneDX. The same lock file gives the same bytes. A package that is only for
 * another platform is there as optional: which of them are installed depends on the machine.
 */
export function billOfMaterials(lock: Lock, licence = "Apache-2.0"): Bom {
  const root = { ref: `pkg:npm/${lock.name}@${lock.version}`, name: lock.name!, version: lock.version! };
  const entries = Object.entries(lock.packages).filter(([at, entry]) => at !== "" && shipped(entry));
  const components = new Map<string, Component>();
  const edges = new Map<string, Set<string>>([[root.ref, new Set()]]);
  for (const [at, entry] of entries) {
    const component = componentOf(nameAt(at), entry);
    const before = components.get(component["bom-ref"]);
    // One package in several places: required somewhere is required, and where it lies inside another package it has no hash of its own.
    const [fuller, other] = before && (before.hashes.length > 0 || component.hashes.length === 0) ? [before, component] : [component, before];
    components.set(component["bom-ref"], { ...fuller, scope: other?.scope === "required" ? "required" : fuller.scope });
  }
  for (const [at, entry] of [["", lock.packages[""]!] as const, ...entries]) {
    const ref = at === "" ? root.ref : refOf(nameAt(at), entry.version!);
    const to = edges.get(ref) ?? edges.set(ref, new Set()).get(ref)!;
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies })) {
      const found = resolve(lock, at, name);
      if (found && shipped(found)) to.add(refOf(name, found.version!));
    }
  }
  return {
    bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: `urn:uuid:${uuidOf(JSON.stringify([root, [...components.keys()].sort()]))}`, version: 1,
    metadata: { component: { type: "application", "bom-ref": root.ref, name: root.name, version: root.version, licenses: [{ license: { id: licence } }] } },
    components: [...components.values()].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1)),
    dependencies: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([ref, to]) => ({ ref, dependsOn: [...to].sort() })),
  };
}

const refOf = (name: string, version: string) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

function componentOf(full: string, entry: LockEntry): Component {
  const [group, name] = full.startsWith("@") ? [full.split("/")[0]!, full.split("/")[1]!] : [undefined, full];
  const ref = refOf(full, entry.version!);
  const sha512 = /sha512-([\w+/=]+)/.exec(entry.integrity ?? "")?.[1];
  return {
    type: "library", "bom-ref": ref, ...(group ? { group } : {}), name, version: entry.version!, scope: entry.optional ? "optional" : "required", purl: ref,
    hashes: sha512 ? [{ alg: "SHA-512", content: Buffer.from(sha512, "base64").toString("hex") }] : [],
    licenses: !entry.license ? [] : /^[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*$|^\(.*\)$/.test(entry.license) ? [{ expression: entry.license }] : [{ license: { name: entry.license } }],
    externalReferences: entry.resolved ? [{ type: "distribution", url: entry.resolved }] : [],
  };
}

/** As Node finds a package: in the nearest node_modules upwards. */
function resolve(lock: Lock, from: string, name: string): LockEntry | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const found = lock.packages[`${at ? `${at}/` : ""}node_modules/${name}`];
    if (found || at === "") return found;
  }
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
