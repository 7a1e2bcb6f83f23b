"""The reader's side of comments: posting one, its private receipt, its address, reporting it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.addresses import Gone, Moved, find_public
from articles.models import Article
from articles.views import render_article
from comments import editing, moderation, posting, reports
from comments.models import Comment, CommentStatus, DecisionAction
from comments.policy import policy_of
from comments.privacy import receipt_digest
from comments.same_origin import same_origin_only
from comments.threads import as_shown, page_of

View = Callable[..., HttpResponse]


def as_the_article_answers(view: View) -> View:
    """Answer 410 where the article was retracted, and 404 where there is none for readers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Gone:
            return render(request, "410.html", status=410)
        except (Article.DoesNotExist, Comment.DoesNotExist) as error:
            raise Http404 from error

    return guarded


# Comments on an article


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@as_the_article_answers
def post_comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a comment; 303 to its receipt, or the page again with what is wrong (422, 403)."""
    try:
        article = find_public(slug, Article.objects.for_page())
    except Moved as moved:
        return redirect("post-comment", moved.article.slug, permanent=True, preserve_request=True)
    if request.method != "POST":
        return redirect(article)
    try:
        accepted = posting.submit(article, request.POST, network=request.META["REMOTE_ADDR"])
    except posting.DiscussionClosed:
        # What was typed is given back: the discussion may have closed while it was written.
        typed = request.POST.get("body", "")
        return _private(render_article(request, article, status=403, refused_comment=typed))
    except posting.TooManyComments as many:
        many.form.add_error(None, str(many))
        response = render_article(request, article, status=429, comment_form=many.form)
        response["Retry-After"] = str(many.retry_after)
        return _private(response)
    except posting.Invalid as invalid:
        return _private(render_article(request, article, status=422, comment_form=invalid.form))
    return _private(_see_other(accepted.receipt_url))


@require_safe
@as_the_article_answers
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The place of a public comment in its discussion, as it is now."""
    found = _public_comment(pk)
    number = page_of(found)
    page = f"?page={number}" if number > 1 else ""
    return redirect(f"{found.article.get_absolute_url()}{page}#comment-{found.pk}")


# Reports


@same_origin_only
@require_http_methods(["GET", "HEAD", "POST"])
@as_the_article_answers
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reader's report of a comment; 303 to the thanks, or the page with what is wrong."""
    found = _public_comment(pk)
    if request.method != "POST":
        return _report_page(request, found, reports.ReportForm())
    form = reports.ReportForm(request.POST)
    if not form.is_valid():
        return _report_page(request, found, form, status=422)
    sent = form.cleaned_data
    try:
        # A program that filled in the trap is thanked like everybody else.
        if not sent[posting.TRAP]:
            network = request.META["REMOTE_ADDR"]
            reports.report(found, sent["reason"], note=sent["note"], network=network)
    except reports.TooManyReports as many:
        form.add_error(None, str(many))
        response = _report_page(request, found, form, status=429)
        response["Retry-After"] = str(many.retry_after)
        return response
    return _private(_see_other("comment-reported", found.pk))


@require_safe
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    """Thanks for a report, whatever has become of the comment since."""
    try:
        context = {"comment": _public_comment(pk)}
    except (Comment.DoesNotExist, Article.DoesNotExist, Gone):
        context = {}
    return _private(render(request, "comments/reported.html", context))


def _report_page(
    request: HttpRequest, comment: Comment, form: reports.ReportForm, *, status: int = 200
) -> HttpResponse:
    shown = as_shown(comment, policy_of(comment.article))
    context = {"comment": shown, "article": comment.article, "form": form}
    return _private(render(request, "comments/report.html", context, status=status))


def _public_comment(pk: int) -> Comment:
    """The public comment with this number, on an article that readers see.

    Raises Comment.DoesNotExist, and Gone or Article.DoesNotExist as the article's own address.
    """
    found = Comment.objects.public().select_related("article").get(pk=pk)
    found.article = find_public(found.article.slug)
    return found


# Receipts


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The state of one comment, for whoever holds the code of its receipt."""
    found = _comment_of(code)
    follows = moderation.FOLLOWS[CommentStatus(found.status)]
    can_withdraw = CommentStatus.WITHDRAWN in follows
    context = {
        "comment": as_shown(found, policy_of(found.article)),
        "article": Article.objects.public().filter(pk=found.article_id).first(),
        "status": _as_told(found),
        "code": code,
        "can_withdraw": can_withdraw,
        "can_take_name_back": can_withdraw and _has_a_name(found),
        "address_promise": posting.what_becomes_of_the_address(),
    }
    return _private(render(request, "comments/receipt.html", context))


@same_origin_only
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the comment back; readers do not see it from then on."""
    moderation.withdraw(_comment_of(code))
    return _private(_see_other("receipt", code))


@same_origin_only
@require_POST
def take_name_back(request: HttpRequest, code: str) -> HttpResponse:
    """Put “a reader” in place of the name; the comment stays as it is."""
    editing.take_name_back(_comment_of(code))
    return _private(_see_other("receipt", code))


def _comment_of(code: str) -> Comment:
    found = (
        Comment.objects.filter(receipt_digest=receipt_digest(code))
        .select_related("article")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _has_a_name(comment: Comment) -> bool:
    return (comment.name, comment.website) != (editing.READER, "")


def _as_told(comment: Comment) -> CommentStatus:
    """The state that the receipt tells; all that a person set aside is one, “rejected”.

    What a rule set aside is told as waiting: whoever posts under somebody else's address would
    learn from the receipt that this address is banned.
    """
    status = CommentStatus(comment.status)
    if status in {CommentStatus.PENDING, CommentStatus.APPROVED, CommentStatus.WITHDRAWN}:
        return status
    newest = comment.decisions.filter(action=DecisionAction.STATUS).order_by("-id").first()
    by_a_person = newest is not None and newest.by_id is not None
    return CommentStatus.REJECTED if by_a_person else CommentStatus.PENDING


# Answers


def _see_other(to: str, *args: object) -> HttpResponse:
    response = redirect(to, *args)
    response.status_code = 303
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, listed by no search engine, its address told to no other site."""
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
