"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const shortcuts: [string[], string][] = [
  [["⌘K", "Ctrl K"], "Search and commands"],
  [["j", "k"], "Next and previous row of a list"],
  [["Enter"], "Open the row"],
  [["g h", "g d", "g l", "g m", "g c"], "Go to home, deployments, alerts, models, costs"],
  [["Esc"], "Close what is open"],
  [["?"], "This list"],
];

/** The keys that work everywhere. */
export function ShortcutHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="sm">
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2.5">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="col-span-2 grid grid-cols-subgrid"><dt className="text-ink-muted">{what}</dt><dd className="flex flex-wrap justify-end gap-1">{keys.map((k) => <Kbd key={k}>{k}</Kbd>)}</dd></div>
        ))}
      </dl>
    </Dialog>
  );
}
