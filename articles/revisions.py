"""Revisions of a story: which there are, what changed between two, and how one is put back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import differences
from articles.differences import Block, BlockDifference, Run, RunKind
from articles.locks import one_at_a_time
from articles.models import (
    CONTENT,
    REVISIONS,
    UNFINISHED,
    AbstractRevision,
    ArchiveImage,
    Article,
    ArticleStatus,
    Byline,
    Category,
    FormerSlug,
    Refused,
    RelatedPost,
    Tag,
)
from articles.rights import Account, visible_to

Revision: Any = Article.revisions.model

# What a revision holds by key, and whose keys they are.
_NAMED: dict[str, type[models.Model]] = {
    **{"byline": Byline, "image": ArchiveImage, "category": Category},
    **{"further_category_ids": Category, "tag_ids": Tag, "related_ids": Article},
}
_KEYS_OF_ONE = ("byline", "image", "category")
_LACKS = {
    ArticleStatus.SCHEDULED: _(
        "This story is scheduled, and that revision lacks: %s. Nothing was changed."
    ),
    ArticleStatus.PUBLISHED: _(
        "Readers see this story, and that revision lacks: %s. Nothing was changed."
    ),
    ArticleStatus.RETRACTED: _(
        "This story was published, and that revision lacks: %s. Nothing was changed."
    ),
}
# What is put back as it is; the rest hangs on whether it is there still.
_PLAIN = (
    *("title", "subtitle", "body", "excerpt", "image_caption", "no_image_reason"),
    *("language", "comments_open"),
)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What changed in one field of a story; a value that is no text is one block of names."""

    name: str
    label: str
    blocks: list[BlockDifference]


@dataclass(frozen=True, slots=True)
class Restored:
    """The new revision, None where the story said all of it already, and what was left as it is.

    `left` are the names of fields whose old value is no longer there to be put back.
    """

    revision: AbstractRevision | None
    left: list[str]


def of(article: Article) -> models.QuerySet[Any]:
    """The revisions of a story, the newest first, with who saved them."""
    return Revision.objects.filter(id=article.pk).select_related("history_user")


@contextmanager
def kept_as_one(article: Article) -> Iterator[None]:
    """Whatever is saved of a story within this is one revision; none where it changes nothing."""
    begin_one(article)
    yield
    end_one(article)


def begin_one(article: Article) -> None:
    """Keep no revision of this story until `end_one`."""
    article.skip_history_when_saving = True  # type: ignore[attr-defined]


def end_one(article: Article) -> None:
    """Keep as one revision what was saved since `begin_one`."""
    del article.skip_history_when_saving  # type: ignore[attr-defined]
    REVISIONS.create_historical_record(article, "~")


def changed_fields(old: Any, new: Any) -> list[str]:
    """The names of the fields in which two revisions differ, in the order of the form."""
    return [name for name in CONTENT if _value(old, name) != _value(new, name)]


def label(name: str) -> str:
    """What a field of a revision is called, in the reader's language."""
    return str(Revision._meta.get_field(name).verbose_name)


def compare(old: Any, new: Any, *, reader: Account) -> list[FieldDifference]:
    """What changed between two revisions, field by field; only the fields that changed.

    A story that the reader may not see is told by its number alone.
    """
    changed = changed_fields(old, new)
    names = _names(changed, old, new, reader=reader)
    return [
        FieldDifference(name, label(name), _compare_field(name, old, new, names))
        for name in changed
    ]


def words_changed(old: Any, new: Any) -> tuple[int, int]:
    """How many words of the body were added, and how many removed."""
    if old.body == new.body:
        return 0, 0
    return differences.words_changed(differences.compare_rich(old.body, new.body))


def restore(article: Article, revision: Any, *, by: User | None = None) -> Restored:
    """Put an older content back, as a new revision; the status stays what it is.

    Raises Refused where a story that readers see would become incomplete, and ValueError for a
    revision of another story.
    """
    if revision.id != article.pk:
        raise ValueError("a revision of another story")
    with transaction.atomic():
        one_at_a_time(Article)
        # Weaker than what a pick's key needs, so that two that pick each other do not lock up.
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        before = of(locked).first()
        left = [*_put_back(locked, revision), *_put_back_slug(locked, revision)]
        _refuse_incomplete(locked)
        locked._history_user = by  # type: ignore[attr-defined]
        locked._restored_from = revision.history_id  # type: ignore[attr-defined]
        with kept_as_one(locked):
            locked.save()
            left += _put_back_relations(locked, revision)
        newest = of(locked).first()
    return Restored(None if newest == before else newest, left)


