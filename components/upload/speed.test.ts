import { describe, expect, it } from "vitest";
import { Speed } from "./speed";

describe("the speed of an upload", () => {
  it("is unknown until half a second has been seen", () => {
    const speed = new Speed();
    speed.add(0, 0);
    expect(speed.bytesPerSecond).toBeNull();
    speed.add(400, 1000);
    expect(speed.bytesPerSecond).toBeNull();
  });
  it("is what was sent over what it took", () => {
    const speed = new Speed();
    speed.add(0, 0);
    speed.add(2000, 8_000_000);
    expect(speed.bytesPerSecond).toBe(4_000_000);
  });
  it("forgets what is older than its window, so that it follows a change", () => {
    const speed = new Speed();
    for (let t = 0; t <= 10_000; t += 500) speed.add(t, t * 100);
    for (let t = 10_500; t <= 20_000; t += 500) speed.add(t, 1_000_000 + (t - 10_000) * 10);
    expect(speed.bytesPerSecond).toBe(10_000);
  });
  it("starts anew after a pause", () => {
    const speed = new Speed();
    speed.add(0, 0);
    speed.add(1000, 1000);
    speed.reset();
    expect(speed.bytesPerSecond).toBeNull();
  });
});
