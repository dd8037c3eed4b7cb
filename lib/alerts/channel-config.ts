import { z } from "zod";
import { open, seal } from "@/lib/secrets/seal";

const configSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), url: z.string(), secret: z.string() }), z.object({ kind: z.literal("slack"), url: z.string() }), z.object({ kind: z.literal("email"), to: z.array(z.string()) }),
]);
export type ChannelConfig = z.infer<typeof configSchema>;

/** Binds what is sealed to its channel. */
export const channelPlace = (id: string): string => `alert-channel:${id}`;
export const sealChannel = (id: string, config: ChannelConfig): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(seal(JSON.stringify(config), channelPlace(id)), "utf8"));
export const openChannel = (row: { id: string; sealed: Uint8Array }): ChannelConfig => configSchema.parse(JSON.parse(open(Buffer.from(row.sealed).toString("utf8"), channelPlace(row.id))));
