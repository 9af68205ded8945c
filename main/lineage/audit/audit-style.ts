/** The look of the page on a screen and on paper; nothing is fetched. */
export const auditStyle = `
:root { color-scheme: light; }
body { margin: 32px auto; max-width: 900px; padding: 0 24px; color: #1b2126; background: #fff;
  font: 13px/1.5 system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; }
h1 { margin: 0; font-size: 20px; overflow-wrap: anywhere; }
h2 { margin: 28px 0 8px; font-size: 14px; border-bottom: 1px solid #cdd3d8; padding-bottom: 4px; }
.kind, .note { color: #56616a; margin: 4px 0; }
dl { margin: 0 0 8px; }
dl div { display: grid; grid-template-columns: 210px 1fr; gap: 12px; padding: 1px 0; }
dt { color: #56616a; } dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: 11px/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; overflow-wrap: anywhere; }
pre { margin: 8px 0; white-space: pre-wrap; background: #f6f7f8; border: 1px solid #e4e7ea; padding: 8px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 12px; }
th, td { text-align: left; vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid #e4e7ea; overflow-wrap: anywhere; }
th { color: #56616a; font-weight: 600; }
td.number { font-variant-numeric: tabular-nums; }
td pre { margin: 0; border: 0; padding: 0; background: none; }
.bad { color: #b3261e; }
@page { size: A4; margin: 18mm 16mm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  h2, dt { break-after: avoid; }
  tr, dl div { break-inside: avoid; }
  thead { display: table-header-group; }
  pre { border-color: #cdd3d8; background: none; }
}
`;
