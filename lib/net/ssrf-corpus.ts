/**
 * URLs that must never be connected to, for every feature that fetches what a user names (imports, webhooks, OIDC discovery).
 * CANARY stands for the port of a listening canary. A name is resolved by CORPUS_NAMES, as an attacker's own DNS would.
 * Shapes after the public advisories on webhook and artifact fetchers; addresses after the IANA special-purpose registries.
 */
export const SSRF_CORPUS: readonly string[] = [
  // loopback, every spelling of the number
  "http://127.0.0.1:CANARY/", "https://127.0.0.1:CANARY/", "http://127.1:CANARY/", "http://127.0.1:CANARY/", "http://0x7f.1:CANARY/", "http://0x7f000001:CANARY/",
  "http://2130706433:CANARY/", "http://017700000001:CANARY/", "http://0177.0.0.1:CANARY/", "http://0177.0x0.0.1:CANARY/", "http://127.0.0.1.:CANARY/",
  "http://127.255.255.254:CANARY/", "http://127.0.0.2:CANARY/", "http://0.0.0.0:CANARY/", "http://0:CANARY/", "http://0.1.2.3:CANARY/",
  "http://%31%32%37.0.0.1:CANARY/", "http://127%2e0%2e0%2e1:CANARY/", "http://127。0。0。1:CANARY/", "http://127.0.0.1:CANARY/", "http://①②⑦.⓪.⓪.①:CANARY/",
  // loopback by IPv6, and IPv4 carried inside IPv6
  "http://[::1]:CANARY/", "http://[0:0:0:0:0:0:0:1]:CANARY/", "http://[::]:CANARY/", "http://[::ffff:127.0.0.1]:CANARY/", "http://[::ffff:7f00:1]:CANARY/",
  "http://[::127.0.0.1]:CANARY/", "http://[::ffff:0:127.0.0.1]:CANARY/", "http://[64:ff9b::127.0.0.1]:CANARY/", "http://[64:ff9b:1::7f00:1]:CANARY/",
  "http://[2002:7f00:1::]:CANARY/", "http://[2001:0:7f00:1::80ff:fffe]:CANARY/", "http://[2606:4700::5efe:127.0.0.1]:CANARY/",
  "http://[2606:4700:0:0:200:5efe:7f00:1]:CANARY/",
  // metadata and credential services of the clouds
  "http://169.254.169.254/latest/meta-data/iam/security-credentials/", "http://2852039166/latest/meta-data/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/",
  "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[fd00:ec2::254]/latest/meta-data/", "http://169.254.170.2/v2/credentials/",
  "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1/credentials", "http://100.100.100.200/latest/meta-data/", "http://168.63.129.16/machine", "http://192.0.0.192/latest/",
  "http://metadata.google.internal/computeMetadata/v1/",
  // private, shared, link-local, multicast, reserved
  "http://10.0.0.1/", "http://10.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://192.168.257/", "http://100.64.0.1/", "http://100.127.255.255/", "http://169.254.0.1/",
  "http://192.0.0.8/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
  "http://[fe80::1]/", "http://[fec0::1]/", "http://[fc00::1]/", "http://[fd12:3456:789a::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://[3fff::1]/", "http://[5f00::1]/",
  // names
  "http://localhost:CANARY/", "http://LOCALHOST.:CANARY/", "http://127-0-0-1.names.test:CANARY/", "http://mapped.names.test:CANARY/", "http://mixed.names.test:CANARY/", "http://mixed-last.names.test:CANARY/",
  "http://internal.names.test:CANARY/", "http://ｌｏｃａｌｈｏｓｔ:CANARY/", "https://six.names.test:CANARY/",
  // what a URL parser and a person read differently
  "http://user@127.0.0.1:CANARY/", "http://user:secret@127.0.0.1:CANARY/", "http://example.com@127.0.0.1:CANARY/", "http://127.0.0.1:CANARY#@example.com/", "http://127.0.0.1:CANARY\\@example.com/",
  "http:\\\\127.0.0.1:CANARY\\", "http:/127.0.0.1:CANARY/", "http://\t127.0.0.1:CANARY/", "http://127.0.0.1:CANARY?.example.com",
  // other schemes
  "file:///etc/passwd", "ftp://127.0.0.1:CANARY/", "gopher://127.0.0.1:CANARY/_GET", "data:text/plain,hello", "javascript:alert(1)", "ws://127.0.0.1:CANARY/", "//127.0.0.1:CANARY/", "unix:/var/run/docker.sock",
];

export const CORPUS_NAMES: Record<string, string[]> = {
  "localhost": ["127.0.0.1", "::1"],
  "localhost.": ["127.0.0.1"],
  "metadata.google.internal": ["169.254.169.254"],
  "127-0-0-1.names.test": ["127.0.0.1"],
  "mapped.names.test": ["::ffff:127.0.0.1"],
  "mixed.names.test": ["127.0.0.1", "93.184.215.14"],
  "mixed-last.names.test": ["93.184.215.14", "127.0.0.1"],
  "internal.names.test": ["10.1.2.3"],
  "six.names.test": ["fd00:ec2::254"],
};
