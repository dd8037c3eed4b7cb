import { KeyValueList } from "@/components/ui/key-value-list";
import { Status } from "@/components/ui/status";
import { formatCount } from "@/lib/format/number";
import type { Profile } from "@/lib/profiles/schema";
import { quotasOf, type InstanceQuota } from "@/lib/targets/eks/ec2-quotas";
import type { TargetDto } from "@/lib/targets-catalogue/schema";

/** What of the account decides beside the fit: its quota of such instances, the node's volume, and what it pays of the list price. */
export function AccountLimits({ target, profile: p, replicas }: { target: TargetDto | undefined; profile: Profile; /** The most that may run. */ replicas: number }) {
  const quotas = p.instanceType === null ? [] : quotasOf(p.instanceType, p.vcpus ?? null, p.capacityType, target?.gpuQuota?.readings ?? []);
  return (
    <div className="mt-4 text-sm">
      <KeyValueList items={[
        ...quotas.map((q) => ({ label: `EC2 quota, ${q.capacity === "spot" ? "spot" : "on demand"}`, value: <Quota q={q} instanceType={p.instanceType!} replicas={replicas} /> })),
        { label: "Node's volume", value: p.diskSizedFromModel ? `${p.diskGib} GiB, or as much as the model needs: the disk's bar above` : p.diskGib === null ? "not on file" : `${p.diskGib} GiB` },
        ...(p.capacityType === "spot" ? [] : [{ label: "Discount", value: target?.onDemandDiscountPercent ? `${target.onDemandDiscountPercent}% off on-demand prices, as set on ${target.name}; in the forecast, not in the list price above` : "none set on this target" }]),
      ]} />
    </div>
  );
}

function Quota({ q, instanceType, replicas }: { q: InstanceQuota; instanceType: string; replicas: number }) {
  if (q.vcpus === null) return <><Status state="stopped" size="sm">Unknown</Status> <span className="text-ink-muted">Family {q.family}. Without AWS credentials, or the right to read quotas, it is not known; in a new account it is zero for GPUs.</span></>;
  if (q.instances === null) return <><Status state="stopped" size="sm">Unknown</Status> <span className="text-ink-muted">{formatCount(q.vcpus)} vCPUs of family {q.family}; how many one {instanceType} has is not on file.</span></>;
  const [state, word] = q.instances === 0 ? (["failed", "None can start"] as const) : q.instances < replicas ? (["warning", `Enough for ${q.instances}`] as const) : (["ready", "Enough"] as const);
  return <><Status state={state} size="sm">{word}</Status> <span className="text-ink-muted">{formatCount(q.vcpus)} vCPUs of family {q.family}: {q.instances === 0 ? `less than one ${instanceType}` : `${formatCount(q.instances)} × ${instanceType}`}, less what already runs.</span></>;
}
