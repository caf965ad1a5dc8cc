"""A hook of MkDocs that prepares the tables for narrow screens: assets/site.css shows each cell in a line there."""

import html
import re

TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td\b([^>]*)>(.*?)</td>", re.DOTALL)
LONG_WORD = re.compile(r"[^\s<>]{16,}")
CODE = re.compile(r"<code>(.*?)</code>")
# Where an identifier, a path, or an address may break.
BREAK = re.compile(r"(?<=[./:_=,@-])(?=[\w$&*{])|(?<=[a-z])(?=[A-Z])")


def on_page_content(content, **_):
    return TABLE.sub(lambda table: prepared(table[0]), content)


def prepared(table):
    names = [re.sub(r"<[^>]+>", "", head).strip() for head in HEAD.findall(table)]
    rows = ROW.sub(lambda row: labeled(row[0], names), table)
    kind = "stacked" if len(names) > 2 else "pairs"
    longest = 20 if len(names) > 3 else 40
    marked = CODE.sub(lambda code: f"<code data-long>{code[1]}</code>" if len(code[1]) > longest else code[0], rows)
    return marked.replace("<table>", f'<table data-kind="{kind}">')


def labeled(row, names):
    columns = iter(names)

    def cell(found):
        # Two short cells fit into a line.
        short = " data-short" if len(re.sub(r"<[^>]+>", "", found[2])) <= 12 else ""
        return f'<td data-column="{html.escape(next(columns), quote=True)}"{short}{found[1]}>{breakable(found[2])}</td>'

    return CELL.sub(cell, row)


def breakable(text):
    parts = re.split(r"(<[^>]+>)", text)
    return "".join(part if part.startswith("<") else LONG_WORD.sub(lambda word: BREAK.sub("<wbr>", word[0]), part) for part in parts)
