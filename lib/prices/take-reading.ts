import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { env } from "@/lib/env";
import { askAcceleratorMemory, askOnDemand, askSpot, NothingListed } from "@/lib/prices/ask-aws";
import { askSpotAdvisor } from "@/lib/prices/ask-spot-advisor";
import { accountFor, type AwsAccount } from "@/lib/prices/aws-account";
import type { WantedReading } from "@/lib/prices/plan-readings";
import type { Answer, ReadingKind } from "@/lib/prices/reading";
import { awsData } from "@/lib/profiles/aws-data";
import { awsProblem } from "@/lib/targets/eks/aws-problem";

const ACTIONS: Record<ReadingKind, string> = { "on-demand": "pricing:GetProducts", spot: "ec2:DescribeSpotPriceHistory", "spot-advisor": "", "accelerator-memory": "ec2:DescribeInstanceTypes" };
export const NO_ACCOUNT = "No AWS account is connected. Connect an EKS cluster, and its credentials are used to read prices.";

/** Asks once and writes down how it went. A failure leaves the last good answer in place. Says whether the figures are new. */
export async function takeReading(wanted: WantedReading, accounts: readonly AwsAccount[], now: Date): Promise<boolean> {
  const key = { kind_region: { kind: wanted.kind, region: wanted.region } };
  const account = wanted.kind === "spot-advisor" ? null : accountFor(accounts, wanted.region);
  const result = await ask(wanted, account, now).catch((error: unknown) => problemOf(error, wanted.kind));
  const tried = { triedAt: now, problem: typeof result === "string" ? result : null, account: account?.target ?? null };
  const write = typeof result === "string" ? tried : { ...tried, data: result.data as Prisma.InputJsonValue, source: result.source, asOf: result.asOf };
  await db().priceReading.upsert({ where: key, create: { ...wanted, ...write }, update: write });
  return typeof result !== "string";
}

async function ask({ kind, region }: WantedReading, account: AwsAccount | null, now: Date): Promise<Answer> {
  const types = awsData().types.types;
  const names = new Set(Object.keys(types));
  if (kind === "spot-advisor") return askSpotAdvisor(names, now, env().SLIPWAY_SPOT_ADVISOR_URL);
  if (!account) throw new AppError("unprocessable", NO_ACCOUNT);
  if (kind === "on-demand") return askOnDemand(region, names, account, now);
  if (kind === "spot") return askSpot(region, names, account, now);
  return askAcceleratorMemory(Object.entries(types).filter(([, t]) => t.accelerator?.memoryMiBEach === null).map(([name]) => name), account, now);
}

const problemOf = (error: unknown, kind: ReadingKind): string => (error instanceof AppError || error instanceof NothingListed ? error.message : awsProblem(error, ACTIONS[kind]).message);
