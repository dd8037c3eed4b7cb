"use client";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { formatBytes } from "@/lib/format/bytes";
import type { OfferedImage } from "@/lib/images/schema";

export type OwnImage = { image: string; pullSecret: string };
type Props = { project: string; value: OwnImage; onChange: (next: OwnImage) => void; secrets: string[]; disabled?: boolean; error?: string };

const NONE = " ";

/** An image of one's own in place of the runtime's: typed with a tag, kept by digest. */
export function ImageFields({ project, value, onChange, secrets, disabled = false, error }: Props) {
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [found, setFound] = useState<OfferedImage | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // The form does not know the input itself: what the server refuses of it would stay out of sight.
  useEffect(() => {
    if (error) input.current?.focus();
  }, [error]);
  const byDigest = value.image.trim() === "" || value.image.includes("@sha256:");
  const resolve = async () => {
    setPending(true);
    setRefused(null);
    try {
      const answer = await fetchJson<OfferedImage>(`/api/v1/projects/${project}/images/resolve`, { body: { image: value.image.trim(), ...(value.pullSecret ? { pullSecret: value.pullSecret } : {}) } });
      setFound(answer);
      onChange({ ...value, image: answer.image });
    } catch (cause) {
      setRefused(asProblem(cause).detail);
    } finally {
      setPending(false);
    }
  };
  const says = found && found.image === value.image ? [found.tag ? `Tag ${found.tag} as of now` : null, found.sizeBytes === null ? null : `${formatBytes(found.sizeBytes)} packed`, found.platforms?.join(", ")].filter(Boolean).join(" · ") : null;
  const unapproved = found !== null && found.image === value.image && !found.approved;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="Image" optional error={error} hint={says ?? "Empty: the runtime's own. By digest: a tag may be something else tomorrow"} className="sm:col-span-2">
        <div className="flex gap-2"><Input ref={input} mono disabled={disabled} value={value.image} placeholder="registry.example.com/team/model:1.4" autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(e) => { setRefused(null); onChange({ ...value, image: e.target.value }); }} />{byDigest ? null : <Button loading={pending} disabled={disabled} onClick={() => void resolve()}>Look up digest</Button>}</div>
      </Field>
      <Field label="Login of the registry" hint="A secret with a .dockerconfigjson"><Select disabled={disabled} value={value.pullSecret || NONE} onValueChange={(v) => onChange({ ...value, pullSecret: v === NONE ? "" : v })} options={[{ value: NONE, label: "None" }, ...[...new Set([...secrets, ...(value.pullSecret ? [value.pullSecret] : [])])].map((s) => ({ value: s, label: s }))]} /></Field>
      {unapproved ? <Notice state="warning" title="Nobody has approved this image yet" className="sm:col-span-2">An image is code. Import it as a version of a model; once a platform person has approved that version, it may run here.</Notice> : null}
      {refused ? <Notice state="failed" title={refused} className="sm:col-span-2" /> : null}
    </div>
  );
}
