"""The reader's side of comments: posting one, and its private receipt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST

from articles.addresses import Gone, Moved, find_public
from articles.models import Article
from articles.views import render_article
from comments import moderation, posting
from comments.models import Comment, CommentStatus
from comments.privacy import receipt_digest
from comments.same_origin import same_origin_only
from comments.threads import page_of


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
def post_comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a comment; 303 to its receipt, or the page again with what is wrong (422, 403)."""
    try:
        article = find_public(slug, Article.objects.for_page())
    except Moved as moved:
        return redirect("post-comment", moved.article.slug, permanent=True, preserve_request=True)
    except Gone:
        return render(request, "410.html", status=410)
    except Article.DoesNotExist as error:
        raise Http404 from error
    if request.method != "POST":
        return redirect(article)
    try:
        accepted = posting.submit(article, request.POST)
    except posting.DiscussionClosed:
        return _private(render_article(request, article, status=403))
    except posting.Invalid as invalid:
        return _private(render_article(request, article, status=422, comment_form=invalid.form))
    response = redirect(accepted.receipt_url)
    response.status_code = 303
    return _private(response)


@require_http_methods(["GET", "HEAD"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The state of one comment, for whoever holds the code of its receipt."""
    comment = _comment_of(code)
    follows = moderation.FOLLOWS[CommentStatus(comment.status)]
    context = {
        "comment": comment,
        "article": Article.objects.public().filter(pk=comment.article_id).first(),
        "page": page_of(comment) if comment.status == CommentStatus.APPROVED else 1,
        "status": comment.status,
        "code": code,
        "can_withdraw": CommentStatus.WITHDRAWN in follows,
    }
    return _private(render(request, "comments/receipt.html", context))


@same_origin_only
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the comment back; readers do not see it from then on."""
    moderation.withdraw(_comment_of(code))
    response = redirect("receipt", code)
    response.status_code = 303
    return _private(response)


def _comment_of(code: str) -> Comment:
    found = (
        Comment.objects.filter(receipt_digest=receipt_digest(code))
        .select_related("article")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, listed by no search engine, its address told to no other site."""
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
