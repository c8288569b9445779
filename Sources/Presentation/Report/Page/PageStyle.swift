/// The style sheet of the page: light and dark, wide and narrow, on a screen and on paper.
enum PageStyle {
    private static let light = """
        --paper: #ffffff; --panel: #f6f8fa; --text: #1f2328; --soft: #57606a; --edge: #d0d7de;
          --kept: #1a7f37; --late: #9a6700; --missed: #b3261e; --waived: #6e4aa6; --unknown: #57606a;
        """

    private static let dark = """
        --paper: #0d1117; --panel: #161b22; --text: #e6edf3; --soft: #9ba5b0; --edge: #30363d;
          --kept: #4ac26b; --late: #e3b341; --missed: #ff7b72; --waived: #c297ff; --unknown: #9ba5b0;
        """

    /// The whole sheet.
    static let text = """
        :root { color-scheme: light dark; \(light) }
        @media (prefers-color-scheme: dark) { :root { \(dark) } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--text);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
        main, footer { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
        h2 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .75rem; }
        .span, .quiet { color: var(--soft); }
        .span { margin: .25rem 0 0; }
        p.line { font-size: 1.15rem; border-left: 4px solid var(--edge); padding-left: .9rem; }
        nav ol { list-style: none; margin: 0; padding: 0; columns: 2 22rem; }
        nav li { break-inside: avoid; padding: .2rem 0; }
        a { color: inherit; text-underline-offset: .15em; }
        a:focus-visible { outline: 3px solid var(--waived); outline-offset: 2px; }
        .verdict { display: inline-block; border: 1.5px solid currentColor; border-radius: 4px; padding: 0 .45em;
          font-weight: 600; white-space: nowrap; }
        nav .verdict { font-size: .85rem; }
        .good { color: var(--kept); } .bad { color: var(--missed); } .warning { color: var(--late); }
        .strong, .name { font-weight: 600; }
        section { margin-top: 2.2rem; }
        .answer { border-top: 1px solid var(--edge); padding-top: 1.4rem; }
        table { width: 100%; border-collapse: collapse; margin: 1rem 0; font-size: .92rem; }
        caption, .caption { text-align: left; font-weight: 600; padding: .3rem 0; margin: 1rem 0 0; }
        .caption + p { margin-top: .2rem; }
        .board caption { font-size: 1.05rem; }
        .short { white-space: nowrap; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--edge);
          min-width: 3rem; }
        thead th { color: var(--soft); font-weight: 600; background: var(--panel); }
        tbody th { font-weight: 400; width: 30%; }
        .long { overflow-wrap: anywhere; }
        code { font: .9em ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--panel);
          padding: .1em .3em; border-radius: 3px; }
        .value { display: block; }
        svg { max-width: 100%; height: auto; display: block; }
        .board svg { max-width: none; }
        svg text { font: 9px system-ui, sans-serif; fill: currentColor; }
        .chart text, .timeline text { font-size: 12px; }
        .sparkline { color: var(--soft); }
        .ink { fill: currentColor; } .paper { fill: var(--paper); }
        svg .line { fill: none; stroke: currentColor; stroke-width: 1.6; }
        .cut { fill: none; stroke: var(--paper); stroke-width: 2.4; }
        .faint { fill: none; stroke: var(--edge); stroke-width: 1.2; }
        .deadline { fill: none; stroke: var(--missed); stroke-width: 1.4; }
        svg .kept { color: var(--kept); } svg .late { color: var(--late); } svg .missed { color: var(--missed); }
        svg .waived { color: var(--waived); } svg .unknown { color: var(--unknown); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0; padding: 0;
          font-size: .9rem; }
        .legend svg { display: inline-block; vertical-align: -4px; }
        figure { margin: 1rem 0; }
        figcaption, dl { font-size: .92rem; }
        .facts { background: var(--panel); padding: .8rem 1rem; border-radius: 6px; }
        .facts div { display: flex; flex-wrap: wrap; gap: 0 .8rem; }
        .facts dt { min-width: 15rem; }
        dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
        .facts dd { margin: 0; }
        @media screen and (max-width: 46rem) {
          .board svg { max-width: 100%; }
          main, footer { padding: 1rem; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          table, caption, tbody, tr, td, tbody th { display: block; width: 100%; }
          tr { border: 1px solid var(--edge); border-radius: 6px; margin: .7rem 0; padding: .3rem 0; }
          td, tbody th { border: 0; padding: .25rem .8rem; }
          td::before { content: attr(data-heading); display: block; color: var(--soft); font-size: .8rem;
            font-weight: 400; }
        }
        @media print {
          @page { margin: 14mm; }
          :root { color-scheme: light; \(light) }
          html { font-size: 9.5pt; }
          body { font-size: 1rem; line-height: 1.35; }
          th, td { padding: .25rem .4rem; }
          section { margin-top: 1.2rem; }
          p { margin: .5rem 0; }
          footer dl { columns: 2; }
          main, footer { max-width: none; padding: 0; }
          nav { display: none; }
          tr, figure, .legend, dt, h2 { break-inside: avoid; }
          dt, h2, caption, .caption { break-after: avoid; }
          thead { display: table-header-group; }
          .strip, .sign { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
