/** Pure: whether a shell pattern covers the whole of a path. `*` is any text, folders included, `?` one character. Linear in practice: no regular expression that a user could make slow. */
export function matchPattern(pattern: string, path: string): boolean {
  let p = 0;
  let star = -1;
  let mark = 0;
  for (let i = 0; i < path.length;) {
    if (p < pattern.length && pattern[p] === "*") [star, mark] = [p++, i];
    else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === path[i])) {
      p++;
      i++;
    } else if (star >= 0) [p, i] = [star + 1, ++mark];
    else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
