import { z } from "zod";

/** Part of host names that are signed and connected to, hence so strict. */
export const awsRegionSchema = z.string().regex(/^[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}$/, "must be an AWS region, like eu-central-1").meta({ example: "eu-central-1" });

const SUFFIXES: [prefix: string, suffix: string][] = [["cn-", "amazonaws.com.cn"], ["us-iso-", "c2s.ic.gov"], ["us-isob-", "sc2s.sgov.gov"]];

/** Host of a service in a region, as `sts.eu-central-1.amazonaws.com`. */
export const awsHost = (service: string, region: string): string => `${service}.${region}.${SUFFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "amazonaws.com"}`;
