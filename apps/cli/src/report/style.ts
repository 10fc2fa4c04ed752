/** The report's own style: readable on paper and on a dark screen, without any other file. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #191b1f; --quiet: #52555d; --line: #dad7cb; --accent: #0a6557; --soft: #dbebe5; --loss: #a8231c; }
@media (prefers-color-scheme: dark) { :root { --paper: #191c20; --ink: #eceae3; --quiet: #aaaeb6; --line: #30353c; --accent: #5ccfb4; --soft: #173a33; --loss: #ff978c; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; font-size: 1.2rem; } h3 { font-size: 1rem; }
.quiet, caption { color: var(--quiet); } caption { text-align: left; padding-bottom: .3rem; }
.verdict { border-left: 4px solid var(--accent); padding-left: 1rem; font-weight: 600; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; } th:first-child { text-align: left; font-weight: 400; }
svg { width: 100%; height: auto; font-size: 13px; } svg text { fill: var(--ink); stroke: none; }
.grid { stroke: var(--line); } .band, .gain { fill: var(--accent); } .band { opacity: .18; } .loss { fill: var(--loss); } .total { fill: var(--quiet); opacity: .6; }
.dot { opacity: .35; stroke: none; } .mean, .fit, .beyond { fill: none; stroke-width: 2; } .fit, .beyond { stroke-dasharray: 6 4; stroke-width: 1.5; } .beyond { stroke-dasharray: 2 5; opacity: .8; }
.bar { stroke: var(--ink); stroke-width: 1.5; } g > .bar { stroke: inherit; }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: 50%; margin-right: .4rem; }
.advice { border-top: 1px solid var(--line); padding: .75rem 0; } .tag { background: var(--soft); padding: .1rem .5rem; border-radius: .25rem; font-size: .8rem; }
code { overflow-wrap: anywhere; }`;
