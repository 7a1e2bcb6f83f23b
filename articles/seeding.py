"""Invented stories in any number, for measuring: written by COPY, with the decisions they need.

The same seed gives the same stories. Every trigger sees every row, as it would see an editor's.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from articles import invented
from articles.arabic import SLUG_MAX_LENGTH, slugify
from articles.bulk import (
    copy_rows,
    free_keys,
    indexes_at_once,
    run_the_deferred_triggers,
    spare_the_triggers,
    vacuum,
)
from articles.models import (
    ArchiveImage,
    Article,
    ArticleDecision,
    ArticleStatus,
    Byline,
    Category,
    RelatedPost,
    Tag,
    TaggedArticle,
)
from articles.progress import Progress, silent

_PERIOD = timedelta(days=5 * 365)
_SCHEDULED_AHEAD = timedelta(days=4)
_WRITERS, _EDITORS = 24, 4
# Of the newest stories not all are out; of the others one in so many was retracted.
_UNFINISHED_PART, _FEWEST_UNFINISHED = 0.06, 8
_RETRACTED_EACH = 150
_NEWEST = (
    *(ArticleStatus.DRAFT, ArticleStatus.PUBLISHED, ArticleStatus.IN_REVIEW, ArticleStatus.DRAFT),
    *(ArticleStatus.PUBLISHED, ArticleStatus.SCHEDULED, ArticleStatus.IN_REVIEW),
    ArticleStatus.PUBLISHED,
)
_PICKS = 3
_Further = Article.further_categories.through


def seed(number: int, *, seed: int = 1, progress: Progress = silent) -> None:
    """Write so many stories beside those that are there, in one transaction, all or nothing.

    They come with accounts that nobody can log in to, categories, bylines and tags; a later run
    finds those again. The statistics of the tables are brought up to date.
    """
    with transaction.atomic():
        spare_the_triggers()
        plan = _Plan(number, random.Random(seed), _cast())  # noqa: S311 - nothing secret is drawn
        with indexes_at_once(Article):
            # Before the stories, so that each is indexed once, with its tags and categories.
            copy_rows(TaggedArticle, plan.tagged())
            copy_rows(_Further, plan.further())
            copy_rows(Article, progress(plan.articles(), "stories", number))
            copy_rows(ArticleDecision, plan.decisions())
            copy_rows(RelatedPost, plan.picks())
            run_the_deferred_triggers(ArticleDecision, TaggedArticle, _Further, RelatedPost)
    vacuum(Article, ArticleDecision, TaggedArticle, _Further, RelatedPost)


@dataclass(frozen=True)
class _Cast:
    """Keys of what stories refer to."""

    writers: list[int]
    editors: list[int]
    categories: list[int]
    bylines: list[int]
    tags: list[int]
    images: list[int]


def _cast() -> _Cast:
    categories = [key for name, below in invented.SECTIONS.items() for key in _section(name, below)]
    return _Cast(
        writers=_accounts("writer", _WRITERS),
        editors=_accounts("editor", _EDITORS),
        categories=categories,
        bylines=[_named(Byline, name) for name in invented.BYLINES],
        tags=[_named(Tag, name) for name in invented.TAGS],
        images=list(ArchiveImage.objects.values_list("pk", flat=True)),
    )


def _section(name: str, below: tuple[str, ...]) -> list[int]:
    section = _named(Category, name)
    return [section, *(_named(Category, each, parent_id=section) for each in below)]


def _named(model: type[Byline] | type[Tag] | type[Category], name: str, **fields: Any) -> int:
    manager = model._default_manager
    found, _created = manager.get_or_create(name=name, defaults={"slug": slugify(name), **fields})
    return found.pk


def _accounts(role: str, number: int) -> list[int]:
    """Accounts of a role whose passwords nobody knows."""
    group, _created = Group.objects.get_or_create(name=role)
    keys = []
    for place in range(1, number + 1):
        name = f"seeded-{role}-{place}"
        account, created = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if created:
            account.set_unusable_password()
            account.save()
            account.groups.add(group)
        keys.append(account.pk)
    return keys


@dataclass
class _Plan:
    """What is written later, drawn while the stories are."""

    number: int
    random: random.Random
    cast: _Cast
    now: datetime = field(default_factory=timezone.now)
    written: list[int] = field(init=False)
    decided: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.written = list(islice(free_keys(Article), self.number))

    def articles(self) -> Iterator[dict[str, Any]]:
        for place, key in enumerate(self.written):
            status = self._status(place)
            begun = self.now - _PERIOD * (1 - place / self.number)
            changed = min(begun + timedelta(hours=self.random.randrange(1, 48)), self.now)
            owner = self.random.choice(self.cast.writers)
            moment = self._moment() if status == ArticleStatus.SCHEDULED else None
            self._decide(key, status, owner=owner, at=changed, publish_at=moment)
            is_out = status in {ArticleStatus.PUBLISHED, ArticleStatus.RETRACTED}
            yield {
                "id": key,
                **self._text(key),
                **self._picture(),
                "byline_id": self.random.choice(self.cast.bylines),
                "category_id": self.random.choice(self.cast.categories),
                "status": status,
                "published_at": changed if is_out else None,
                "publish_at": moment,
                "owner_id": owner,
                "created_at": begun,
                "updated_at": changed,
                "language": "ar",
                "comments_open": True,
            }

    def _text(self, key: int) -> dict[str, str]:
        title = invented.title(self.random)
        return {
            "title": title,
            "subtitle": invented.sentence(self.random),
            "slug": f"{slugify(title, SLUG_MAX_LENGTH - 20)}-{key}",
            "body": invented.body(self.random),
            "excerpt": invented.sentence(self.random),
        }

    def _picture(self) -> dict[str, Any]:
        image = self.random.choice([*self.cast.images, None])
        why = "" if image else invented.NO_PICTURE
        return {"image_id": image, "image_caption": "", "no_image_reason": why}

    def _status(self, place: int) -> ArticleStatus:
        unfinished = max(_FEWEST_UNFINISHED, int(self.number * _UNFINISHED_PART))
        if self.number - place <= unfinished:
            return _NEWEST[place % len(_NEWEST)]
        return ArticleStatus.PUBLISHED if place % _RETRACTED_EACH else ArticleStatus.RETRACTED

    def _moment(self) -> datetime:
        minutes = self.random.randrange(1, _SCHEDULED_AHEAD // timedelta(minutes=1))
        return (self.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)

    def _decide(
        self,
        article: int,
        status: ArticleStatus,
        *,
        owner: int,
        at: datetime,
        publish_at: datetime | None,
    ) -> None:
        """Let a story come to its status as one does: by its writer, then by an editor."""
        steps = [ArticleStatus.DRAFT]
        is_sent_back = status == ArticleStatus.DRAFT and self.random.randrange(2)
        if status != ArticleStatus.DRAFT or is_sent_back:
            steps.append(ArticleStatus.IN_REVIEW)
        if status == ArticleStatus.RETRACTED:
            steps.append(ArticleStatus.PUBLISHED)
        if steps[-1] != status:
            steps.append(status)
        editor = self.random.choice(self.cast.editors)
        for old, new in pairwise(steps):
            self.decided.append(
                {
                    "article_id": article,
                    "old": old,
                    "new": new,
                    "by_id": owner if new == ArticleStatus.IN_REVIEW else editor,
                    "reason": self._reason(new),
                    "publish_at": publish_at if new == ArticleStatus.SCHEDULED else None,
                    "at": at,
                }
            )

    def _reason(self, new: ArticleStatus) -> str:
        if new == ArticleStatus.DRAFT:
            return self.random.choice(invented.SENT_BACK)
        return invented.RETRACTED if new == ArticleStatus.RETRACTED else ""

    def decisions(self) -> Iterator[dict[str, Any]]:
        for key, decision in zip(free_keys(ArticleDecision), self.decided, strict=False):
            yield {"id": key, **decision}

    def tagged(self) -> Iterator[dict[str, Any]]:
        rows = ((key, tag) for key in self.written for tag in self._sample(self.cast.tags, 3))
        for key, (article, tag) in zip(free_keys(TaggedArticle), rows, strict=False):
            yield {"id": key, "content_object_id": article, "tag_id": tag}

    def further(self) -> Iterator[dict[str, Any]]:
        rows = (
            (key, category)
            for key in self.written[::5]
            for category in self._sample(self.cast.categories, 2)
        )
        for key, (article, category) in zip(free_keys(_Further), rows, strict=False):
            yield {"id": key, "article_id": article, "category_id": category}

    def picks(self) -> Iterator[dict[str, Any]]:
        rows = (
            (article, to_article, position)
            for place, article in enumerate(self.written)
            if place >= _PICKS and place % 4 == 0
            for position, to_article in enumerate(self.written[place - _PICKS : place])
        )
        for key, (article, to_article, position) in zip(free_keys(RelatedPost), rows, strict=False):
            yield {
                "id": key,
                "from_article_id": article,
                "to_article_id": to_article,
                "position": position,
            }

    def _sample(self, keys: list[int], most: int) -> list[int]:
        return self.random.sample(keys, self.random.randrange(1, most + 1))
