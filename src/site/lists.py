"""Indents what is in a list as MkDocs requires it: by four spaces, where GitHub is content with two or three."""

import re

ITEM = re.compile(r" *(?:[-*]|\d+\.) +")
FENCE = re.compile(r" *(```+|~~~+)")


def indented(text):
    lines = []
    # The indentation of the items around a line, before and after.
    items = []
    fence = ""
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not fence:
            while items and indent < items[-1][0]:
                items.pop()
        before, after = items[-1] if items else (0, 0)
        lines.append(" " * (after + max(indent - before, 0)) + line.lstrip(" ") if line.strip() else "")
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip() == fence:
            fence = ""
        elif not fence and (item := ITEM.match(line)):
            items.append((len(item[0]), after + indent - before + 4))
    return "\n".join(lines)
