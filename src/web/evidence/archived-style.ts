// The one style sheet of archived pages: the page's own styles are left out, so that nothing of it is hidden, moved or fetched.

/** Known to the policy by its hash. */
export const archivedStyle = `
:root { color-scheme: light; --ink: #1c2024; --soft: #5a626c; --paper: #fff; --sunk: #f2f0ea; --line: #dedad0; --mark: #ffe28a;
  --sentence: #fbf3d6; --seal: #a8231a; --good: #1b6a3c; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark; --ink: #e4e2dc; --soft: #a3aab3;
  --paper: #1a1e22; --sunk: #20252a; --line: #2f353c; --mark: #5f4c06; --sentence: #35311f; --seal: #ff8f83; --good: #79cf9b; } }
:root[data-theme="dark"] { color-scheme: dark; --ink: #e4e2dc; --soft: #a3aab3; --paper: #1a1e22; --sunk: #20252a; --line: #2f353c;
  --mark: #5f4c06; --sentence: #35311f; --seal: #ff8f83; --good: #79cf9b; }
* { box-sizing: border-box; }
html { scroll-padding-top: 40vh; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.75 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.bar { background: var(--sunk); border-bottom: 1px solid var(--line); padding: .35rem 1rem; font-size: 12px; line-height: 1.45; color: var(--soft);
  position: sticky; top: 0; z-index: 1; }
.bar p { margin: 0; } .bar h1 { display: inline; font-size: inherit; color: var(--ink); } .hash { font-family: ui-monospace, monospace; }
.good { color: var(--good); } .fault { color: var(--seal); font-weight: 600; }
main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
.h1, .h2, .h3 { font-weight: 650; font-size: 1.15em; margin: .8em 0 .4em; } .h4, .h5, .h6, .b { font-weight: 600; }
.p { margin: 0 0 .6em; } .pre, pre { white-space: pre-wrap; font: inherit; } .centred { text-align: center; }
.a { text-decoration: underline dotted; text-underline-offset: .2em; }
.image { display: inline-block; border: 1px dashed var(--line); border-radius: 4px; padding: 0 .5em; color: var(--soft); font-size: .85em; }
.away { color: var(--soft); font-size: 12px; line-height: 1.5; } .away li, .away div { display: inline; margin-right: .7em; }
ul.away { padding: 0; }
table { border-collapse: collapse; margin: .8em 0; } td, th { border: 1px solid var(--line); padding: .25em .6em; vertical-align: top; text-align: left; font-weight: 400; }
mark { background: var(--sentence); color: inherit; } mark.passage { background: var(--mark); outline: 2px solid var(--mark); font-weight: 650; }
mark.head { background: var(--sentence); text-decoration: underline; text-underline-offset: .2em; }
td.cell, th.cell { outline: 3px solid var(--seal); outline-offset: -2px; } td.cell-head, th.cell-head { background: var(--sentence); }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --sunk: #fff; } mark.passage { outline: 1.5px solid #000; } main { max-width: none; } }
`;
