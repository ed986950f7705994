// The look of a report, on screen and on A4. No font, picture or script from elsewhere.

export const reportStyle = `
:root { color-scheme: light; --line: #c9d1d9; --soft: #57606a; --head: #eef2f6; --mark: #fff3bf; }
* { box-sizing: border-box; }
body { font: 14px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1f2328; margin: 0 auto;
  max-width: 1200px; padding: 24px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 32px 0 8px; } h3 { font-size: 15px; margin: 20px 0 4px; }
.soft, small { color: var(--soft); font-size: 12px; } .en { color: var(--soft); font-weight: normal; font-size: 12px; }
dl.note { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; font-size: 12px; }
dl.note dt { color: var(--soft); } dl.note dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; min-width: 640px; margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: left; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
thead th { background: var(--head); } thead th:first-child { width: 24%; } tbody th { font-weight: 600; }
td b { font-size: 15px; } td a, th a { color: inherit; }
.missing { color: var(--soft); } .goal b { font-weight: normal; border-bottom: 1px dashed; }
.figure { margin: 0 0 10px; padding-left: 10px; border-left: 3px solid var(--line); break-inside: avoid; }
.figure p { margin: 0; overflow-wrap: anywhere; } .figure:target { border-left-color: #bf8700; background: #fffbe6; }
mark { background: var(--mark); color: inherit; padding: 0 2px; }
svg { display: block; max-width: 100%; height: auto; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } .wide { overflow: visible; }
  table { font-size: 8.5pt; min-width: 0; } thead { display: table-header-group; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; } .county { break-before: page; }
}
`;
