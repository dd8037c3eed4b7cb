"use client";
import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { TokenDto } from "@/lib/tokens/schema";
import { CreateTokenDialog, type TokenRights } from "./create-token-dialog";

const c = tableColumns<TokenDto>();

/** API tokens that still work: one's own, or everybody's for an owner. */
export function TokenList({ nowMs, rights }: { nowMs: number; rights: TokenRights }) {
  const client = useQueryClient();
  const [creating, setCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [all, setAll] = useState<"false" | "true">("false");
  const [revoking, setRevoking] = useState<TokenDto | null>(null);
  const list = useCursorList<TokenDto>(keys.tokens, "/api/v1/tokens", { all });
  const columns = useMemo(() => c.columns([
    c.accessor("name", { header: "Name", cell: ({ row: { original: t } }) => <span className="grid"><span className="font-medium">{t.name}</span><span className="font-mono text-xs text-ink-faint">{t.prefix}…</span></span> }),
    ...(all === "true" ? [c.accessor((t) => t.owner ?? "Slipway itself", { id: "owner", header: "Acts for", meta: { hideSmall: true } })] : []),
    c.accessor((t) => t.scopes.join(" "), { id: "scopes", header: "Scopes", cell: ({ row: { original: t } }) => <Scopes token={t} /> }),
    c.accessor((t) => t.lastUsedAt ?? "", { id: "used", header: "Last used", cell: ({ row: { original: t } }) => (t.lastUsedAt ? <RelativeTime time={t.lastUsedAt} nowMs={nowMs} /> : <span className="text-ink-faint">never</span>) }),
    c.accessor((t) => t.expiresAt ?? "9999", { id: "expires", header: "Expires", cell: ({ row: { original: t } }) => <Expiry token={t} nowMs={nowMs} /> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: t } }) => <RowMenu name={t.name} items={[{ label: "Revoke token", danger: true, onSelect: () => setRevoking(t) }]} /> }),
  ]), [all, nowMs]);
  const revoke = async () => {
    await fetchJson(`/api/v1/tokens/${revoking!.id}`, { method: "DELETE" });
    await client.invalidateQueries({ queryKey: keys.tokens });
    toast.success(`Token ${revoking!.name} revoked`);
  };
  return (
    <>
      <PageHeader title="API tokens" meta="For scripts, CI and callers of your models. A token acts for you, within your own rights."
        actions={<>
          {rights.owner ? <SegmentedControl aria-label="Whose tokens" size="md" options={[{ value: "false", label: "Yours" }, { value: "true", label: "Everybody’s" }]} value={all} onValueChange={setAll} /> : null}
          <Button variant="primary" onClick={() => void setCreating(true)}>New token</Button>
        </>} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the tokens" label="API tokens" columns={columns} getRowId={(t) => t.id}
          card={(t) => (
            <div className="flex items-start gap-3">
              <div className="grid min-w-0 flex-1 gap-1">
                <span className="font-medium">{t.name}</span><span className="font-mono text-xs text-ink-faint">{t.prefix}…{all === "true" ? ` · ${t.owner ?? "Slipway itself"}` : ""}</span>
                <Scopes token={t} /><span className="text-sm text-ink-muted">expires <Expiry token={t} nowMs={nowMs} /></span>
              </div>
              <RowMenu name={t.name} items={[{ label: "Revoke token", danger: true, onSelect: () => setRevoking(t) }]} />
            </div>
          )}
          empty={<EmptyState icon={<KeyRound aria-hidden />} title="No tokens yet" actions={<Button onClick={() => void setCreating(true)}>New token</Button>}>Make one for each script or pipeline, so that each can be revoked by itself.</EmptyState>} />
      </div>
      <CreateTokenDialog open={creating} onOpenChange={(open) => void setCreating(open || null)} rights={rights} />
      <ConfirmDialog open={revoking !== null} onOpenChange={(open) => { if (!open) setRevoking(null); }} title={`Revoke ${revoking?.name ?? ""}?`} confirmLabel="Revoke token" onConfirm={revoke}>
        <p>Whatever uses it is refused from its next request on. This cannot be undone; a new token has to be made.</p>
      </ConfirmDialog>
    </>
  );
}

function Scopes({ token }: { token: TokenDto }) {
  return <span className="inline-flex flex-wrap gap-1">{token.scopes.map((s) => <Badge key={s} tone={s === "admin" ? "warning" : "neutral"}>{s}</Badge>)}{token.project ? <Badge tone="outline">only {token.project}</Badge> : null}</span>;
}

function Expiry({ token, nowMs }: { token: TokenDto; nowMs: number }) {
  if (!token.expiresAt) return <>never</>;
  const soon = Date.parse(token.expiresAt) - nowMs < 7 * 86_400_000;
  return <span className={soon ? "font-medium text-warning" : undefined}>{soon ? <RelativeTime time={token.expiresAt} nowMs={nowMs} /> : <time dateTime={token.expiresAt}>{token.expiresAt.slice(0, 10)}</time>}</span>;
}
