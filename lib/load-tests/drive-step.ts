import { clusterEdgeConnector } from "@/lib/deployments/reach-endpoint";
import { driveClosed, driveOpen, type DriveOptions } from "@/lib/load-tests/drive";
import { senderTo } from "@/lib/load-tests/send-requests";
import type { StepTally } from "@/lib/load-tests/summarise-step";

/** Plain data, so that it can be handed to a thread. `local`: this machine's gateway; anything else is vetted at each connection. */
export type StepOrder = { loop: "closed" | "open"; load: number; seconds: number; url: string; headers: Record<string, string>; body: Uint8Array; local: boolean };
export type DriveStep = (order: StepOrder, o: Omit<DriveOptions, "seconds">) => Promise<StepTally>;

const OPEN_CONNECTIONS = 256;

/** Sends one step's load from this thread. */
export const driveStep: DriveStep = async (order, o) => {
  const { send, close } = senderTo({ url: order.url, headers: order.headers, body: order.body, connections: order.loop === "closed" ? order.load : OPEN_CONNECTIONS, ...(order.local ? {} : { connect: clusterEdgeConnector() }) }, o.signal);
  try {
    return await (order.loop === "closed" ? driveClosed : driveOpen)(order.load, send, { ...o, seconds: order.seconds });
  } finally {
    await close();
  }
};
