/** The look of the report, by the reader's own choice of light or dark. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf8, #16181c);
  --card: light-dark(#ffffff, #1e2126);
  --line: light-dark(#e4e1db, #31353c);
  --text: light-dark(#22252a, #e6e7e9);
  --soft: light-dark(#6a6f78, #9aa0a9);
  --good: light-dark(#2f8f5b, #4fb47d);
  --fair: light-dark(#c98a1b, #d8a648);
  --bad: light-dark(#c4483a, #e0705f);
  --calm: light-dark(#9aa3b2, #5d6675);
  --code: light-dark(#f4f2ee, #14161a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; margin: 2.4rem 0 .8rem; }
.about { color: var(--soft); margin: .3rem 0 1.4rem; }
.notes { color: var(--soft); margin: 1rem 0 0; padding-left: 1.1rem; font-size: .92rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem .95rem; }
.tile b { display: block; font-size: 1.55rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .88rem; }
.bar { display: flex; height: .8rem; border-radius: .4rem; overflow: hidden; background: var(--line); gap: 1px; }
.bar i { display: block; min-width: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .7rem 0 0; padding: 0; list-style: none; font-size: .92rem; }
.legend li::before { content: ""; display: inline-block; width: .65rem; height: .65rem; border-radius: .2rem; background: var(--of); margin-right: .4rem; }
.good { --of: var(--good); } .fair { --of: var(--fair); } .bad { --of: var(--bad); } .calm { --of: var(--calm); }
.bar i { background: var(--of); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2.5rem; align-items: start; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th { text-align: left; font-weight: 400; padding: .3rem 1rem .3rem 0; overflow-wrap: anywhere; }
td { padding: .3rem 0; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
td.meter { width: 40%; padding-left: 1rem; }
tr + tr > * { border-top: 1px solid var(--line); }
td .bar { height: .5rem; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin-bottom: .5rem; }
summary { cursor: pointer; padding: .55rem .9rem; list-style: none; display: flex; gap: .8rem; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary:hover { color: var(--text); background: color-mix(in srgb, var(--line) 35%, transparent); }
.tag { flex: none; font-size: .82rem; padding: .05rem .5rem; border-radius: 1rem; color: var(--of); border: 1px solid var(--of); }
.one { padding: 0 .9rem .9rem; }
.one p { margin: .5rem 0 .25rem; color: var(--soft); font-size: .9rem; }
pre { margin: 0; background: var(--code); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .75rem; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 .9rem; }
.running { border: 1px solid var(--line); background: var(--card); border-radius: .6rem; padding: .8rem .95rem; margin-bottom: 1.2rem; }
.running p { margin: 0 0 .5rem; }
`;
