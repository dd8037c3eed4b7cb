import { afterEach, expect, it, vi } from "vitest";
import { MapRegistry } from "@/lib/uploads/__fixtures__/map-registry";
import { LeaseLocker } from "@/lib/uploads/lease-locker";

afterEach(() => void vi.useRealTimers());

it("a lease is given back after a renewal that was still under way, so that nobody holds it by mistake", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const registry = new MapRegistry();
  await registry.create({ id: "u", owner: "anna", sizeBytes: 1, metadata: { filename: "x" }, createdAt: new Date(), finished: null });
  const slow = Promise.withResolvers<void>();
  const lease = registry.lease.bind(registry);
  const lock = new LeaseLocker(registry, 0, async () => undefined).newLock("u");
  await lock.lock(new AbortController().signal, () => undefined);
  registry.lease = async (id, holder, ms) => {
    await slow.promise;
    return lease(id, holder, ms);
  };
  vi.advanceTimersByTime(5_000);
  const unlocked = lock.unlock();
  // The database answers the renewal only now, when everything that could be done before it has been.
  setImmediate(slow.resolve);
  await unlocked;
  await new Promise((resolve) => setImmediate(resolve));
  expect(registry.leases.size).toBe(0);
});
