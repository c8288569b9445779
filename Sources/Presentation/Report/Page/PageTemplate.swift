/// The templates of the page.
enum PageTemplate {
    /// The whole page, without scripts and without anything that is fetched.
    static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <style>
        {{{style}}}
        </style>
        </head>
        <body>
        <main>
        <header>
        <h1>{{title}}</h1>
        <p class="span">{{span}}</p>
        <p class="line">{{line}}</p>
        <nav aria-label="The seven questions">
        <ol>
        {{#answers}}
        <li><span class="verdict {{tone}}">{{verdict}}</span> <a href="#{{id}}">{{question}}</a></li>
        {{/answers}}
        </ol>
        </nav>
        </header>
        <section aria-label="Promise board">
        {{#isBoardEmpty}}
        <p class="caption">Promise board</p>
        <p>{{emptyBoard}}</p>
        {{/isBoardEmpty}}
        {{^isBoardEmpty}}
        <table class="board">
        <caption>Promise board</caption>
        <thead><tr>{{#headings}}<th scope="col">{{.}}</th>{{/headings}}</tr></thead>
        <tbody>
        {{#entries}}
        <tr>
        <th scope="row" class="{{wordClass}}"><span class="name">{{name}}</span> <span class="quiet">{{rank}}</span><br>{{sentence}}</th>
        <td data-heading="Owner" class="{{wordClass}}">{{owner}}</td>
        <td data-heading="Week">{{{strip}}}<span class="value">{{week}}</span></td>
        <td data-heading="Kept" class="{{keptTone}} short">{{kept}}</td>
        <td data-heading="Misses left in 13 weeks" class="{{budgetTone}}">{{budget}}</td>
        <td data-heading="Margin">{{{sparkline}}}<span class="value">{{margin}}</span></td>
        </tr>
        {{/entries}}
        </tbody>
        </table>
        <ul class="legend" aria-label="Signs">
        {{#legend}}
        <li>{{{drawing}}} {{word}}</li>
        {{/legend}}
        </ul>
        {{/isBoardEmpty}}
        </section>
        <section aria-label="Decisions and actions">
        {{#actions}}
        {{> page-table}}
        {{/actions}}
        </section>
        {{#answers}}
        <section class="answer" aria-labelledby="{{id}}">
        <h2 id="{{id}}"><span class="verdict {{tone}}">{{verdict}}</span> {{question}}</h2>
        {{#sentences}}
        <p>{{.}}</p>
        {{/sentences}}
        {{#figures}}
        <figure>{{{drawing}}}<figcaption>{{caption}}</figcaption></figure>
        {{/figures}}
        {{#tables}}
        {{> page-table}}
        {{/tables}}
        </section>
        {{/answers}}
        <section class="appendix" aria-label="Appendix">
        {{#notes}}
        <p>{{.}}</p>
        {{/notes}}
        {{#appendix}}
        {{> page-table}}
        {{/appendix}}
        <dl class="facts">
        {{#facts}}
        <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
        {{/facts}}
        </dl>
        </section>
        </main>
        <footer aria-label="Definitions">
        <p class="caption">Definitions</p>
        <dl>
        {{#definitions}}
        <dt>{{name}}</dt><dd>{{value}}</dd>
        {{/definitions}}
        </dl>
        </footer>
        </body>
        </html>
        """ + "\n"

    /// A table with its caption, or what is said where there are no rows.
    static let table = """
        {{#isEmpty}}
        <p class="caption">{{caption}}</p>
        <p>{{empty}}</p>
        {{/isEmpty}}
        {{^isEmpty}}
        <table class="rows">
        <caption>{{caption}}</caption>
        <thead><tr>{{#headings}}<th scope="col">{{.}}</th>{{/headings}}</tr></thead>
        <tbody>
        {{#rows}}
        <tr>{{#.}}<td data-heading="{{heading}}" class="{{tone}}{{#isLong}} long{{/isLong}}{{#isShort}} short{{/isShort}}">{{#isCommand}}<code>{{text}}</code>{{/isCommand}}{{^isCommand}}{{text}}{{/isCommand}}</td>{{/.}}</tr>
        {{/rows}}
        </tbody>
        </table>
        {{#hasMore}}
        <p>{{more}}</p>
        {{/hasMore}}
        {{/isEmpty}}
        """ + "\n"
}
