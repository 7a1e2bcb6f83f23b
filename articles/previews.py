"""Links to the preview of a story: made, opened by their token, withdrawn.

The token is the signed key of a row, so a forged one never reaches the table; the row says until
when the link opens, and can be withdrawn before that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from articles import rights
from articles.models import Article, PreviewLink

_SIGNER = "articles.previews"


@dataclass(frozen=True)
class Preview:
    """That a page is shown before its time; `until` says when its link ends, where it has one."""

    until: datetime | None = None


def make_link(article: Article, *, by: User) -> PreviewLink:
    """A link that opens for `settings.PREVIEW_DAYS` days."""
    until = timezone.now() + timedelta(days=settings.PREVIEW_DAYS)
    return PreviewLink.objects.create(article=article, by=by, until=until)


def address(link: PreviewLink) -> str:
    """The path under which whoever knows it sees the story; the same at each call."""
    return reverse("preview", args=[signing.Signer(salt=_SIGNER).sign(str(link.pk))])


def find_link(token: str) -> PreviewLink:
    """The working link that a token opens.

    Raises PreviewLink.DoesNotExist for one that is forged, over or withdrawn, whose story was
    deleted, or whose maker could not make it any more.
    """
    try:
        key = signing.Signer(salt=_SIGNER).unsign(token)
    except signing.BadSignature as error:
        raise PreviewLink.DoesNotExist from error
    link = PreviewLink.objects.select_related("by", "article").get(pk=key)
    if not opens(link):
        raise PreviewLink.DoesNotExist
    return link


def opens(link: PreviewLink) -> bool:
    """Whether a link works and its maker may still show the story to others.

    They may not once they left the paper, or once the story is a draft of somebody else.
    """
    return link.works and rights.may_see_the_making(link.by, link.article)


def withdraw_links(article: Article) -> int:
    """End every working link to a story; how many there were."""
    return article.preview_links.working().update(withdrawn_at=timezone.now())
