/** Slipway's mark: a hull on its inclined way, above the water line. Drawn on a 16 px grid; `size` in px. */
export function Mark({ size = 20, title }: { size?: number; title?: string }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} role={title ? "img" : undefined} aria-hidden={title ? undefined : true} aria-label={title}>
      <path d="M1.5 2.5 13.8 6.1 12 9.4a2 2 0 0 1-2.3 1L4.5 8.9A3 3 0 0 1 2.4 6.7Z" fill="var(--color-accent)" />
      <path d="M1.5 10.6 11.6 13.6" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" fill="none" />
      <path d="M12.9 13.6h1.6" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" fill="none" />
    </svg>
  );
}
