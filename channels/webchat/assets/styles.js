// @ts-check
// How the widget looks. It lives in a shadow root, so the page's styles and ours do not meet.

export const CSS = `
:host { all: initial; }
.root {
  color-scheme: light dark;
  --sheet: #fff;
  --tint: #eef3f0;
  --ink: #15211d;
  --muted: #53625c;
  --line: #d0d9d3;
  --edge: #7b8983;
  --accent: #0d5c4b;
  --on-accent: #fff;
  --band: #0d4a3e;
  --on-band: #fff;
  --bad: #b3261e;
  --news: #7a4a00;
  --news-ground: #fdf5e3;
  --shadow: 0 0.75rem 2.5rem #0007;
  font: 400 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  color: var(--ink);
  text-align: start;
}
@media (prefers-color-scheme: dark) {
  .root {
    --sheet: #141c1a;
    --tint: #22302c;
    --ink: #e8f0ec;
    --muted: #a5b4ad;
    --line: #33423e;
    --edge: #74857d;
    --accent: #62d6b5;
    --on-accent: #03211a;
    --band: #0c2f27;
    --bad: #ff9d91;
    --news: #ffcf7d;
    --news-ground: #2e2410;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, p, form { margin: 0; }
button, textarea, input { font: inherit; color: inherit; }
button { cursor: pointer; }
svg { display: block; inline-size: 1.5rem; block-size: 1.5rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.launcher {
  position: fixed;
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  inset-inline-end: 1rem;
  z-index: 2147483000;
  display: grid;
  place-items: center;
  inline-size: 3.5rem;
  block-size: 3.5rem;
  padding: 0;
  border: 2px solid transparent;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  box-shadow: 0 0.25rem 1rem #0005;
}
.launcher:focus-visible { outline-color: var(--ink); box-shadow: 0 0 0 3px var(--sheet); }
.badge {
  position: absolute;
  inset-block-start: -0.25rem;
  inset-inline-end: -0.25rem;
  min-inline-size: 1.5rem;
  padding: 0 0.375rem;
  border-radius: 1rem;
  background: #b3261e;
  color: #fff;
  font-size: 0.875rem;
  font-weight: 700;
}
.panel {
  position: fixed;
  inset-block-end: 5.5rem;
  inset-inline-end: 1rem;
  z-index: 2147483000;
  display: flex;
  flex-direction: column;
  inline-size: min(24rem, calc(100vw - 2rem));
  block-size: min(36rem, calc(100vh - 7rem));
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--sheet);
  box-shadow: var(--shadow);
  animation: rise 0.18s ease-out;
}
@keyframes rise { from { opacity: 0; transform: translateY(0.75rem); } }
header { display: flex; align-items: center; gap: 0.5rem; padding: 0.5rem 0.5rem 0.5rem 1rem; background: var(--band); color: var(--on-band); }
[dir="rtl"] header { padding: 0.5rem 1rem 0.5rem 0.5rem; }
h2 { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; font-size: 1.0625rem; font-weight: 650; }
.close { display: grid; place-items: center; inline-size: 2.75rem; block-size: 2.75rem; border: 0; border-radius: 0.5rem; background: none; }
header :focus-visible { outline-color: var(--on-band); outline-offset: -3px; }
.notice { padding: 0.5rem 1rem; background: var(--news-ground); color: var(--news); font-size: 0.9375rem; }
.log { flex: 1; min-block-size: 4rem; overflow-y: auto; overscroll-behavior: contain; padding: 1rem; }
.log:focus-visible { outline-offset: -3px; }
.message { display: flex; flex-direction: column; align-items: flex-start; margin-block-end: 0.75rem; }
.me { align-items: flex-end; }
.text { max-inline-size: 85%; padding: 0.5rem 0.75rem; border-radius: 1rem; border-end-start-radius: 0.25rem; background: var(--tint); white-space: pre-wrap; overflow-wrap: anywhere; }
.me .text { border-end-start-radius: 1rem; border-end-end-radius: 0.25rem; background: var(--accent); color: var(--on-accent); }
.card { inline-size: 100%; max-inline-size: 20rem; padding: 0.75rem; border: 1px solid var(--edge); border-radius: 1rem; }
.card .text { max-inline-size: none; padding: 0 0.25rem 0.75rem; background: none; }
.pay { display: block; padding: 0.75rem 1rem; border: 2px solid transparent; border-radius: 0.75rem; background: var(--accent); color: var(--on-accent); font-weight: 650; text-align: center; text-decoration: none; }
.pay:hover { text-decoration: underline; }
.meta { margin-block-start: 0.125rem; color: var(--muted); font-size: 0.8125rem; }
.failed .state { color: var(--bad); font-weight: 600; }
.more { padding: 0 1rem 0.5rem; font-size: 0.9375rem; }
.plain { min-block-size: 2rem; padding: 0.25rem 0; border: 0; background: none; color: var(--accent); text-decoration: underline; text-align: start; }
.phone { display: grid; gap: 0.375rem; padding-block-start: 0.25rem; }
.row { display: flex; gap: 0.5rem; align-items: flex-end; }
input, textarea { flex: 1; min-inline-size: 0; padding: 0.625rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.75rem; background: var(--sheet); }
textarea { resize: none; max-block-size: 8rem; min-block-size: 2.75rem; field-sizing: content; }
.hint { color: var(--muted); font-size: 0.875rem; }
.error { color: var(--bad); font-size: 0.875rem; }
.solid { min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: 0.5rem 0.75rem; border: 2px solid transparent; border-radius: 0.75rem; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.composer { padding: 0.75rem 1rem; border-block-start: 1px solid var(--line); }
[dir="rtl"] .send svg { transform: scaleX(-1); }
@media (max-width: 30rem), (max-height: 26rem) {
  .panel { inset: 0; inline-size: auto; block-size: auto; border: 0; border-radius: 0; }
  .open .launcher { display: none; }
}
@media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
@media (forced-colors: active) { .text { border: 1px solid; } }
`;
