import { expect, it } from "vitest";
import { appErrorOf, fieldConflicts, KubeApiError } from "@/lib/targets/kubernetes/api-error";
import type { FieldsV1, Metadata } from "@/lib/targets/kubernetes/objects";
import { fieldPaths, lostFields, ownedPrints } from "@/lib/targets/kubernetes/owned-fields";

const image: FieldsV1 = { "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"server"}': { ".": {}, "f:image": {}, "f:name": {} } } } } } };
const withoutImage: FieldsV1 = { "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"server"}': { ".": {}, "f:name": {} } } } } } };
const metadata = (own: FieldsV1, others: { manager: string; fields: FieldsV1 }[] = []): Metadata => ({
  name: "m", managedFields: [{ manager: "slipway", operation: "Apply", apiVersion: "apps/v1", fieldsV1: own }, ...others.map((o) => ({ manager: o.manager, operation: "Update" as const, apiVersion: "apps/v1", fieldsV1: o.fields }))],
});

it("tells fields by paths that people can read", () => {
  expect(fieldPaths(image)).toEqual(['.spec.template.spec.containers[name="server"].image', '.spec.template.spec.containers[name="server"].name']);
});

it("names who took which field, and counts those that nobody has any more", () => {
  const kept = ownedPrints(metadata(image));
  expect(lostFields(metadata(image, [{ manager: "kubectl-edit", fields: { "f:metadata": { "f:annotations": { "f:theirs": {} } } } }]), kept)).toBeNull();
  expect(lostFields(metadata(withoutImage, [{ manager: "kubectl-set", fields: image }]), kept)).toEqual({ taken: [{ manager: "kubectl-set", field: '.spec.template.spec.containers[name="server"].image' }], removed: 0 });
  expect(lostFields(metadata(withoutImage), kept)).toEqual({ taken: [], removed: 1 });
});

it("tells who edits from who applies, in the words of kube-apiserver 1.36", () => {
  const refused = new KubeApiError(409, "PATCH x", { reason: "Conflict", details: { causes: [
    { reason: "FieldManagerConflict", message: 'conflict with "kubectl-edit" using apps/v1', field: ".spec.replicas" }, { reason: "FieldManagerConflict", message: 'conflict with "argocd-controller"', field: ".spec.template" },
  ] } });
  expect(fieldConflicts(refused)).toEqual([{ manager: "kubectl-edit", applies: false, field: ".spec.replicas" }, { manager: "argocd-controller", applies: true, field: ".spec.template" }]);
  expect(fieldConflicts(new KubeApiError(409, "POST x", { reason: "AlreadyExists" }))).toBeNull();
});

it("AWS credentials that cannot be had are said as such; a fault of our own stays one", () => {
  const missing = Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" });
  expect(appErrorOf(missing, "prod")).toMatchObject({ code: "bad_gateway", message: expect.stringContaining("AWS credentials") as string });
  const bug = new TypeError("x is not a function");
  expect(appErrorOf(bug, "prod")).toBe(bug);
});
