"""Invented comments in any number, for measuring: written by COPY, with the decisions they need.

The same seed gives the same comments. Addresses are under a domain that is reserved for examples
(RFC 2606), so that a look-up by exact address has something to find.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from articles.bulk import copy_rows, free_keys, indexes_at_once, vacuum
from articles.models import Article, ArticleDecision, ArticleStatus, Byline, Category
from articles.progress import Progress, silent
from comments.models import Comment, Commenter, CommentStatus, Decision, Report, ReportReason
from comments.models.comment import NEWCOMER
from comments.privacy import address_digest, receipt_digest, seal
from comments.rules.verdict import Finding, Verdict

_PERIOD = timedelta(days=730)
_PENDING_PERIOD = timedelta(days=30)
_REPLIES = 0.3
_REPORTED = 0.002
_SEALED_ONES = 50

_NAMES = (
    "ليلى",
    "سامر",
    "هالة",
    "أبو محمد",
    "قارئة من حمص",
    "ن. ع.",
    "زياد",
    "مرح",
    "عمران",
    "Rami",
)
_OPENINGS = (
    *("شكراً على هذا التقرير.", "أختلف مع الكاتب في نقطة واحدة.", "هذا ما كنا ننتظره منذ سنوات."),
    *("لم أقتنع بما جاء في الخبر.", "تجربتي تقول غير ذلك.", "أرجو متابعة الموضوع."),
)
_MIDDLES = (
    *("المشكلة ليست في القرار بل في تنفيذه.", "الأهالي يعرفون تفاصيل أكثر من هذه."),
    *("سألت جيراني فأكدوا لي الأمر نفسه.", "الأرقام المذكورة تحتاج إلى مصدر.", ""),
    *("من يسكن في هذا الحي يرى ذلك كل يوم.", "لا بد من سماع رأي الطرف الآخر.", ""),
)
_ENDINGS = ("مع التحية.", "بانتظار المزيد.", "دمتم بخير.", "والله أعلم.", "", "")
_LISTED = "كلب"

_SET_ASIDE = (
    *[CommentStatus.SPAM] * 8,
    *[CommentStatus.REJECTED] * 5,
    *[CommentStatus.TRASH] * 2,
)


@dataclass
class Amounts:
    """How much is made; of the comments, `pending` wait for a moderator."""

    comments: int = 1_000_000
    pending: int = 50_000
    articles: int = 2_000
    commenters: int = 200_000


def address_of(number: int) -> str:
    """The address of the invented commenter with this number, from 0."""
    return f"seeded-reader-{number}@example.org"


def is_seeded() -> bool:
    """Whether invented comments were written into this database before."""
    return Commenter.objects.filter(digest=address_digest(address_of(0))).exists()


def seed(amounts: Amounts, *, seed: int = 1, progress: Progress = silent) -> None:
    """Write everything in one transaction; the statistics of the tables are brought up to date.

    What the triggers would check row by row is checked for all rows at once before the end.
    """
    with transaction.atomic():
        plan = _Plan(amounts, random.Random(seed))  # noqa: S311 - nothing secret is drawn
        with _triggers_at_once(), indexes_at_once(Comment), indexes_at_once(Decision):
            copy_rows(Commenter, progress(_commenters(plan), "commenters", amounts.commenters))
            copy_rows(Comment, progress(_comments(plan), "comments", amounts.comments))
            copy_rows(Decision, progress(plan.decisions(), "decisions"))
            copy_rows(Report, plan.reports())
    vacuum(*_MODELS)


_MODELS = (Commenter, Comment, Decision, Report)
_TABLES = [model._meta.db_table for model in _MODELS]


@contextmanager
def _triggers_at_once() -> Iterator[None]:
    """In place of some eight million calls of triggers: one statement each for what they keep."""
    with connection.cursor() as cursor:
        cursor.execute(_FOREIGN_KEYS, [_TABLES])
        foreign_keys = cursor.fetchall()
        for table, name, _definition in foreign_keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table, name, definition in foreign_keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute(_WITHOUT_A_DECISION)
        if cursor.fetchone() is not None:
            raise IntegrityError("an invented comment has a status that no decision gives")
        cursor.execute("DELETE FROM comments_tally")
        cursor.execute(_COUNTED)


_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
_WITHOUT_A_DECISION = """
    SELECT 1 FROM comments_comment c
        LEFT JOIN (
            SELECT DISTINCT ON (comment_id) comment_id, new FROM comments_decision
                ORDER BY comment_id, id DESC
        ) d ON d.comment_id = c.id
        WHERE c.status <> coalesce(d.new, 'pending') LIMIT 1
"""
_COUNTED = """
    INSERT INTO comments_tally (status, held_by, reported, amount)
        SELECT status, held_by, open_reports > 0, count(*) FROM comments_comment GROUP BY 1, 2, 3
