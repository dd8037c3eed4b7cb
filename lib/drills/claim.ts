import { db } from "@/lib/db/client";

/** A worker that dies is followed by another after this. */
const LEASE_MS = 10_000;

/** `until` is when the lease ends, later than that of any claim before it: whoever holds an earlier one writes nothing any more. */
export type Claim = { id: string; until: Date };

/** The drills that run and that nobody else has in hand. */
export const claimDrills = () => db().$queryRaw<Claim[]>`
  UPDATE "Drill" SET "leaseUntil" = now() + ${LEASE_MS} * interval '1 millisecond'
  WHERE id IN (SELECT id FROM "Drill" WHERE state = 'running' AND ("leaseUntil" IS NULL OR "leaseUntil" <= now()) FOR UPDATE SKIP LOCKED) RETURNING id, "leaseUntil" AS until`;

/** What a claim may still write to. */
export const held = ({ id, until }: Claim) => ({ id, state: "running", leaseUntil: until });
