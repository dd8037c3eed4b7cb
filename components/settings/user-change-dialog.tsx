"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ROLE_WORDS } from "@/components/auth/role-words";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toast";
import { fetchJson, fetchWithEtag } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { UserDto } from "@/lib/users/schema";

export type UserChange = { user: UserDto; kind: "role" | "disable" | "enable" };

/** Asks before a person's role or access changes, since that ends their sessions. */
export function UserChangeDialog({ change, me, onClose }: { change: UserChange | null; me: string; onClose: () => void }) {
  return change ? <Ask key={`${change.kind}:${change.user.id}`} change={change} me={me} onClose={onClose} /> : null;
}

function Ask({ change: { user, kind }, me, onClose }: { change: UserChange; me: string; onClose: () => void }) {
  const client = useQueryClient();
  const [role, setRole] = useState<string>(user.instanceRole ?? "none");
  const self = user.id === me;
  const path = `/api/v1/users/${encodeURIComponent(user.id)}`;
  const save = async () => {
    // Read again, so that what was shown and what is changed are the same.
    const { etag, data } = await fetchWithEtag<UserDto>(path);
    if (data.instanceRole !== user.instanceRole || data.disabled !== user.disabled) {
      await client.invalidateQueries({ queryKey: keys.users });
      throw new Error("Somebody changed this person since the list was read. Close this, look at the list, and repeat your change.");
    }
    await fetchJson(path, { method: "PATCH", ifMatch: etag, body: kind === "role" ? { instanceRole: role === "none" ? null : role } : { disabled: kind === "disable" } });
    await client.invalidateQueries({ queryKey: keys.users });
    toast.success(kind === "role" ? `Role of ${user.name} changed` : `Account of ${user.name} ${kind}d`);
  };
  const words = {
    role: { title: `Change the role of ${user.name}`, label: "Change role", tone: "primary" as const },
    disable: { title: `Disable the account of ${user.name}?`, label: "Disable account", tone: "danger" as const },
    enable: { title: `Enable the account of ${user.name}?`, label: "Enable account", tone: "primary" as const },
  }[kind];
  return (
    <ConfirmDialog open onOpenChange={(open) => { if (!open) onClose(); }} title={words.title} confirmLabel={words.label} tone={words.tone} onConfirm={save}>
      {kind === "role" ? (
        <>
          <RadioCards aria-label="Role" value={role} onValueChange={setRole} options={[
            { value: "owner", title: "Owner", detail: ROLE_WORDS.owner }, { value: "platform", title: "Platform", detail: ROLE_WORDS.platform },
            { value: "none", title: "No instance role", detail: "Rights come from the projects they are a member of." },
          ]} />
          <p>A changed role ends {self ? "your own sessions: you have to sign in again" : "their sessions: they have to sign in again"}.</p>
        </>
      ) : kind === "disable" ? <p>{self ? "This is your own account. " : ""}Their sessions end and their tokens are refused at once. What they deployed keeps running, and the account can be enabled again.</p> : <p>They can sign in again, with the roles they had.</p>}
    </ConfirmDialog>
  );
}
