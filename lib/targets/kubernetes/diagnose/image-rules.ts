import { IMAGE } from "@/lib/targets/kubernetes/pod-failure";
import type { Evidence } from "@/lib/deployments/diagnosis";
import { containerFacts, eventLines, waitingLine } from "./evidence";
import type { DiagnosisInput } from "./input";
import { textRule, type Rule } from "./rule";

/** Only while a container waits for its image: an older event is about one that came in the end. */
function imageLines(input: DiagnosisInput): Evidence[] {
  const waiting = containerFacts(input).filter((c) => IMAGE.has(c.status.state?.waiting?.reason ?? ""));
  if (waiting.length === 0) return [];
  const lines = waiting.map(waitingLine);
  const events = eventLines(input.events, waiting.map((c) => c.pod.metadata.uid ?? ""), ["Failed", "InspectFailed", "BackOff"]).filter((e) => /image|pull/i.test(e.text));
  return [...lines, ...events].map((l) => ({ ...l, text: l.text || l.source }));
}

const retry = "kubelet tries again by itself, ever more rarely.";

export const IMAGE_RULES: Rule[] = [
  textRule("InvalidImageName", (i) => imageLines(i).filter((l) => /InvalidImageName/.test(l.source + l.text)), /./s, "The name of the image is not one that a registry can have.", "Give the image as registry/repository@sha256:… in a new revision."),
  textRule("ImageRateLimited", imageLines, /toomanyrequests|rate limit|429 Too Many/i, "The registry lets nobody pull more for now: too many pulls in a short time.", `Give a pull secret of an account, or mirror the image into your own registry. ${retry}`),
  textRule("ImageUnauthorized", imageLines, /unauthorized|authentication required|denied|403 Forbidden|no basic auth/i, "The registry does not give the image to this cluster: it asks for credentials, or they do not suffice.", "Name a pull secret of the project in the deployment's settings, or let the nodes' role read the repository (ECR)."),
  textRule("ImageWrongArchitecture", imageLines, /no match(?:ing)? (?:for platform|manifest)|no matching manifest/i, "The image was not built for the processors of these nodes.", "Build it for linux/amd64 and linux/arm64, or choose a profile with the other architecture."),
  textRule("ImageNotFound", imageLines, /not found|manifest unknown|name unknown|does not exist|404/i, "The image is not in its registry: the name, the tag or the digest is wrong, or it was deleted.", "Check the image, push it again, and deploy a revision with the digest that is there."),
  textRule("RegistryUnreachable", imageLines, /no such host|dial tcp|i\/o timeout|connection refused|TLS handshake|context deadline|unexpected EOF|RegistryUnavailable/i, "The nodes cannot reach the registry.", `Check the nodes' way out: NAT gateway, VPC endpoints for ECR, proxy, DNS. ${retry}`),
  textRule("ImageDiskFull", imageLines, /no space left on device/i, "The node's disk is full: the image does not fit.", "Choose a profile with more disk, or a smaller image."),
  textRule("ImagePullFailed", imageLines, /./s, "The image cannot be pulled.", `The evidence has the node's words. ${retry}`),
];
