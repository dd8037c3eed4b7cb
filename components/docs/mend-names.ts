/**
 * Gives the reference's controls the accessible names that they lack, as they appear: its copy buttons have none, some names
 * leave out the words on the button, and cards of one kind share a name. Returns how to stop.
 */
export function mendNames(root: HTMLElement): () => void {
  const mend = () => {
    for (const button of root.querySelectorAll<HTMLElement>(".scalar-code-copy:not([aria-label])")) button.setAttribute("aria-label", "Copy");
    for (const button of root.querySelectorAll<HTMLElement>("button:not([aria-label]):not([aria-labelledby])")) {
      if (!button.textContent?.trim()) button.setAttribute("aria-label", /copy/.test(button.className) ? "Copy" : (button.title || "More"));
    }
    for (const button of root.querySelectorAll<HTMLElement>(".scalar-code-copy:not([aria-label])")) button.setAttribute("aria-label", "Copy");
    for (const button of root.querySelectorAll<HTMLElement>("button.show-more[aria-label]")) button.removeAttribute("aria-label");
    const seen = new Map<string, number>();
    for (const region of root.querySelectorAll<HTMLElement>("[role=region][aria-label], section[aria-label]")) {
      const name = (region.dataset.name ??= region.getAttribute("aria-label") ?? "");
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const wanted = count === 1 ? name : `${name} ${count}`;
      if (region.getAttribute("aria-label") !== wanted) region.setAttribute("aria-label", wanted);
    }
  };
  let waiting = false;
  const watcher = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mend();
    });
  });
  watcher.observe(root, { childList: true, subtree: true });
  mend();
  return () => watcher.disconnect();
}
