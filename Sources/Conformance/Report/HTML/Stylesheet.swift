// SPDX-License-Identifier: Apache-2.0

/// How the page looks; colours have a contrast of at least 4.5 to what is behind them.
///
/// What is closed on the screen is open on paper in browsers that know `::details-content`; with any
/// other, open it before you print.
enum Stylesheet {
  static let layout = """
    :root {
      color-scheme: light dark;
      --page: #f6f5f1; --card: #ffffff; --soft: #f1efe9; --ink: #1f2328; --dim: #5b616b;
      --line: #dcd9d1; --accent: #1f5aa8; --good: #19693a; --bad: #b3261e; --doubt: #855300;
      --bad-soft: #fcefed; --good-soft: #edf6f0; --doubt-soft: #fbf3e2;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #15171a; --card: #1d2024; --soft: #262a2f; --ink: #e6e7e9; --dim: #a6acb5;
        --line: #3a3f46; --accent: #8fbaf5; --good: #82d5a1; --bad: #ff958b; --doubt: #eebd62;
        --bad-soft: #3a2220; --good-soft: #1c3024; --doubt-soft: #362c18;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
      font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
    header, main { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
    header { padding-top: 2.5rem; }
    main { padding-bottom: 4rem; }
    section { margin-top: 3rem; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 0; text-wrap: balance; }
    h1 { font-size: 2.4rem; letter-spacing: -0.02em; }
    h2 { font-size: 1.4rem; letter-spacing: -0.01em; margin-bottom: 1rem; }
    h3 { font-size: 1.15rem; margin: 1.5rem 0 0.5rem; }
    h4 { font-size: 0.85rem; color: var(--dim); margin: 1.75rem 0 0.5rem; }
    p { margin: 0 0 0.5rem; }
    a { color: var(--accent); text-underline-offset: 0.15em; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    code, pre, .id, .cause { font-family: var(--mono); font-size: 0.88em; }
    pre { margin: 0; white-space: pre-wrap; }
    .dim, .kicker { color: var(--dim); }
    .kicker, .counts, dl { font-size: 0.92rem; }
    .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 1.25rem 1.5rem; margin-bottom: 1.25rem; }
    .scroll { overflow-x: auto; max-width: 100%; }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    @media (max-width: 34rem) {
      header, main { padding-left: 0.9rem; padding-right: 0.9rem; }
      .card { padding: 1rem; }
      h1 { font-size: 2rem; }
    }

    """

  static let content = """
    .result { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.6rem;
      font-size: 1.25rem; margin: 0.75rem 0 0.25rem; }
    .score { color: var(--ink); margin-left: auto; }
    .bar { width: 100%; height: 6px; border-radius: 3px; }
    .bar .rest { fill: var(--line); }
    .bar .part { fill: currentColor; }
    .good { color: var(--good); } .bad { color: var(--bad); }
    .doubt { color: var(--doubt); } .none { color: var(--dim); }
    dl { display: grid; gap: 0.15rem; margin: 1.25rem 0; }
    dl div { display: grid; grid-template-columns: 5.5rem 1fr; }
    dt { color: var(--dim); } dd { margin: 0; }
    nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.25rem; border-top: 1px solid var(--line);
      border-bottom: 1px solid var(--line); padding: 0.6rem 0; font-size: 0.92rem; }
    .badge { display: inline-block; white-space: nowrap; font-size: 0.82rem; font-weight: 600;
      padding: 0 0.55em; border-radius: 1em; border: 1px solid currentColor; }
    .badge.bad { background: var(--bad-soft); } .badge.good { background: var(--good-soft); }
    .badge.doubt { background: var(--doubt-soft); }
    .problem h3 { font-size: 1.3rem; margin: 0.4rem 0; }
    .cause { color: var(--dim); font-weight: 400; border: 1px solid var(--line);
      border-radius: 4px; padding: 0.05em 0.4em; }
    .why { border-left: 3px solid var(--line); padding-left: 1rem; margin-top: 1.75rem; }
    .why h4 { margin: 0 0 0.25rem; } .why div + div { margin-top: 1rem; }
    .command span { white-space: nowrap; }
    .command { background: var(--soft); border-radius: 6px; padding: 0.6rem 0.8rem; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; font-weight: 400; }
    thead th { white-space: nowrap; color: var(--dim); font-size: 0.82rem; padding: 0 0.6rem 0.3rem 0; }
    td, tbody th { border-top: 1px solid var(--line); padding: 0.4rem 0.6rem 0.4rem 0;
      vertical-align: top; }
    td p, th p { color: var(--dim); font-size: 0.88rem; margin: 0.1rem 0 0; }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;
      padding-right: 0; }
    .tests .number { padding-left: 0.6rem; }
    .tests thead th:nth-child(n+3), .ways thead th:last-child { text-align: right; padding-right: 0; }
    .tests { table-layout: fixed; } .tests .verdict { width: 7.2rem; }
    .tests .points, .tests .time { width: 4.5rem; }
    .tests tr:target { background: var(--soft); }
    .id { color: var(--dim); margin-right: 0.35rem; } .link { font-size: 0.88rem; margin-left: 0.4rem; }
    .shapes { width: auto; } .shapes th { padding-right: 2rem; }
    .difference tbody th { width: 5.5rem; color: var(--dim); }
    .difference tr:first-child > * { border-top: 0; }
    .bytes { display: flex; flex-wrap: wrap; gap: 0.15rem 0.1rem; font-family: var(--mono); }
    .bytes span { display: inline-flex; flex-direction: column; align-items: center;
      min-width: 1.6em; padding: 0 0.15em; border: 1px solid transparent; border-radius: 4px;
      white-space: pre; line-height: 1.35; }
    .bytes small { font-size: 0.68rem; color: var(--dim); }
    .bytes .first { border: 2px solid var(--bad); background: var(--bad-soft); font-weight: 700; }
    .bytes .gap { color: var(--dim); }
    .place { display: block; color: var(--bad); font-size: 0.88rem; margin-top: 0.2rem; }
    .events { font-size: 0.88rem; } .events td, .events th { padding-top: 0.2rem; padding-bottom: 0.2rem; }
    .events td:nth-child(-n+2) { white-space: nowrap; padding-right: 0.9rem; text-align: left; }
    .events .wrong td { background: var(--bad-soft); }
    summary { cursor: pointer; } details.card { padding: 0.6rem 1rem; margin-bottom: 0.5rem; }
    details[open] > summary { margin-bottom: 0.75rem; }
    @media (max-width: 34rem) {
      .tests .verdict { width: 6.8rem; } .tests .points { width: 3.2rem; }
      .tests .time, .tests tr > :nth-child(4) { display: none; }
    }

    """

