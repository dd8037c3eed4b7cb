/** What somebody is known by. */
export type Identity = { names: string[]; emails: string[]; profiles: string[] };

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const profileKey = (url: string) => plain(url).replace(/^https?:\/\//, "").replace(/^www\./, "").replace(/[/?#]+$/, "");

/** Pure: whether a text certainly names this person: by address, profile, or full name. */
export function names(text: string, who: Identity): boolean {
  const at = plain(text);
  if ([...who.emails.map(plain), ...who.profiles.map(profileKey)].some((key) => key.length > 0 && at.includes(key))) return true;
  const words = ` ${wordsOf(text).join(" ")} `;
  return who.names.map(wordsOf).some((parts) => parts.length > 1 && words.includes(` ${parts.join(" ")} `));
}

/** Pure: whether a text may be about this person: any part of their name, or what stands before the @. For texts about a company that is theirs. */
export function mayName(text: string, who: Identity): boolean {
  if (names(text, who)) return true;
  const words = new Set(wordsOf(text));
  const parts = [...who.names, ...who.emails.map((e) => e.split("@")[0]!)].flatMap(wordsOf);
  return parts.some((part) => part.length > 2 && words.has(part));
}
