"use client";
import { Download, Plus, Upload } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { EraseDialog } from "./erase-dialog";
import { LeadBoard } from "./lead-board";
import { LeadFilterBar } from "./lead-filter-bar";
import { LeadTable } from "./lead-table";
import { NewLeadDialog } from "./new-lead-dialog";
import { useLeadFilters } from "./use-lead-filters";

/** The pipeline: as a table or as a board. */
export function Leads({ nowMs }: { nowMs: number }) {
  const state = useLeadFilters();
  const [making, setMaking] = useState(false);
  const [erasing, setErasing] = useState(false);
  const exportAs = (format: "csv" | "json") => {
    const query = new URLSearchParams(Object.entries({ ...state.filters, format }).filter((e): e is [string, string] => Boolean(e[1])));
    window.location.assign(`/api/v1/leads/export?${query}`);
  };
  const make = <Button variant="primary" onClick={() => setMaking(true)}><Plus aria-hidden />Add a company</Button>;
  return (
    <>
      <PageHeader title="Leads" meta="Who wrote, and whom your lists name. Only owners see this." actions={
        <>
          <SegmentedControl aria-label="View" size="md" value={state.view} onValueChange={(view) => state.change({ view })} options={[{ value: "table", label: "Table" }, { value: "board", label: "Board" }]} />
          <DropdownMenu trigger={<Button><Download aria-hidden />Export</Button>} groups={[{ label: state.filtered ? "What the filters show" : "Every lead", items: [{ label: "CSV, a row a person", onSelect: () => exportAs("csv") }, { label: "JSON, with notes and requests", onSelect: () => exportAs("json") }] }, { items: [{ label: "Delete a person everywhere…", danger: true, onSelect: () => setErasing(true) }] }]} />
          <Link href="/app/leads/lists" className={buttonClass()}><Upload aria-hidden />Lists</Link>
          {make}
        </>
      } />
      <LeadFilterBar state={state} />
      {state.view === "board" ? <LeadBoard state={state} nowMs={nowMs} /> : <LeadTable state={state} nowMs={nowMs} emptyActions={<><Link href="/app/leads/lists" className={buttonClass()}>Bring a list</Link>{make}</>} />}
      <NewLeadDialog open={making} onClose={() => setMaking(false)} />
      <EraseDialog open={erasing} onClose={() => setErasing(false)} />
    </>
  );
}
