import type { Point, Series } from "@/components/charts/series";
import type { GroupedCost } from "@/lib/costs/group-costs";

/** Parts one chart can tell apart; the rest is drawn as one. */
const APART = 2;

/**
 * Cost a day as parts of a stack: the two dearest by name, the others as one. A day whose part is unknown is a gap, as is every
 * part of it: a bar without it would read as less than it was.
 */
export function dailyCost(groups: readonly GroupedCost[], nameOf: (group: GroupedCost) => string): Series[] {
  const days = [...new Set(groups.flatMap((g) => g.perDay.map((d) => d.day)))].sort();
  const apart = groups.length > APART + 1 ? groups.slice(0, APART) : groups;
  const rest = groups.slice(apart.length);
  const of = (members: readonly GroupedCost[], day: string) => members.reduce<number | null>((sum, g) => {
    const row = g.perDay.find((d) => d.day === day);
    return sum === null || row?.total === null ? null : sum + (row?.total ?? 0);
  }, 0);
  const points = (members: readonly GroupedCost[]): Point[] => days.map((day) => [Date.parse(`${day}T00:00:00Z`), of(groups, day) === null ? null : of(members, day)]);
  return [
    ...apart.map((g) => ({ key: g.key, label: nameOf(g), points: points([g]) })),
    ...(rest.length > 0 ? [{ key: "others", label: `${rest.length} others`, points: points(rest) }] : []),
  ];
}
