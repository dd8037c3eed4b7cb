/** The foot of the public pages. */
export function SiteFooter() {
  return (
    <footer className="flex flex-wrap justify-between gap-3 border-t border-line py-6 text-ink-muted">
      <span>Slipway, Apache-2.0</span>
      <span className="flex flex-wrap gap-4"><a className="link" href="/calculator">Calculator</a><a className="link" href="/docs">Documentation</a><a className="link" href="/docs/api">API reference</a><a className="link" href="/sign-in">Sign in</a></span>
    </footer>
  );
}
