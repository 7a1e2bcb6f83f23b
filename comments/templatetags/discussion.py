"""`{% discussion article %}`: the comments of an article and the form, on the article's page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article
from articles.numbers import whole_number
from comments import markup
from comments.models import Comment
from comments.policy import Policy, policy_of
from comments.posting import CommentForm, DiscussionClosed
from comments.rules.discussion import DiscussionState
from comments.threads import as_shown, read_discussion

register = template.Library()

register.filter("paragraphs", markup.paragraphs)


@register.simple_tag
def link_to_feed(article: Article) -> SafeString:
    """What tells a feed reader, in the head of an article's page, of the feed of its comments."""
    return format_html(
        '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">',
        _("Comments on this article"),
        reverse("article-comments-feed", args=[article.slug]),
    )


@register.inclusion_tag("comments/discussion.html", takes_context=True)
def discussion(context: RequestContext, article: Article) -> dict[str, Any]:
    """The page of the discussion that `?page=N` names; a form answering `?reply_to=<id>`."""
    request: HttpRequest = context["request"]
    policy = policy_of(article)
    found = read_discussion(article, request.GET.get("page", "1"), policy=policy)
    state = policy.state()
    form = context.get("comment_form")
    replying_to = None
    if state == DiscussionState.OPEN:
        replying_to = _answered(form, request, policy)
    if form is None:
        form = CommentForm(
            article=article, initial={"parent": replying_to.pk if replying_to else None}
        )
    return {
        "request": request,
        "article": article,
        "comments": found.comments,
        "comment_page": found.page,
        "count": found.count,
        "form": form,
        "replying_to": replying_to,
        "pages_beside": [each for each in context["static_pages"] if each.beside_comments],
        "comments_open": state == DiscussionState.OPEN,
        "why_closed": "" if state == DiscussionState.OPEN else str(DiscussionClosed(state)),
        "refused_comment": context.get("refused_comment"),
        "form_action": reverse("post-comment", args=[article.slug]),
    }


def _answered(form: CommentForm | None, request: HttpRequest, policy: Policy) -> Comment | None:
    """The public comment of this article that is being answered, if any."""
    sent = str(form.data.get("parent", "") if form else request.GET.get("reply_to", ""))
    wanted = whole_number(sent)
    if wanted is None:
        return None
    found = Comment.objects.public().filter(article=policy.article, pk=wanted).first()
    return as_shown(found, policy) if found else None
