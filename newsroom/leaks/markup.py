"""The links and the forms of an answer. A leaf: it knows neither Django nor the site."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

# Links in feeds, sitemaps and JSON.
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src"}
_ROWS_OF_A_LIST = "_selected_action"  # the boxes of a list in Django's admin
_UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Field:
    """What a form sends under one name; `choices` of a list, `is_on` of a box or an option."""

    name: str
    kind: str
    value: str = ""
    is_required: bool = False
    is_on: bool = True
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page, with the (name, value) pairs of its buttons."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self) -> list[Field]:
        """The fields that a browser sends, with every row of a list picked.

        Where one of several has to be picked, that is the first.
        """
        picked = {each.name for each in self.fields if each.kind == "radio" and each.is_on}
        found = []
        for each in self.fields:
            if each.kind == "radio" and each.name not in picked:
                picked.add(each.name)
                found.append(each)
            elif each.is_on or each.name == _ROWS_OF_A_LIST:
                found.append(each)
        return found

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.fields)


@dataclass
class Page:
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def read_page(text: str, content_type: str) -> Page:
    """The links and forms of an HTML page; the links of anything else."""
    if "html" not in content_type:
        return Page(links=_ADDRESS.findall(text))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._form: Form | None = None
        self._field: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if _LINKS.get(tag) in found:
            self.page.links.append(found[_LINKS[tag]])
        if "data-ajax--url" in found:
            self.page.links.append(_autocomplete(found))
        if tag == "form":
            method = found.get("method", "get").lower()
            self._form = Form(found.get("action", ""), method)
            self.page.forms.append(self._form)
        elif self._form is not None:
            self._read_control(tag, found, self._form)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {"textarea", "select"} and self._field is not None:
            # As HTML has it, a line's end right behind the tag is no part of the text.
            self._field.value = self._field.value.removeprefix("\n")
            self._field = None

    def handle_data(self, data: str) -> None:
        if self._field is not None and self._field.kind == "textarea":
            self._field.value += data

    def _read_control(self, tag: str, found: dict[str, str], form: Form) -> None:
        name, value = found.get("name", ""), found.get("value", "")
        kind = found.get("type", "text" if tag == "input" else "submit").lower()
        if tag == "option" and self._field is not None:
            self._read_option(value, is_selected="selected" in found)
        elif tag == "button" or (tag == "input" and kind in {"submit", "image"}):
            if kind in {"submit", "image"}:
                form.buttons.append((name, value))
        elif tag in {"textarea", "select"} or (tag == "input" and kind not in _UNSENT):
            kind = kind if tag == "input" else tag
            is_on = "checked" in found or kind not in {"checkbox", "radio"}
            self._field = Field(name, kind, value, "required" in found, is_on)
            if name:
                form.fields.append(self._field)

    def _read_option(self, value: str, *, is_selected: bool) -> None:
        assert self._field is not None
        if is_selected or not self._field.choices:
            self._field.value = value
        self._field.choices.append(value)


def _autocomplete(found: dict[str, str]) -> str:
    """The address that a field of the admin asks for its choices."""
    names = ("app_label", "model_name", "field_name")
    asked = {name: found.get(f"data-{name.replace('_', '-')}", "") for name in names}
    return f"{found['data-ajax--url']}?{urlencode({'term': '', **asked})}"
