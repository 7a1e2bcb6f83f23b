"""Brings the demonstration edition into the database, by the ways that editors and readers use.

Idempotent: what is there already, by its slug, is left as it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from articles import publishing, revisions
from articles.arabic import excerpt, folded_word, slugify
from articles.html import to_text
from articles.models import ArchiveImage, Article, ArticleStatus, Byline, Category, RelatedPost
from articles.models.article import SUMMARY_LENGTH
from comments import moderation, posting, reports
from comments.models import Comment, CommentStatus, ListedWord, ReportReason
from newsroom.demo import pictures
from newsroom.demo.accounts import account
from newsroom.demo.edition import DemoArticle, DemoComment, articles, edition

_WITHOUT_A_PICTURE = "خبر قصير لا صورة له"
_RETRACTION = "لم يثبت الخبر بعد مراجعة مصدره"


def load() -> Iterator[str]:
    """Load what is missing, one title after the other."""
    _categories_and_bylines()
    for each in edition()["listed_words"]:
        ListedWord.objects.get_or_create(folded=folded_word(each["text"]), defaults=each)
    now = timezone.now()
    new: dict[str, Article] = {}
    for described in articles():
        if not Article.objects.filter(slug=slugify(described.title)).exists():
            new[described.key] = _write(described)
            _publish(new[described.key], described, now)
            yield described.title
    _relate(new)


def _categories_and_bylines() -> None:
    for each in edition()["categories"]:
        parent = Category.objects.filter(slug=each["parent"]).first()
        Category.objects.get_or_create(slug=each["slug"], defaults={**each, "parent": parent})
    for each in edition()["bylines"]:
        Byline.objects.get_or_create(slug=each["slug"], defaults=each)


def _write(described: DemoArticle) -> Article:
    article = Article(
        title=described.title,
        slug=slugify(described.title),
        subtitle=described.subtitle,
        byline=Byline.objects.get(name=described.byline),
        category=Category.objects.get(slug=described.category),
        body=described.body,
        excerpt=described.excerpt or excerpt(to_text(described.body), SUMMARY_LENGTH),
        image=_picture(described.picture) if described.picture else None,
        image_caption=described.picture_caption,
        no_image_reason="" if described.picture else _WITHOUT_A_PICTURE,
        owner=account("writer"),
        language=described.language,
    )
    with revisions.kept_as_one(article):
        article.save()
        article.further_categories.set(Category.objects.filter(slug__in=described.further))
        article.tags.set(described.tags)
    return article


def _picture(key: str) -> ArchiveImage:
    """The picture from the archive, drawn when it is not there yet."""
    picture = pictures.PICTURES[key]
    found = ArchiveImage.objects.filter(alt=picture.alt).first()
    if found:
        return found
    image = ArchiveImage(
        file=ContentFile(pictures.draw(key), name=f"{key}.jpg"),
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        taken_on=picture.taken_on,
        is_archive=picture.is_archive,
    )
    image.full_clean()
    image.save()
    return image


def _publish(article: Article, described: DemoArticle, now: datetime) -> None:
    """Give the article its status, and its comments while its discussion was open."""
    if described.status == ArticleStatus.DRAFT:
        return
    at = now - timedelta(hours=described.hours_ago)
    published = publishing.publish(article, by=account("editor"), at=at)
    _discuss(published, described.comments)
    # Written without `save`, so that a story loaded now does not say that it was changed now.
    Article.objects.filter(pk=article.pk).update(
        comments_open=described.comments_open, updated_at=at
    )
    if described.status == ArticleStatus.RETRACTED:
        publishing.retract(published, by=account("editor"), reason=_RETRACTION)


def _discuss(article: Article, comments: list[DemoComment]) -> None:
    written: dict[str, Comment] = {}
    assert article.published_at
    for each in comments:
        parent = written[each.parent].pk if each.parent else ""
        data = {
            "name": each.name,
            "email": _address_of(each.name),
            "website": each.website,
            "body": each.body,
            "parent": parent,
        }
        at = article.published_at + timedelta(minutes=each.minutes_after)
        written[each.id] = posting.submit(article, data, at=at).comment
        _decide(written[each.id], each)


def _address_of(name: str) -> str:
    """An address under a domain that is reserved for examples; one for each name."""
    return f"{slugify(name).encode().hex()[:40]}@example.org"


def _decide(comment: Comment, described: DemoComment) -> None:
    if described.status == CommentStatus.WITHDRAWN:
        moderation.withdraw(comment)
    elif described.status:
        status = CommentStatus(described.status)
        moderation.decide(comment.pk, status, by=account("moderator"), reason=described.reason)
    if described.reported:
        reports.report(comment, ReportReason(described.reported), network=None)


def _relate(new: dict[str, Article]) -> None:
    for described in articles():
        if described.key not in new:
            continue
        for position, key in enumerate(described.related):
            slug = slugify(next(each.title for each in articles() if each.key == key))
            to_article = Article.objects.filter(slug=slug).first()
            if to_article:
                RelatedPost.objects.create(
                    from_article=new[described.key], to_article=to_article, position=position
                )
