import { KeyValueList } from "@/components/ui/key-value-list";
import { Status } from "@/components/ui/status";
import type { Profile } from "@/lib/profiles/schema";
import type { TargetDto } from "@/lib/targets-catalogue/schema";

const STATES = { ok: "ready", warning: "warning", missing: "failed", unknown: "stopped" } as const;
const WORDS = { ok: "Enough for a start", warning: "Tight", missing: "None", unknown: "Unknown" } as const;

/** What of the account decides beside the fit: its quota of GPU instances, the node's volume, and what it pays of the list price. */
export function AccountLimits({ target, profile: p }: { target: TargetDto | undefined; profile: Profile }) {
  const quota = target?.gpuQuota;
  return (
    <div className="mt-4 text-sm">
      <KeyValueList items={[
        ...(p.accelerator?.kind === "gpu" ? [{ label: "EC2 vCPU quota", value: quota ? <><Status state={STATES[quota.status]} size="sm">{WORDS[quota.status]}</Status> <span className="text-ink-muted">{quota.detail}</span></> : <><Status state="stopped" size="sm">Unknown</Status> <span className="text-ink-muted">Without AWS credentials it cannot be read; in a new account it is zero.</span></> }] : []),
        { label: "Node's volume", value: p.diskSizedFromModel ? `${p.diskGib} GiB, or as much as the model needs: the disk's bar above` : p.diskGib === null ? "not on file" : `${p.diskGib} GiB` },
        ...(p.capacityType === "spot" ? [] : [{ label: "Discount", value: target?.onDemandDiscountPercent ? `${target.onDemandDiscountPercent}% off on-demand prices, as set on ${target.name}; in the forecast, not in the list price above` : "none set on this target" }]),
      ]} />
    </div>
  );
}
