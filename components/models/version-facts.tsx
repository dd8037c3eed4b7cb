import { formatName } from "@/components/models/format-names";
import { factName } from "@/components/models/fact-names";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount, formatCountShort } from "@/lib/format/number";
import type { VersionDto } from "@/lib/models/schema";

/** What the files' own headers say. What they do not say is shown as unknown, never as nothing. */
export function VersionFacts({ version: v, nowMs }: { version: VersionDto; nowMs: number }) {
  const types = Object.entries(v.weightBytesByType ?? {}).sort(([, a], [, b]) => b - a).map(([type, bytes]) => `${formatBytes(bytes)} ${type}`);
  return (
    <KeyValueList items={[
      { label: "Format", value: formatName(v.format) },
      { label: "Size", value: <>{formatBytes(v.sizeBytes)}<span className="text-ink-faint"> in {v.files.length === 1 ? "one file" : `${v.files.length} files`}</span></> },
      { label: "Parameters", value: v.parameters === null ? <span className="text-ink-faint">unknown</span> : <span title={formatCount(v.parameters)}>{formatCountShort(v.parameters)}</span> },
      { label: "Weights", value: types.length > 0 ? types.join(", ") : v.weightBytes === null ? <span className="text-ink-faint">unknown</span> : formatBytes(v.weightBytes) },
      ...Object.entries(v.facts).map(([name, value]) => ({ label: factName(name), value: typeof value === "number" ? formatCount(value) : value })),
      { label: "Digest", value: <span className="flex items-center gap-1"><span className="font-mono text-sm" title={v.digest}>{shortDigest(v.digest)}</span><CopyButton text={v.digest} label="Copy digest" /></span> },
      { label: "Created", value: <><RelativeTime time={v.createdAt} nowMs={nowMs} /> <span className="text-ink-muted">by {v.createdBy}</span></> },
      ...(v.approvedAt ? [{ label: "Approved", value: <><RelativeTime time={v.approvedAt} nowMs={nowMs} /> <span className="text-ink-muted">by {v.approvedBy ?? "somebody who is gone"}</span></> }] : []),
    ]} />
  );
}

const shortDigest = (digest: string) => `${digest.replace(/^sha256:/, "").slice(0, 12)}…`;
