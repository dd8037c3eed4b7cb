import { expect, it } from "vitest";
import { addressBehind, isTrusted, parseProxies } from "./client-address";

const proxies = parseProxies("10.0.0.0/8, 192.0.2.1,2001:db8::/32,,2001:db9::1");

it("reads ranges and single addresses of both kinds", () => {
  expect(proxies.map(([base, bits]) => `${base.toString()}/${bits}`)).toEqual(["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "2001:db9::1/128"]);
  expect(parseProxies("")).toEqual([]);
});

it("believes what a proxy says, and nobody else", () => {
  expect(addressBehind("203.0.113.9", "198.51.100.1", proxies)).toBe("203.0.113.9");
  expect(addressBehind("10.1.2.3", "198.51.100.1", proxies)).toBe("198.51.100.1");
  expect(addressBehind("10.1.2.3", "198.51.100.1", [])).toBe("10.1.2.3");
});

it("what a caller writes before the proxy's own entry does not count", () => {
  expect(addressBehind("10.1.2.3", "1.1.1.1, 198.51.100.7", proxies)).toBe("198.51.100.7");
  expect(addressBehind("10.1.2.3", "1.1.1.1, 198.51.100.7, 10.9.9.9 , 192.0.2.1", proxies), "a chain of proxies").toBe("198.51.100.7");
  expect(addressBehind("10.1.2.3", "not an address, 198.51.100.7, also none", proxies)).toBe("198.51.100.7");
  expect(addressBehind("10.1.2.3", "10.0.0.1, 10.0.0.2", proxies), "proxies alone").toBe("10.1.2.3");
  expect(addressBehind("10.1.2.3", "", proxies)).toBe("10.1.2.3");
});

it("a proxy is known inside an IPv6 address too, and another kind of address is none", () => {
  expect(isTrusted("::ffff:10.1.2.3", proxies)).toBe(true);
  expect(isTrusted("192.0.2.2", proxies)).toBe(false);
  expect(isTrusted("2001:db8:ffff::1", proxies)).toBe(true);
  expect(isTrusted("2001:db9::2", proxies)).toBe(false);
  expect(isTrusted("unknown", proxies)).toBe(false);
  expect(isTrusted("10.1.2.3", [])).toBe(false);
});
