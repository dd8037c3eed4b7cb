import { describe, expect, it } from "vitest";
import { whyBlocked, whyNotPublic } from "@/lib/net/vet-address";

describe("whyNotPublic", () => {
  it.each(["1.1.1.1", "93.184.215.14", "52.95.110.1", "2606:4700::1111", "2a00:1450:4001:80b::200e"])("lets the public address %s pass", (address) => {
    expect(whyNotPublic(address)).toBeNull();
  });
  it.each(["", "localhost", "fe80::1%eth0", "1.2.3.4.5", "::", "::1.2.3.4", "4000::1", "192.88.99.1"])("refuses %s with a reason", (address) => {
    expect(whyNotPublic(address)).toMatch(/\w+/);
  });
  it.each([
    ["2606:4700::1111%eth0", "is bound to a network interface"], ["168.63.129.16", "is a cloud's metadata service"], ["2606:4700::5efe:7f00:1", "is not public (outside global unicast)"], ["2606:4700:0:0:200:5efe:7f00:1", "is not public (outside global unicast)"],
  ])("refuses %s, which lies among public ones: it %s", (address, why) => expect(whyNotPublic(address)).toBe(why));
  it("lets pass what only looks like one that carries another", () => expect(["2606:4700:0:0:1:5efe:7f00:1", "2606:4700::5eff:7f00:1"].map(whyNotPublic)).toEqual([null, null]));
});

describe("whyBlocked", () => {
  it("refuses what is no address, whatever rules there are", () => {
    expect(whyBlocked({ address: "not-an-address", port: 443, protocol: "https:" }, { allow: [{ cidr: "10.0.0.0/8" }] })).toBe("is not an IP address");
  });
  it("opens exactly the network and the ports of a rule", () => {
    const policy = { allow: [{ cidr: "10.1.0.0/16", ports: [8443] }] };
    const at = (address: string, port: number, protocol = "https:") => whyBlocked({ address, port, protocol }, policy);
    expect(at("10.1.2.3", 8443)).toBeNull();
    expect(at("10.1.2.3", 443)).not.toBeNull();
    expect(at("10.2.2.3", 8443)).not.toBeNull();
    expect(at("::ffff:10.1.2.3", 8443)).not.toBeNull();
    expect(at("10.1.2.3", 8443, "http:")).toMatch(/https only/);
  });
  it("lets a public address be reached on port 443 only, unless the policy says more", () => {
    expect(whyBlocked({ address: "1.1.1.1", port: 443, protocol: "https:" }, {})).toBeNull();
    expect(whyBlocked({ address: "1.1.1.1", port: 22, protocol: "https:" }, {})).toMatch(/port 22/);
    expect(whyBlocked({ address: "1.1.1.1", port: 80, protocol: "http:" }, {})).toMatch(/https only/);
    expect(whyBlocked({ address: "1.1.1.1", port: 80, protocol: "http:" }, { publicHttp: true, publicPorts: [80] })).toBeNull();
  });
});