def _put_back(article: Article, revision: Any) -> list[str]:
    """Give the story its old columns; the names of those whose value is gone."""
    for name in _PLAIN:
        setattr(article, name, getattr(revision, name))
    left = []
    for name in _KEYS_OF_ONE:
        key = getattr(revision, f"{name}_id")
        if key is None or _NAMED[name]._default_manager.filter(pk=key).exists():
            setattr(article, f"{name}_id", key)
        else:
            left.append(label(name))
    return left


def _put_back_slug(article: Article, revision: Any) -> list[str]:
    """A story that readers saw keeps its address; so does one whose old address is taken."""
    if revision.slug == article.slug:
        return []
    taken = (
        Article.objects.filter(slug=revision.slug).exists()
        or FormerSlug.objects.filter(slug=revision.slug).exclude(article=article).exists()
    )
    if article.published_at or taken:
        return [label("slug")]
    article.slug = revision.slug
    return []


def _put_back_relations(article: Article, revision: Any) -> list[str]:
    categories = _there(Category, revision.further_category_ids)
    tags = _there(Tag, revision.tag_ids)
    picks = _there(Article, [key for key in revision.related_ids if key != article.pk])
    article.further_categories.set(categories)
    article.tags.set(tags)
    RelatedPost.objects.filter(from_article=article).delete()
    RelatedPost.objects.bulk_create(
        RelatedPost(from_article=article, to_article=pick, position=position)
        for position, pick in enumerate(picks)
    )
    found = {"further_category_ids": categories, "tag_ids": tags, "related_ids": picks}
    return [label(name) for name, rows in found.items() if len(rows) < len(_value(revision, name))]


def _there(model: type[models.Model], keys: list[int]) -> list[Any]:
    """The rows that still are, in the order of their keys."""
    rows = model._default_manager.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _refuse_incomplete(article: Article) -> None:
    if article.status in UNFINISHED:
        return
    if article.undescribed_pictures():
        raise Refused(
            gettext("A picture of that revision has no alternative text. Describe it first.")
        )
    missing = article.lost_fields()
    if missing:
        raise Refused(
            _LACKS[ArticleStatus(article.status)]
            % get_text_list([label(name) for name in missing], gettext("and"))
        )


def _value(revision: Any, name: str) -> Any:
    return getattr(revision, Revision._meta.get_field(name).attname)


def _compare_field(
    name: str, old: Any, new: Any, names: dict[type[models.Model], dict[Any, str]]
) -> list[BlockDifference]:
    before, after = _value(old, name), _value(new, name)
    if name == "body":
        return differences.compare_rich(before, after)
    if name in _NAMED:
        known = names[_NAMED[name]]
        return _compare_names(*(_told(keys, known) for keys in (before, after)))
    field = Revision._meta.get_field(name)
    if field.choices or isinstance(field, models.BooleanField):
        return _compare_names([_said(field, before)], [_said(field, after)])
    return differences.compare_plain(before, after)


def _said(field: models.Field, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(dict(field.flatchoices).get(value, value))


def _told(keys: Any, known: dict[Any, str]) -> list[str]:
    """The names of one key or of several; what is no key is a name already."""
    several = keys if isinstance(keys, list) else [keys] if keys is not None else []
    return [
        each if isinstance(each, str) else known.get(each) or gettext("number %d") % each
        for each in several
    ]


def _names(
    changed: Iterable[str], *revisions: Any, reader: Account
) -> dict[type[models.Model], dict[Any, str]]:
    """What the keys in the changed fields stand for; one query for each kind of thing."""
    wanted: dict[type[models.Model], set[int]] = {}
    for name in changed:
        if name in _NAMED:
            for revision in revisions:
                value = _value(revision, name)
                keys = value if isinstance(value, list) else [value]
                wanted.setdefault(_NAMED[name], set()).update(
                    key for key in keys if isinstance(key, int)
                )
    return {
        model: {key: str(row) for key, row in _readable(model, reader).in_bulk(keys).items()}
        for model, keys in wanted.items()
    }


def _readable(model: type[models.Model], reader: Account) -> models.QuerySet[Any]:
    return visible_to(reader) if model is Article else model._default_manager.all()


def _compare_names(before: list[str], after: list[str]) -> list[BlockDifference]:
    """Names that went, stayed and came, one a block."""
    gone = [(each, RunKind.REMOVED) for each in before if each not in after]
    rest = [(each, RunKind.EQUAL if each in before else RunKind.ADDED) for each in after]
    if not gone and sorted(before) == sorted(after):
        gone = [(gettext("in another order"), RunKind.ADDED)]
    block = Block((), [])
    return [BlockDifference(block, block, [Run(kind, text)]) for text, kind in (*gone, *rest)]
