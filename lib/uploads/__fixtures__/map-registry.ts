import { AppError } from "@/lib/errors";
import type { UploadRecord, UploadRegistry } from "@/lib/uploads/upload-registry";

/** What PostgreSQL does in the product, in a map: survives a restart of the tus server, as the database does. */
export class MapRegistry implements UploadRegistry<string> {
  rows = new Map<string, UploadRecord<string>>();
  leases = new Map<string, { holder: string; until: number }>();
  quotaBytes = Infinity;
  async create(record: UploadRecord<string>) {
    const used = [...this.rows.values()].reduce((sum, row) => sum + row.sizeBytes, 0);
    if (used + record.sizeBytes > this.quotaBytes) throw new AppError("quota_exceeded", "The project's quota is used up.");
    this.rows.set(record.id, record);
  }
  async get(id: string) { return this.rows.get(id) ?? null; }
  async finish(id: string, finished: { blobId: string; sha256: string }) { this.rows.set(id, { ...this.rows.get(id)!, finished }); }
  async remove(id: string) { return this.rows.delete(id); }
  async listExpired(before: Date, limit: number) { return [...this.rows.values()].filter((row) => row.createdAt < before).slice(0, limit); }
  async lease(id: string, holder: string, leaseMs: number) {
    const held = this.leases.get(id);
    if (!this.rows.has(id) || (held && held.holder !== holder && held.until > Date.now())) return false;
    this.leases.set(id, { holder, until: Date.now() + leaseMs });
    return true;
  }
  async release(id: string, holder: string) { if (this.leases.get(id)?.holder === holder) this.leases.delete(id); }
}
