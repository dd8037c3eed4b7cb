import { type BrowserContext, expect, type Page } from "@playwright/test";

const PASSWORD = "correct horse battery";
export type Session = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Somebody is invited, accepts and is signed in, over the API: how the pages do that, the accounts' own journey shows. */
export async function comeIn(page: Page, name: string, invitation: { email: string } & Record<string, string>): Promise<Session> {
  const { request } = page;
  const post = async (url: string, data: object, headers: Record<string, string>) => {
    const answer = await request.post(url, { data, headers });
    expect(answer.ok(), `${url}: ${await answer.text()}`).toBe(true);
    return answer;
  };
  const invited = await post("/api/v1/invitations", invitation, { authorization: `Bearer ${process.env.SLIPWAY_TEST_TOKEN}` });
  const link = new URL(((await invited.json()) as { url: string }).url);
  const headers = { origin: link.origin };
  await post("/api/v1/invitations/accept", { token: link.hash.replace("#token=", ""), name, password: PASSWORD }, headers);
  await post("/api/auth/sign-in/email", { email: invitation.email, password: PASSWORD }, headers);
  return page.context().cookies();
}
