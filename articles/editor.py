"""The text editor: its parts, its menu, and the modules that its page loads. A leaf.

What it writes is judged by `articles.html` alone.
"""

from typing import Any

# Specifiers of the import map, and the files that they stand for.
MODULES = {
    "newsroom/editor": "articles/editor/index.js",
    **{
        f"newsroom/editor/{name}": f"articles/editor/{name}.js"
        for name in (
            *("aids", "blocks", "dialog", "finder", "links", "pasting"),
            *("pictures", "tables", "typing", "videos"),
        )
    },
}


def judged_elsewhere(_configuration: Any, _shared: dict[str, Any]) -> None:
    """Where the editor's library would ask which tags an extension writes."""


# For the setting DJANGO_PROSE_EDITOR_EXTENSIONS: the parts that are the paper's own.
OWN_EXTENSIONS = [
    {
        "js": ["newsroom/editor"],
        "extensions": dict.fromkeys(
            [
                *("ArchivePicture", "CaptionedTable", "Direction", "Pasting", "Quote"),
                *("StoryLink", "TypingAids", "VideoCard"),
            ],
            judged_elsewhere,
        ),
    }
]

_MENU = ["blockType -lists", "marks", "link", "lists", "quotes", "insert", "table", "direction"]

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Quote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    # A site that is named becomes no link by itself.
    "StoryLink": {
        "autolink": False,
        "enableTarget": False,
        "protocols": ["http", "https", "mailto"],
    },
    "ArchivePicture": True,
    "VideoCard": True,
    "CaptionedTable": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Direction": True,
    "Pasting": True,
    "TypingAids": True,
    "HTML": True,
    "Menu": {"groups": [{"group": group} for group in (*_MENU, "history", "utility")]},
}

# For texts whose pictures nothing in the archive would know of.
WITHOUT_PICTURES = {name: part for name, part in EXTENSIONS.items() if name != "ArchivePicture"}
