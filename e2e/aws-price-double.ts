import http from "node:http";
import type { AddressInfo } from "node:net";

/** What the double says; a test changes it between two questions. */
export type PriceAnswers = {
  /** USD an hour as AWS writes it, by region and type; "denied": AWS refuses pricing:GetProducts. */
  onDemand: Record<string, Record<string, string>> | "denied";
  /** The Spot Advisor's file as text, and when the server says it was made. */
  advisor: { status: number; body: string; lastModified?: string };
};

type Filter = { Field: string; Value: string };
const PAGE = 2;

/**
 * AWS's price list and the Spot Advisor's file on loopback, in the shape their documentation and recorded answers give; signatures are not
 * checked. Everything else (EC2) is handed on to `others`, moto in the process tests, and refused as AWS refuses without one.
 */
export async function startPriceDouble(answers: PriceAnswers, others: string | null = null): Promise<{ url: string; asked: string[]; stop(): Promise<void> }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const target = String(request.headers["x-amz-target"] ?? "");
    asked.push(target || String(request.url));
    if (request.url === "/spot-advisor-data.json") {
      response.writeHead(answers.advisor.status, { "content-type": "application/json", ...(answers.advisor.lastModified ? { "last-modified": answers.advisor.lastModified } : {}) }).end(answers.advisor.body);
    } else if (target === "AWSPriceListService.GetProducts") {
      if (answers.onDemand === "denied") return void response.writeHead(400, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ __type: "AccessDeniedException", message: "not authorized to perform: pricing:GetProducts" }));
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(page(JSON.parse(body.toString("utf8")) as Parameters<typeof page>[0], answers.onDemand)));
    } else if (others) {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([k]) => !["host", "connection", "content-length"].includes(k))) as Record<string, string>;
      const handed = await fetch(`${others}${request.url}`, { method: request.method, headers, ...(body.length > 0 ? { body } : {}) });
      response.writeHead(handed.status, { "content-type": handed.headers.get("content-type") ?? "text/xml" }).end(Buffer.from(await handed.arrayBuffer()));
    } else {
      response.writeHead(403, { "content-type": "text/xml" }).end("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized</Message></Error></Errors><RequestID>1</RequestID></Response>");
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

/** Two products a page, each as the price list writes one, and beside it the entry for reserved capacity that costs nothing. */
function page({ Filters, NextToken }: { Filters: Filter[]; NextToken?: string }, prices: Record<string, Record<string, string>>) {
  const region = Filters.find((f) => f.Field === "regionCode")?.Value ?? "";
  const all = Object.entries(prices[region] ?? {}).flatMap(([type, usd]) => [product(type, usd, region, "BoxUsage"), product(type, "0.0000000000", region, "UnusedBox")]);
  const from = Number(NextToken ?? 0);
  return { FormatVersion: "aws_v1", PriceList: all.slice(from, from + PAGE), ...(from + PAGE < all.length ? { NextToken: String(from + PAGE) } : {}) };
}

export function product(instanceType: string, usd: string, region: string, usage: string, operation = "RunInstances"): string {
  const sku = Buffer.from(`${instanceType}${usage}`).toString("hex").slice(0, 16).toUpperCase();
  return JSON.stringify({
    product: { productFamily: "Compute Instance", sku, attributes: { servicecode: "AmazonEC2", instanceType, regionCode: region, operatingSystem: "Linux", tenancy: "Shared", preInstalledSw: "NA", capacitystatus: "Used", operation, usagetype: `${usage}:${instanceType}` } },
    serviceCode: "AmazonEC2", version: "20261120000000", publicationDate: "2026-11-20T00:00:00Z",
    terms: { OnDemand: { [`${sku}.JRTCKXETXF`]: { sku, offerTermCode: "JRTCKXETXF", effectiveDate: "2026-11-01T00:00:00Z", termAttributes: {}, priceDimensions: { [`${sku}.JRTCKXETXF.6YS6EN2CT7`]: { unit: "Hrs", rateCode: "x", endRange: "Inf", beginRange: "0", appliesTo: [], description: `$${usd} per On Demand Linux ${instanceType} Instance Hour`, pricePerUnit: { USD: usd } } } } } },
  });
}

/** The advisor's file as the public parsers of it know it. */
export const advisorFile = (rows: Record<string, Record<string, { s: number; r: number }>>): string => JSON.stringify({
  global_rate: "<10%", instance_types: {},
  ranges: [{ index: 0, label: "<5%", dots: 0, max: 5 }, { index: 1, label: "5-10%", dots: 1, max: 11 }, { index: 2, label: "10-15%", dots: 2, max: 16 }, { index: 3, label: "15-20%", dots: 3, max: 22 }, { index: 4, label: ">20%", dots: 4, max: 100 }],
  spot_advisor: Object.fromEntries(Object.entries(rows).map(([region, Linux]) => [region, { Linux, Windows: {} }])),
});
