"use client";
import { createContext, use, type ReactNode } from "react";
import type { Mark } from "./series";

export type ChartGroupState = { /** Charts of one id share the cursor. */ id: string; fromMs: number; toMs: number; marks: readonly Mark[] };
const GroupContext = createContext<ChartGroupState | null>(null);

/** One time axis, one cursor and one set of marks for every chart inside. */
export function ChartGroup({ id, fromMs, toMs, marks = [], children }: Omit<ChartGroupState, "marks"> & { marks?: readonly Mark[]; children: ReactNode }) {
  return <GroupContext value={{ id, fromMs, toMs, marks }}>{children}</GroupContext>;
}

export function useChartGroup(): ChartGroupState | null {
  return use(GroupContext);
}
