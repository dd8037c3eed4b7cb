/** Grafana's dashboard model (schema 42), as far as it is used here. */
export type Query = { expr: string; legend: string };
export type PanelSpec = { title: string; unit: string; queries: Query[]; /** 0..1 on the axis. */ max?: number; description?: string };
export type DashboardSpec = { uid: string; title: string; tags: string[]; panels: PanelSpec[]; /** Where Slipway shows the same. */ slipwayUrl: string; /** Said in a panel of its own. */ notes: string[] };

const SOURCE = { type: "prometheus", uid: "${DS}" };
const [WIDTH, HEIGHT] = [12, 8];

/** Pure: a dashboard that any Grafana takes by file, by API or from a ConfigMap. Its data source is chosen in it. Two panels a row; each leads back to Slipway. */
export function dashboardOf(spec: DashboardSpec): Record<string, unknown> {
  const links = [{ title: "Open in Slipway", type: "link", url: spec.slipwayUrl, targetBlank: true, icon: "external link", tooltip: "", asDropdown: false, includeVars: false, keepTime: false, tags: [] }];
  const panels = spec.panels.map((p, i) => ({
    id: i + 1, type: "timeseries", title: p.title, description: p.description ?? "", datasource: SOURCE,
    gridPos: { h: HEIGHT, w: WIDTH, x: (i % 2) * WIDTH, y: Math.floor(i / 2) * HEIGHT },
    fieldConfig: { defaults: { unit: p.unit, min: 0, ...(p.max === undefined ? {} : { max: p.max }), custom: { spanNulls: false } }, overrides: [] },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } },
    links: [{ title: "Open in Slipway", url: spec.slipwayUrl, targetBlank: true }],
    targets: p.queries.map((q, n) => ({ refId: String.fromCharCode(65 + n), datasource: SOURCE, expr: q.expr, legendFormat: q.legend, range: true, instant: false })),
  }));
  const y = Math.ceil(panels.length / 2) * HEIGHT;
  const notes = spec.notes.length === 0 ? [] : [{ id: panels.length + 1, type: "text", title: "What is missing, and why", gridPos: { h: 6, w: 24, x: 0, y }, options: { mode: "markdown", content: spec.notes.map((n) => `- ${n}`).join("\n") } }];
  return {
    id: null, uid: spec.uid, title: spec.title, tags: spec.tags, schemaVersion: 42, version: 1, editable: true, timezone: "browser", graphTooltip: 1, refresh: "30s", time: { from: "now-6h", to: "now" }, links,
    templating: { list: [{ name: "DS", label: "Data source", type: "datasource", query: "prometheus", refresh: 1, hide: 0, includeAll: false, multi: false }] }, annotations: { list: [] }, panels: [...panels, ...notes],
  };
}
