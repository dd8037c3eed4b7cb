import { describe, expect, it } from "vitest";
import { whyNoApiServer } from "@/lib/net/vet-cluster-address";

const at = (address: string, protocol = "https:") => whyNoApiServer({ address, port: 6443, protocol });

describe("the address of an API server", () => {
  it.each(["10.0.0.1", "172.16.3.4", "192.168.49.2", "127.0.0.1", "100.64.1.1", "::1", "fd12:3456::1", "8.8.8.8", "2606:4700::1111"])("may be %s, on any port", (address) => {
    expect(at(address)).toBeNull();
  });
  it.each(["169.254.169.254", "169.254.170.2", "169.254.170.23", "fe80::1", "fd00:ec2::254", "fd00:0ec2:0:0:0:0:0:254", "fd00:ec2::23", "fd20:ce::254", "168.63.129.16", "100.100.100.200", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1", "ff02::1", "fe80::1%eth0", "not-an-address"])("is never %s", (address) => {
    expect(at(address)).not.toBeNull();
  });
  it("is not one that an interface is named with", () => expect(at("fd12:3456::1%eth0")).toBe("is bound to a network interface"));
  it("is reached by https only", () => {
    expect(at("10.0.0.1", "http:")).toMatch(/plain http/);
  });
});
