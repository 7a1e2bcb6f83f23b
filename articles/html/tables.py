"""Tables in one order: a caption, the rows of heads, the other rows."""

from articles.html.tree import BLOCKS, Content, Element


def in_order(table: Element, *, is_nested: bool) -> Content:
    """The table; of one that lies in another, or has no cell, its text in paragraphs."""
    rows = [each for each in table.descendants() if each.tag == "tr" and _cells(each)]
    captions = [each for each in table.elements if each.tag == "caption" and not each.is_empty]
    if is_nested or not rows:
        cells = [part for row in rows for cell in _cells(row) for part in paragraphs(cell)]
        return [*(part for caption in captions for part in paragraphs(caption)), *cells]
    for row in rows:
        row.children = [*_cells(row)]
    heads = _count_of_head_rows(rows)
    for number, row in enumerate(rows):
        for cell in _cells(row):
            if cell.tag == "th":
                cell.attributes["scope"] = "col" if number < heads else "row"
    parts = [("thead", rows[:heads]), ("tbody", rows[heads:])]
    sections = [Element(tag, children=[*of_it]) for tag, of_it in parts if of_it]
    direction = {name: v for name, v in table.attributes.items() if name == "dir"}
    named = [Element("caption", {}, [" ".join(each.text.split())]) for each in captions[:1]]
    return [Element("table", direction, [*named, *sections])]


def paragraphs(container: Element) -> Content:
    """What lies in an element, as blocks of its own."""
    if container.has_blocks:
        return _separate(container.children)
    if container.is_empty:
        return []
    direction = {name: v for name, v in container.attributes.items() if name == "dir"}
    return [Element("p", direction, container.children)]


def _separate(children: Content) -> Content:
    """Blocks, and paragraphs of what stands between them."""
    blocks: Content = []
    line: Content = []
    for child in [*children, None]:
        is_inline = isinstance(child, str) or (
            child is not None and child.tag not in BLOCKS and not child.has_blocks
        )
        if is_inline and child is not None:
            line.append(child)
            continue
        paragraph = Element("p", children=line)
        blocks += [] if paragraph.is_empty else [paragraph]
        blocks += [] if child is None else [child]
        line = []
    return blocks


def _cells(row: Element) -> list[Element]:
    return [each for each in row.elements if each.tag in {"td", "th"}]


def _count_of_head_rows(rows: list[Element]) -> int:
    for number, row in enumerate(rows):
        if any(cell.tag == "td" for cell in _cells(row)):
            return number
    return len(rows)
