"""The feed of one article's approved comments."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.addresses import Moved, find_public
from articles.etags import only_by_etag
from articles.feed_formats import PlainRss
from articles.models import Article
from articles.sharing import full_address
from articles.xml import for_xml
from comments.markup import on_one_line, paragraphs
from comments.models import Comment
from comments.policy import policy_of
from comments.threads import SHOWN_FIELDS, as_shown
from comments.views import as_the_article_answers

NEWEST = 50


@only_by_etag
@as_the_article_answers
def article_comments_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest approved comments of an article as RSS 2.0; 301 from a former slug."""
    try:
        article = find_public(slug)
    except Moved as moved:
        return redirect("article-comments-feed", moved.article.slug, permanent=True)
    return ArticleComments()(request, article=article)


class ArticleComments(Feed):
    """RSS 2.0; every text in it is plain, and whole in any XML reader."""

    feed_type = PlainRss

    def get_object(self, request: HttpRequest, *, article: Article) -> Article:
        return article

    def title(self, article: Article) -> str:
        return _("Comments on: %(title)s") % {"title": _as_text(article.title)}

    def link(self, article: Article) -> str:
        return f"{full_address(article.get_absolute_url())}#comments"

    def feed_url(self, article: Article) -> str:
        return full_address(reverse("article-comments-feed", args=[article.slug]))

    def description(self, article: Article) -> str:
        return _("What readers wrote under this article, newest first.")

    def items(self, article: Article) -> list[Comment]:
        policy = policy_of(article)
        newest = Comment.objects.public().filter(article=article).order_by("-id")
        return [as_shown(each, policy) for each in newest.only(*SHOWN_FIELDS)[:NEWEST]]

    def item_title(self, comment: Comment) -> str:
        return _("Comment by %(name)s") % {"name": _as_text(comment.shown_name)}

    def item_author_name(self, comment: Comment) -> str:
        return _as_text(comment.shown_name)

    def item_description(self, comment: Comment) -> str:
        return str(paragraphs(for_xml(comment.body), links=False))

    def item_link(self, comment: Comment) -> str:
        return f"{full_address(reverse('comment', args=[comment.pk]))}#comment-{comment.pk}"

    def item_pubdate(self, comment: Comment) -> datetime:
        return comment.submitted_at


def _as_text(text: str) -> str:
    return on_one_line(for_xml(text))
