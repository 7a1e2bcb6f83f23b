"""Which stories an account of the newsroom may open and change; every way to the desk asks here."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Q

from articles.models import Article, ArticleQuerySet, ArticleStatus

PUBLISH = "articles.publish_article"
_CHANGE = "articles.change_article"
_VIEW = "articles.view_article"

Account = User | AbstractBaseUser | AnonymousUser


def may_publish(user: Account) -> bool:
    """Whether this account is an editor's: it changes every story and decides on it."""
    return _has(user, PUBLISH)


def visible_to(user: Account) -> ArticleQuerySet:
    """All for editors; for writers their own and the public ones; for others the public ones."""
    if may_publish(user):
        return Article.objects.all()
    if _has(user, _VIEW):
        return Article.objects.filter(Q(pk__in=Article.objects.public()) | Q(owner=user.pk))
    return Article.objects.public()


def may_see(user: Account, article: Article) -> bool:
    """Whether this account may open the story at the desk."""
    return may_publish(user) or (_has(user, _VIEW) and (_owns(user, article) or article.is_public))


def may_see_the_making(user: Account, article: Article) -> bool:
    """Whether this account may read how a story came to be: its revisions and its timeline.

    What was taken out before publication is the business of editors and of its own writer.
    """
    return may_publish(user) or (_has(user, _VIEW) and _owns(user, article))


def may_change(user: Account, article: Article) -> bool:
    """Editors change every story, writers their own while it is a draft."""
    if not _has(user, _CHANGE):
        return False
    return may_publish(user) or (_owns(user, article) and article.status == ArticleStatus.DRAFT)


def may_take_back(user: Account, article: Article) -> bool:
    """Whether a writer may take this story, their own, out of review again."""
    return _has(user, _CHANGE) and _owns(user, article)


def _owns(user: Account, article: Article) -> bool:
    return article.owner_id is not None and article.owner_id == user.pk


def _has(user: Account, right: str) -> bool:
    return user.has_perm(right)  # type: ignore[union-attr]
