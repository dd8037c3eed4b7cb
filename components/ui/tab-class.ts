/** The look of a row of tabs, shared by Tabs and LinkTabs. */
export const tabListClass = "flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]";
export const tabClass =
  "-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent font-medium text-ink-muted transition-colors hover:text-ink " +
  "focus-visible:outline-offset-[-2px] data-[state=active]:border-ink data-[state=active]:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink";
