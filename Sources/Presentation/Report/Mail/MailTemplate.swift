/// The templates of the mail: tables and inline styles, which every reader of mails shows.
enum MailTemplate {
    /// The whole mail; what leaders need comes first.
    static let mail = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{title}}</title>
        </head>
        <body style="margin:0;padding:0;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;"><tr><td align="center" style="padding:16px;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:680px;border-collapse:collapse;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;"><tr><td style="overflow-wrap:break-word;word-wrap:break-word;">
        <h1 style="font-size:20px;line-height:26px;margin:0;">{{title}}</h1>
        <p style="margin:4px 0 12px;">{{span}}</p>
        <p style="font-size:16px;line-height:23px;margin:0 0 18px;"><b>{{line}}</b></p>
        {{#isBoardEmpty}}
        <p style="margin:12px 0 4px;"><b>Promise board</b></p>
        <p style="margin:0 0 6px;">{{emptyBoard}}</p>
        {{/isBoardEmpty}}
        {{#entries}}
        <table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;border-top:1px solid #8c959f;"><tr><td style="padding:10px 0;{{wordStyle}}">
        <b>{{name}}</b> ({{rank}}, owner {{owner}})<br>{{sentence}}
        <table cellpadding="0" cellspacing="3" style="border-collapse:separate;margin:4px 0;"><tr>
        {{#cells}}
        <td align="center" bgcolor="{{colour}}" style="background:{{colour}};color:#ffffff;padding:2px 5px;font-size:11px;line-height:14px;">{{label}}<br>{{glyph}} {{word}}</td>
        {{/cells}}
        </tr></table>
        {{week}}<br>
        Kept <span style="{{keptStyle}}">{{kept}}</span>; misses left in 13 weeks: <span style="{{budgetStyle}}">{{budget}}</span>; margin: {{margin}}
        </td></tr></table>
        {{/entries}}
        {{#hasMore}}
        <p style="margin:8px 0;">{{more}}</p>
        {{/hasMore}}
        {{^isBoardEmpty}}
        <p style="font-size:12px;margin:8px 0 20px;">{{legend}}</p>
        {{/isBoardEmpty}}
        {{#actions}}
        {{> mail-table}}
        {{/actions}}
        {{#answers}}
        <h2 style="font-size:16px;line-height:22px;margin:26px 0 8px;border-top:1px solid #8c959f;padding-top:14px;"><span style="{{style}}">&nbsp;{{verdict}}&nbsp;</span> {{question}}</h2>
        {{#sentences}}
        <p style="margin:0 0 6px;">{{.}}</p>
        {{/sentences}}
        {{#tables}}
        {{> mail-table}}
        {{/tables}}
        {{/answers}}
        <div style="border-top:1px solid #8c959f;margin:26px 0 14px;font-size:0;line-height:0;">&nbsp;</div>
        {{#notes}}
        <p style="margin:0 0 6px;">{{.}}</p>
        {{/notes}}
        {{#appendix}}
        {{> mail-table}}
        {{/appendix}}
        <p style="font-size:12px;margin:20px 0 0;">{{#facts}}{{name}}: {{value}}<br>{{/facts}}All of it: {{command}}</p>
        <p style="font-size:12px;margin:14px 0 0;"><b>Definitions</b><br>{{#definitions}}<b>{{name}}</b>: {{value}}<br>{{/definitions}}</p>
        </td></tr></table>
        </td></tr></table>
        </body>
        </html>
        """ + "\n"

    /// A table with its caption, or what is said where there are no rows.
    static let table = """
        <p style="margin:12px 0 4px;"><b>{{caption}}</b></p>
        {{#isEmpty}}
        <p style="margin:0 0 6px;">{{empty}}</p>
        {{/isEmpty}}
        {{^isEmpty}}
        <table width="100%" cellpadding="4" cellspacing="0" border="1" style="border-collapse:collapse;border-color:#8c959f;font-size:12px;line-height:16px;">
        <tr>{{#headings}}<th align="left">{{.}}</th>{{/headings}}</tr>
        {{#rows}}
        <tr valign="top">{{#.}}<td style="{{style}}">{{#isCommand}}<code>{{text}}</code>{{/isCommand}}{{^isCommand}}{{text}}{{/isCommand}}</td>{{/.}}</tr>
        {{/rows}}
        </table>
        {{/isEmpty}}
        {{#hasMore}}
        <p style="margin:4px 0;">{{more}}</p>
        {{/hasMore}}
        """ + "\n"
}
