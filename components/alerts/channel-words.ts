import { Hash, Mail, Webhook, type LucideIcon } from "lucide-react";
import type { ChannelDto } from "@/lib/alerts/schema";

export const CHANNEL_WORDS: Record<ChannelDto["kind"], { title: string; detail: string; icon: LucideIcon }> = {
  webhook: { title: "Webhook", detail: "Signed JSON, by Standard Webhooks", icon: Webhook },
  slack: { title: "Slack", detail: "An incoming webhook; Mattermost takes it too", icon: Hash },
  email: { title: "Mail", detail: "Plain text, to up to 20 addresses", icon: Mail },
};