  static let drawing = """
    .scroll > svg { display: block; font: 12.3px var(--mono); fill: var(--ink); margin: 0 auto 0 0; }
    svg .dim { fill: var(--dim); } svg .strong { font-weight: 600; }
    svg .word { font-style: italic; fill: var(--dim); }
    svg .bad { fill: var(--bad); font-weight: 700; }
    svg .halo { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
    svg .plate { fill: var(--card); }
    svg .life { stroke: var(--line); stroke-width: 2; }
    svg .box { fill: var(--soft); stroke: var(--line); }
    svg .own { stroke: var(--ink); }
    svg .arrow { fill: none; stroke: var(--dim); stroke-width: 1.6; }
    svg .out { stroke: var(--accent); } svg .head.out { fill: var(--accent); stroke: none; }
    svg .in { stroke: var(--ink); } svg .head.in { fill: var(--ink); stroke: none; }
    svg .head { fill: var(--dim); }
    svg .thin { stroke-dasharray: 2 4; stroke-width: 1.4; }
    svg .arrow.wrong { stroke: var(--bad); stroke-width: 3; } svg .head.wrong { fill: var(--bad); }
    svg .note { fill: var(--soft); stroke: var(--dim); } svg .note.quiet { stroke-dasharray: 4 3; }
    svg .note.typed { fill: var(--card); stroke: var(--accent); }
    svg .note.wrong { fill: var(--bad-soft); stroke: var(--bad); stroke-width: 2.5; }
    svg .stop { fill: var(--bad); } svg .stroke { stroke: var(--card); stroke-width: 2.4; fill: none; }
    svg .state { fill: var(--good-soft); stroke: var(--good); stroke-width: 1.6; }
    svg .state.never { fill: var(--card); stroke: var(--dim); stroke-dasharray: 5 4; }
    svg .arrow.never { stroke-dasharray: 5 4; }

    """

  static let print = """
    @media print {
      :root {
        color-scheme: light;
        --page: #fff; --card: #fff; --soft: #f4f4f2; --ink: #000; --dim: #4a4f57; --line: #c9c9c4;
        --accent: #1f4e8f; --good: #19693a; --bad: #a3211a; --doubt: #754900;
        --bad-soft: #fcefed; --good-soft: #edf6f0; --doubt-soft: #fbf3e2;
      }
      body { font-size: 10pt; }
      header, main { max-width: none; padding: 0; }
      nav { display: none; }
      section { margin-top: 1.5rem; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
      .scroll { overflow: visible; }
      .scroll > svg { max-width: 100%; height: auto; }
      .problem, tr, .scroll > svg, .command { break-inside: avoid; }
      #problem-1 { break-inside: auto; }
      .card { box-decoration-break: clone; -webkit-box-decoration-break: clone; }
      summary { list-style: none; }
      h2, h3, h4, summary { break-after: avoid; }
      .bar, .badge, .first, svg { print-color-adjust: exact; }
    }

    """
}
