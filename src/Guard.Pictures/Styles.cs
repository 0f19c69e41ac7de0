namespace Guard.Pictures;

/// <summary>The style sheets of pages and pictures. Colours are told apart by people with any common colour vision (after Okabe and Ito).</summary>
public static class Styles
{
    /// <summary>The pictures alone, for a page with a style of its own: it gives <c>--ink</c>, <c>--soft</c>, <c>--faint</c>, <c>--paper</c>, <c>--card</c> and the colours <c>--c0</c> to <c>--c7</c>, light and dark.</summary>
    public const string Pictures = """
        :root{--ink:#1c2330;--soft:#5b6472;--faint:#dde2e9;--paper:#fbfcfd;--card:#fff;
        --c0:#0067b1;--c1:#c2500a;--c2:#00805c;--c3:#a24c86;--c4:#9c7800;--c5:#3a86b8;--c6:#6b5bb0;--c7:#6b7280}
        @media (prefers-color-scheme:dark){:root{--ink:#e7ebf1;--soft:#a3adbb;--faint:#333c49;--paper:#12161c;--card:#1a2029;
        --c0:#5fb4f2;--c1:#f0924e;--c2:#3fc99e;--c3:#e197c7;--c4:#e3c14d;--c5:#8fd0f4;--c6:#b3a6f0;--c7:#a3adbb}}
        .picture{margin:0;background:var(--card);border:1px solid var(--faint);border-radius:10px;padding:14px 14px 6px}
        .picture figcaption{font-weight:600;margin-bottom:2px}.picture svg{display:block;width:100%;height:auto}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;margin:2px 0 4px;padding:0;font-size:13px;color:var(--soft)}
        .swatch{display:inline-block;width:18px;height:0;border-top:3px solid;margin-right:6px;vertical-align:middle}.swatch.dashed{border-top-style:dashed}
        .swatch.c0{border-color:var(--c0)}.swatch.c1{border-color:var(--c1)}.swatch.c2{border-color:var(--c2)}.swatch.c3{border-color:var(--c3)}
        .swatch.c4{border-color:var(--c4)}.swatch.c5{border-color:var(--c5)}.swatch.c6{border-color:var(--c6)}.swatch.c7{border-color:var(--c7)}
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}
        svg .axes text{fill:var(--ink)}svg text.label{fill:var(--ink);paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
        .grid line{stroke:var(--faint)}.axes line{stroke:var(--soft)}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}.line.dashed{stroke-dasharray:6 4}.band{stroke:none;fill-opacity:.16}
        line.mark{stroke-dasharray:3 3;stroke-width:1.5}circle.mark{stroke:var(--card);stroke-width:1.5}circle.hollow{fill:var(--card)!important;stroke-width:2.5}.whisker{stroke:var(--ink);stroke-width:1.5}
        .line.c0,line.c0{stroke:var(--c0)}.line.c1,line.c1{stroke:var(--c1)}.line.c2,line.c2{stroke:var(--c2)}.line.c3,line.c3{stroke:var(--c3)}
        .line.c4,line.c4{stroke:var(--c4)}.line.c5,line.c5{stroke:var(--c5)}.line.c6,line.c6{stroke:var(--c6)}.line.c7,line.c7{stroke:var(--c7)}
        circle.hollow.c0{stroke:var(--c0)}circle.hollow.c1{stroke:var(--c1)}circle.hollow.c2{stroke:var(--c2)}circle.hollow.c3{stroke:var(--c3)}
        circle.hollow.c4{stroke:var(--c4)}circle.hollow.c5{stroke:var(--c5)}circle.hollow.c6{stroke:var(--c6)}circle.hollow.c7{stroke:var(--c7)}
        .band.c0,.bar.c0,circle.c0{fill:var(--c0)}.band.c1,.bar.c1,circle.c1{fill:var(--c1)}.band.c2,.bar.c2,circle.c2{fill:var(--c2)}
        .band.c3,.bar.c3,circle.c3{fill:var(--c3)}.band.c4,.bar.c4,circle.c4{fill:var(--c4)}.band.c5,.bar.c5,circle.c5{fill:var(--c5)}
        .band.c6,.bar.c6,circle.c6{fill:var(--c6)}.band.c7,.bar.c7,circle.c7{fill:var(--c7)}
        .cell{fill:var(--c0)}.cell.missing{fill:none;stroke:var(--faint)}
        .zone{fill-opacity:.14}.zone.c0{fill:var(--c0)}.zone.c1{fill:var(--c1)}.zone.c3{fill:var(--c3)}.zone.c4{fill:var(--c4)}.zone.c7{fill:var(--c7)}
        .tip{fill:transparent}.tip:hover,g:hover>.tip{fill:var(--c7);fill-opacity:.13}
        .sparkline,.interval{display:block;overflow:visible}.sparkline .line{stroke-width:1.5}.sparkline .axis,.interval .axis{stroke:var(--faint)}
        .interval .bar{fill-opacity:.35}.interval .line{stroke-width:1.5}.interval .limit{stroke:var(--soft);stroke-dasharray:2 2}svg text.name{fill:var(--ink)}
        """;

    /// <summary>A page that stands alone, with its pictures.</summary>
    public const string Css = Pictures + "\n" + """
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        main{max-width:1240px;margin:0 auto;padding:28px 24px 64px}
        h1{font-size:27px;line-height:1.2;margin:0 0 4px}h2{font-size:19px;margin:38px 0 8px}
        p{max-width:78ch;margin:6px 0 12px}.subtitle,.note{color:var(--soft)}.note{font-size:13px}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(480px,100%),1fr));gap:18px}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:18px 0}
        .tile{background:var(--card);border:1px solid var(--faint);border-radius:10px;padding:12px 14px}
        .tile b{display:block;font-size:23px;line-height:1.25;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
        .picture{max-width:920px}.pair .picture{max-width:none}.picture+.picture{margin-top:16px}.pair .picture+.picture{margin-top:0}
        details{margin:6px 0}summary{cursor:pointer;font-weight:600;padding:4px 0}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px;margin:8px 0}
        th,td{text-align:right;padding:5px 9px;border-bottom:1px solid var(--faint);white-space:nowrap}
        th{color:var(--soft);font-weight:600;border-bottom-color:var(--soft)}th:first-child,td:first-child,td.text,th.text{text-align:left}
        td small{color:var(--soft)}tr.strong td{font-weight:600}tr.rule td{border-top:2px solid var(--soft)}
        """;
}
