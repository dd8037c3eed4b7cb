/** The words of the portal, the API and the database: one meaning each. */
export const CONCEPTS = [
  ["Project", "Who works on what: models, deployments, secrets and members live in one. Nothing of a project can be seen from another."],
  ["Environment", "dev, staging or prod of a project, with its budget and approval rule."],
  ["Model and version", "A version is an immutable set of files. Its digest is the SHA-256 of the list of paths, sizes and hashes; the same content is stored once a project."],
  ["Refused, quarantined, approved", "Refused files are malformed or hostile and are not kept. Quarantined ones carry code: stored, not deployable. A platform person may approve them, for a cluster only."],
  ["Profile", "What a replica gets: accelerator, cores, memory, disk, capacity type, and the price of it with its source and age."],
  ["Target", "Where replicas run: this machine, or a cluster."],
  ["Deployment", "What you want to be served, and how far that is so. Workers bring the second to the first, and keep it there."],
  ["Revision", "Version, profile, runtime and configuration as they were deployed. Immutable; going back means deploying an earlier one."],
  ["Replica", "One model server process. It is ready once it has loaded the model; it is drained before it ends."],
  ["Estimate", "A figure that nobody bills. On this machine every price is one: cores and memory, at what the cloud asks for theirs."],
  ["Used and idle", "The part of a deployment's cost in which replicas computed predictions, and the rest."],
  ["Unknown", "What was not measured, or has no price on file. It is never shown as 0."],
] as const;
