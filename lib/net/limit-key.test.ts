import { expect, it } from "vitest";
import { limitKey } from "./limit-key";

it("all addresses of one IPv6 network count as one caller, in any spelling; those of another do not", () => {
  const one = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:0001:0002:0:0:0:9", "2001:db8:1:2::1%eth0"].map(limitKey);
  expect(new Set(one)).toEqual(new Set(["2001:db8:1:2::/64"]));
  expect(limitKey("2001:db8:1:3::1")).not.toBe(one[0]);
});

it("an IPv4 address counts as itself, inside an IPv6 one too, and what is no address as it stands", () => {
  expect(["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207"].map(limitKey)).toEqual(["192.0.2.7", "192.0.2.7", "192.0.2.7"]);
  expect(limitKey("192.0.2.8")).not.toBe(limitKey("192.0.2.7"));
  expect(limitKey("unknown")).toBe("unknown");
});