"""


@dataclass
class _Plan:
    """What is written later, drawn while the comments are."""

    amounts: Amounts
    random: random.Random
    now: datetime = field(default_factory=timezone.now)
    decided: list[tuple[int, str, datetime]] = field(default_factory=list)
    reported: list[tuple[int, datetime]] = field(default_factory=list)
    first_commenter: int = 0

    def decisions(self) -> Iterator[dict[str, Any]]:
        moderators = list(
            User.objects.filter(groups__name="moderator").values_list("pk", flat=True)
        )
        for number, (comment, status, at) in zip(free_keys(Decision), self.decided, strict=False):
            by = self.random.choice(moderators) if moderators and number % 3 else None
            yield {
                "id": number,
                "comment_id": comment,
                "action": "status",
                "old": CommentStatus.PENDING,
                "new": status,
                "rule": "" if by else "passed" if status == CommentStatus.APPROVED else "words",
                "by_id": by,
                "reason": "",
                "at": at + timedelta(minutes=self.random.randrange(1, 600)),
            }

    def reports(self) -> Iterator[dict[str, Any]]:
        for number, (comment, at) in zip(free_keys(Report), self.reported, strict=False):
            yield {
                "id": number,
                "comment_id": comment,
                "reason": self.random.choice(ReportReason.values),
                "note": "",
                "at": at,
                "settled": False,
            }


def _commenters(plan: _Plan) -> Iterator[dict[str, Any]]:
    sealed = [seal(address_of(number)) for number in range(_SEALED_ONES)]
    for number, key in zip(range(plan.amounts.commenters), free_keys(Commenter), strict=False):
        plan.first_commenter = plan.first_commenter or key
        yield {
            "id": key,
            "digest": address_digest(address_of(number)),
            "sealed_address": sealed[number % len(sealed)],
            "first_seen": plan.now - _PERIOD,
            "status": "ordinary",
        }


def _comments(plan: _Plan) -> Iterator[dict[str, Any]]:
    draw, amounts = plan.random, plan.amounts
    articles = _articles(amounts.articles)
    newest: dict[int, int] = {}
    decided = amounts.comments - amounts.pending
    for number, key in zip(range(amounts.comments), free_keys(Comment), strict=False):
        article = draw.choice(articles)
        is_pending = number >= decided
        at = _moment(plan, number, is_pending)
        parent = newest.get(article) if draw.random() < _REPLIES else None
        status = CommentStatus.PENDING if is_pending else _status(draw)
        reported = status == CommentStatus.APPROVED and draw.random() < _REPORTED
        body = _body(draw)
        held_by, findings = _held(draw, body) if is_pending else ("", [])
        if not is_pending:
            plan.decided.append((key, status, at))
        if reported:
            plan.reported.append((key, at))
        if status == CommentStatus.APPROVED:
            newest[article] = key
        yield {
            "id": key,
            "article_id": article,
            "parent_id": parent,
            "commenter_id": plan.first_commenter + draw.randrange(amounts.commenters),
            "name": draw.choice(_NAMES),
            "website": "",
            "body": body if held_by != "words" else f"{_LISTED} {body}",
            "status": status,
            "submitted_at": at,
            "receipt_digest": receipt_digest(f"seeded-{key}"),
            "held_by": held_by,
            "findings": Jsonb(findings),
            "open_reports": int(reported),
            "revision": 0,
            "original_body": "",
        }


def _moment(plan: _Plan, number: int, is_pending: bool) -> datetime:
    """Comments come in order; those that wait came last."""
    decided = plan.amounts.comments - plan.amounts.pending
    if is_pending:
        done = (number - decided) / plan.amounts.pending
        return plan.now - _PENDING_PERIOD * (1 - done)
    return plan.now - _PERIOD + (_PERIOD - _PENDING_PERIOD) * (number / decided)


def _status(draw: random.Random) -> CommentStatus:
    place = draw.randrange(100)
    return _SET_ASIDE[place] if place < len(_SET_ASIDE) else CommentStatus.APPROVED


def _body(draw: random.Random) -> str:
    parts = (draw.choice(_OPENINGS), draw.choice(_MIDDLES), draw.choice(_ENDINGS))
    return " ".join(part for part in parts if part)


def _held(draw: random.Random, body: str) -> tuple[str, list[dict[str, Any]]]:
    """Three in four waiting comments are newcomers' first ones; the others hold a listed word."""
    if draw.randrange(4):
        return NEWCOMER, [Finding(NEWCOMER, Verdict.HOLD).as_json()]
    finding = Finding("words", Verdict.HOLD, "body", 0, len(_LISTED), note=_LISTED)
    return "words", [finding.as_json()]


def _articles(number: int) -> list[int]:
    """The keys of that many published stories; the missing ones are made."""
    there = list(Article.objects.public().order_by("pk").values_list("pk", flat=True)[:number])
    category, _created = Category.objects.get_or_create(slug="قياس", defaults={"name": "قياس"})
    byline, _created = Byline.objects.get_or_create(slug="قياس", defaults={"name": "قياس"})
    made = Article.objects.bulk_create(
        Article(
            title=f"خبر للقياس رقم {place}",
            slug=f"خبر-للقياس-{place}",
            body=f"<p>نص الخبر رقم {place}.</p>",
            byline=byline,
            category=category,
            published_at=timezone.now() - _PERIOD,
            status=ArticleStatus.PUBLISHED,
        )
        for place in range(len(there), number)
    )
    ArticleDecision.objects.bulk_create(
        ArticleDecision(article=article, old=ArticleStatus.DRAFT, new=ArticleStatus.PUBLISHED)
        for article in made
    )
    return there + [article.pk for article in made]
