"use client";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

export type SentLink = { url: string | null; sentTo: string | null; expiresAt: string; /** Whom it is for. */ to: string; purpose: "invitation" | "reset" };

/** A link that was just made: shown this once, or sent by mail. */
export function OneTimeLinkDialog({ link, onClose }: { link: SentLink | null; onClose: () => void }) {
  const until = link ? new Date(link.expiresAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "";
  const what = link?.purpose === "reset" ? "Reset link" : "Invitation";
  return (
    <Dialog open={link !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={`${what} for ${link?.to ?? ""}`} footer={<Button variant="primary" onClick={onClose}>Done</Button>}>
      {link?.url ? (
        <div className="grid gap-3">
          <Notice state="warning" title="Copy it now: it is not shown again">Pass it on to nobody but {link.to}. It works once, until {until}.</Notice>
          <CodeBlock code={link.url} title="One-time link" wrap />
        </div>
      ) : <Notice state="ready" title={`Sent to ${link?.sentTo ?? ""}`}>It works once, until {until}.</Notice>}
    </Dialog>
  );
}
