"""`{% discussion article %}`: the comments of an article and the form, on the article's page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import RequestContext
from django.urls import reverse

from articles.models import Article
from articles.numbers import whole_number
from comments.models import Comment
from comments.posting import CommentForm
from comments.threads import read_discussion

register = template.Library()


@register.inclusion_tag("comments/discussion.html", takes_context=True)
def discussion(context: RequestContext, article: Article) -> dict[str, Any]:
    """The page of the discussion that `?page=N` names; a form answering `?reply_to=<id>`."""
    request: HttpRequest = context["request"]
    found = read_discussion(article, request.GET.get("page", "1"))
    form = context.get("comment_form")
    replying_to = _answered(form, request, article)
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
        "comments_open": article.comments_open,
        "form_action": reverse("post-comment", args=[article.slug]),
    }


def _answered(form: CommentForm | None, request: HttpRequest, article: Article) -> Comment | None:
    """The public comment of this article that is being answered, if any."""
    sent = str(form.data.get("parent", "") if form else request.GET.get("reply_to", ""))
    wanted = whole_number(sent)
    if wanted is None:
        return None
    return Comment.objects.public().filter(article=article, pk=wanted).first()
