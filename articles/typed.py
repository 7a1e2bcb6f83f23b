"""What somebody has typed in a story's form, saved or not, as a revision that is not kept."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles import html
from articles.models import Tag
from articles.numbers import whole_number
from articles.revisions import Revision

_WORDS = (
    *("title", "subtitle", "body", "excerpt", "image_caption", "no_image_reason"),
    *("slug", "language", "comments_open"),
)
_PICKED = re.compile(r"related_posts-([0-9]{1,4})-to_article")


def typed_revision(form: forms.ModelForm, *, over: Any = None) -> Any:
    """The content of a bound form; what it does not hold is as in `over`, or empty.

    A field that the form would refuse is taken as it was typed where it is a text.
    """
    typed = Revision()
    for field in Revision._meta.concrete_fields:
        if over is not None:
            setattr(typed, field.attname, getattr(over, field.attname))
    for name in form.fields:
        _take(typed, form, name)
    if "related_posts-TOTAL_FORMS" in form.data:
        typed.related_ids = _picked(form.data)
    typed.body = html.clean(typed.body)
    return typed


def _take(typed: Any, form: forms.ModelForm, name: str) -> None:
    value = _cleaned(form, name)
    if name in _WORDS and value is not None:
        setattr(typed, name, value)
    elif name in ("byline", "image", "category"):
        setattr(typed, f"{name}_id", value.pk if value else None)
    elif name == "further_categories":
        typed.further_category_ids = sorted(each.pk for each in value or ())
    elif name == "tags":
        typed.tag_ids = _tags(value or [])


def _cleaned(form: forms.ModelForm, name: str) -> Any:
    """What a field makes of what was typed; a text that it refuses, as it is."""
    field = form.fields[name]
    raw = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        return field.clean(raw)
    except ValidationError:
        return raw.replace("\x00", "") if name in _WORDS and isinstance(raw, str) else None


def _tags(names: list[str]) -> list[Any]:
    """The keys of the tags that are there, and the names of those that would be made."""
    known = {tag.name.casefold(): tag.pk for tag in Tag.objects.filter(name__in=names)}
    keys = [known.get(name.casefold(), name) for name in names]
    return [*sorted(key for key in keys if isinstance(key, int)), *_texts(keys)]


def _texts(keys: list[Any]) -> list[str]:
    return [key for key in keys if isinstance(key, str)]


def _picked(data: Any) -> list[int]:
    """The related stories in their order, without those that are marked to be taken out."""
    rows = []
    for name in data:
        match = _PICKED.fullmatch(name)
        key = whole_number(data[name]) if match else None
        if match and key is not None and not data.get(f"related_posts-{match[1]}-DELETE"):
            position = whole_number(data.get(f"related_posts-{match[1]}-position", ""))
            rows.append((position or 0, int(match[1]), key))
    return [key for _position, _row, key in sorted(rows)]
