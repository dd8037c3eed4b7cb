import { expect, it } from "vitest";
import { axisWidth } from "@/components/charts/axis-width";
import { formatMoney } from "@/lib/format/money";

it("has room for the longest label, whatever the size of the figures", () => {
  for (const most of [0.004, 3.3, 151.7, 8400, 1_250_000]) expect(axisWidth(most, (v) => formatMoney(v))).toBeGreaterThan(formatMoney(most).length * 6.2 + 8);
  expect(axisWidth(150, (v) => formatMoney(v))).toBeGreaterThan(axisWidth(0, () => "0"));
});
