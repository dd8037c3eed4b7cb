import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { grafanaLink } from "@/lib/observability/grafana/grafana-link";
import { getGrafana, putGrafana } from "@/lib/observability/grafana/grafana-settings";
import { pushDashboards } from "@/lib/observability/grafana/push-dashboards";
import { readDeploymentDashboard } from "@/lib/observability/grafana/read-dashboard";
import { putGrafanaSchema } from "@/lib/observability/grafana/schema";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";

const TOKEN = "glsa_never-shown-anywhere";
useTestDatabase({ SLIPWAY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") });
let answers = 200;
const taken: { url: string | undefined; authorization: string | undefined; body: { dashboard: { uid: string; title: string }; overwrite: boolean; folderUid?: string } }[] = [];
const grafana = http.createServer((q, r) => {
  let body = "";
  q.on("data", (d: Buffer) => (body += d.toString())).on("end", () => {
    taken.push({ url: q.url, authorization: q.headers.authorization, body: JSON.parse(body) as never });
    r.writeHead(answers, answers === 302 ? { location: "https://elsewhere.example/" } : {}).end('{"message":"<b>its own words</b>"}');
  });
});
beforeAll(async () => {
  await new Promise<void>((done) => grafana.listen(0, "127.0.0.1", done));
});
afterAll(() => void grafana.close());

it("pushes the fleet's and each deployment's dashboard with the sealed token, says what was refused, and never sends the token to another address", async () => {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const target = await db().target.create({ data: { slug: "kind", name: "kind", kind: "kubernetes", config: { auth: "in-cluster", instance: "abcdefgh" } } });
  await expect(readDeploymentDashboard(projectId, "iris")).rejects.toMatchObject({ code: "unprocessable" });
  await db().deployment.update({ where: { id }, data: { targetId: target.id } });
  const url = `http://127.0.0.1:${(grafana.address() as AddressInfo).port}`;
  await putGrafana(tester, "kind", putGrafanaSchema.parse({ url, token: TOKEN, folderUid: "models" }));
  expect(await pushDashboards(tester, "kind")).toEqual({ pushed: 2, failed: [] });
  expect(taken.map((t) => [t.url, t.authorization, t.body.overwrite, t.body.folderUid])).toEqual(Array(2).fill(["/api/dashboards/db", `Bearer ${TOKEN}`, true, "models"]));
  const { uid } = await readDeploymentDashboard(projectId, "iris");
  expect(taken.map((t) => t.body.dashboard.uid)).toContain(uid);
  expect(await grafanaLink({ id, target: "kind" })).toBe(`${url}/d/${uid}`);

  for (const [status, words] of [[403, "Editor"], [302, "302"]] as const) {
    answers = status;
    const { failed } = await pushDashboards(tester, "kind");
    expect(failed).toHaveLength(2);
    for (const f of failed) expect(f.message).toContain(words);
  }
  const shown = JSON.stringify([await getGrafana(tester, "kind"), await db().targetGrafana.findMany(), await db().auditEntry.findMany({ select: { detail: true } })]);
  expect(shown).not.toContain(TOKEN.slice(5));
  expect(shown).not.toContain("its own words");

  expect((await putGrafana(tester, "kind", putGrafanaSchema.parse({ url: `${url}/other` }))).tokenSet).toBe(false);
  await expect(pushDashboards(tester, "kind")).rejects.toMatchObject({ code: "unprocessable" });
  expect(putGrafanaSchema.safeParse({ url: "http://grafana.example.com", token: "x" }).success).toBe(false);
});
