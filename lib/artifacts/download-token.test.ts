import { expect, it } from "vitest";
import { deploymentOfDownloadToken, downloadToken, DOWNLOAD_TOKEN_SECONDS } from "@/lib/artifacts/download-token";

const id = "019583b1-9c1e-7c3a-8d3e-0123456789ab";
const key = Buffer.alloc(32, 1);
const now = new Date("2026-11-27T00:00:00Z");
const later = (s: number) => new Date(now.getTime() + s * 1000);

it("is good for its deployment until its time is over", () => {
  const { token, expiresAt } = downloadToken(id, now, key);
  expect(expiresAt).toEqual(later(DOWNLOAD_TOKEN_SECONDS));
  expect(deploymentOfDownloadToken(token, now, key)).toBe(id);
  expect(deploymentOfDownloadToken(token, later(DOWNLOAD_TOKEN_SECONDS - 1), key)).toBe(id);
  expect(deploymentOfDownloadToken(token, later(DOWNLOAD_TOKEN_SECONDS), key)).toBeNull();
});

it("is refused with another key, a longer time, another deployment or any changed letter", () => {
  const { token } = downloadToken(id, now, key);
  const [head, expires, mac] = token.split(".") as [string, string, string];
  expect(deploymentOfDownloadToken(token, now, Buffer.alloc(32, 2))).toBeNull();
  expect(deploymentOfDownloadToken(`${head}.${Number(expires) + 60}.${mac}`, now, key)).toBeNull();
  expect(deploymentOfDownloadToken(`${head.replace("ab", "ac")}.${expires}.${mac}`, now, key)).toBeNull();
  for (let i = 0; i < token.length; i++) expect(deploymentOfDownloadToken(`${token.slice(0, i)}${token[i] === "0" ? "1" : "0"}${token.slice(i + 1)}`, now, key)).toBeNull();
});
