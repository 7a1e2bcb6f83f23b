"""What the queue's templates are given: the page, one entry, the answer to a script."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles.models import REASON_MAX_LENGTH
from articles.numbers import whole_number
from articles.rights import visible_to
from comments import queue
from comments.admin.queue_actions import MOST_AT_ONCE
from comments.admin.queue_forms import BULK_VERBS, USUAL_REASONS, Posted
from comments.entries import Entry, entries
from comments.models import Comment
from comments.models.comment import BODY_MAX_LENGTH
from comments.pseudonyms import pseudonym
from comments.queue import PAGE_SIZE, TABS, Selection
from comments.queue_filter import Asked, FilterForm, query_of

_ENTRY = "admin/comments/comment/_entry.html"
_SETTLED = "admin/comments/comment/_settled.html"


def address(query: str = "") -> str:
    """The queue's address with this part behind its question mark."""
    page = reverse("admin:comments_comment_changelist")
    return f"{page}?{query}" if query else page


def page_context(request: HttpRequest, form: FilterForm, *, may_moderate: bool) -> dict[str, Any]:
    """The whole page; where the filters cannot be read, the page that says so, with no entry."""
    asked = Asked.by(form) if form.is_valid() else Asked(Selection())
    counts = queue.counts()
    # Asked for first: what comes after it counts as new.
    moment = queue.Moment.now()
    form.offer_articles(visible_to(request.user))
    context = {
        "title": gettext("Comments"),
        "form": form,
        "tabs": _tabs(asked.selection, counts),
        "selection": asked.selection,
        "is_narrowed": asked.selection
        != Selection(tab=asked.selection.tab, words=asked.selection.words),
        "only_from": asked.selection.commenter and pseudonym(asked.selection.commenter),
        "cleared": address(query_of(Selection(tab=asked.selection.tab))),
        "moment": moment,
        "query": asked.query,
        **action_context(request, may_moderate=may_moderate),
    }
    if not form.is_valid():
        return context
    number = asked.selection.number(counts)
    page = queue.read_page(asked.selection, after=asked.after, before=asked.before, number=number)
    return {
        **context,
        "entries": _with_those_behind(entries(page.comments)),
        "first_page": (asked.after or asked.before) and address(query_of(asked.selection)),
        "before_page": page.before and address(query_of(asked.selection, before=page.before)),
        "after_page": page.after and address(query_of(asked.selection, after=page.after)),
        "told_all": _told_all(number),
    }


def confirmation_context(posted: Posted) -> dict[str, Any]:
    """The step between “all that match” and doing it: how many they are, exactly."""
    number = posted.all_comments.count()
    told = ngettext("%(count)s comment", "%(count)s comments", number)
    most = ngettext(
        "At most %(count)s comment is decided on at once, the one that came first.",
        "At most %(count)s comments are decided on at once, those that came first.",
        MOST_AT_ONCE,
    )
    return {
        "title": gettext("Decide on all of them?"),
        "verb": posted.verb,
        "label": BULK_VERBS[posted.verb],
        "number": number,
        "told": told % {"count": f"{number:,}"},
        "most": MOST_AT_ONCE,
        "told_most": most % {"count": f"{MOST_AT_ONCE:,}"},
        "moment": posted.moment,
        "number_written": f"{number:,}",
        "reason": posted.data.get("reason", ""),
        "longest_reason": REASON_MAX_LENGTH,
    }


def action_context(request: HttpRequest, *, may_moderate: bool) -> dict[str, Any]:
    """What the entries and their forms need: what all of them share is rendered once."""
    shared = {
        "usual_reasons": USUAL_REASONS.items(),
        "longest_reason": REASON_MAX_LENGTH,
        "longest_body": BODY_MAX_LENGTH,
    }
    forms = {
        form: SafeString(render_to_string(f"admin/comments/comment/_fields_{form}.html", shared))
        for form in ("reason", "reject", "edit", "redact")
    }
    return {
        **shared,
        "may_moderate": may_moderate,
        "whole_record": False,
        "list": address(),
        "bulk_verbs": BULK_VERBS,
        "fields": {**forms, **_labels()},
        "csrf_field": format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
        ),
    }


def _labels() -> dict[str, str]:
    return {
        "decide": gettext("Decide"),
        "edit_label": gettext("Edit"),
        "text_label": gettext("Text"),
        "redact_label": gettext("Redact"),
        "commenter_label": gettext("Commenter"),
        "ban_label": gettext("Ban the commenter"),
        "trust_label": gettext("Trust the commenter"),
        "select_label": gettext("Select"),
        "held_label": gettext("Why it was held"),
        "article_label": gettext("Article"),
        "only_label": gettext("only this article"),
        "decisions_label": gettext("Decisions"),
    }


def _told_all(number: int | None) -> str:
    if number is None:
        return gettext("all that match")
    told = ngettext("the one that matches", "all %(count)s that match", number)
    return told % {"count": f"{number:,}"}


def _with_those_behind(page: list[Entry]) -> list[Entry]:
    """Each entry told the one behind it, to go on with when it has left."""
    for entry, behind in pairwise(page):
        entry.then = behind.comment.pk
    return page


def shown_counts(counts: dict[str, int] | None = None) -> dict[str, str]:
    """The tabs' counts as they are written."""
    return {name: f"{count:,}" for name, count in (counts or queue.counts()).items()}


def rendered_entries(
    request: HttpRequest, shown: list[str], asked: Asked, *, whole: int | None = None
) -> dict[str, str]:
    """Entries that a script shows, as they are now: in short where they have left the selection.

    The one of the comment `whole` is never shortened.
    """
    keys = [key for key in map(whole_number, shown[:PAGE_SIZE]) if key]
    found = list(queue.with_surroundings(Comment.objects.filter(pk__in=keys)))
    selected = asked.selection.comments().filter(pk__in=keys)
    staying = {whole, *selected.values_list("pk", flat=True)}
    context = action_context(request, may_moderate=True)
    return {
        str(entry.comment.pk): _rendered(request, entry, context, entry.comment.pk in staying)
        for entry in entries(found)
    }


def is_selected(comment: int, asked: Asked) -> bool:
    return asked.selection.comments().filter(pk=comment).exists()


def level_tag(level: int) -> str:
    return messages.DEFAULT_TAGS[level]


def _rendered(request: HttpRequest, entry: Entry, context: dict[str, Any], stays: bool) -> str:
    template = _ENTRY if stays else _SETTLED
    return render_to_string(template, {**context, "entry": entry}, request)


def _tabs(selection: Selection, counts: dict[str, int]) -> list[dict[str, Any]]:
    written = shown_counts(counts)
    return [
        {
            "name": name,
            "label": tab.label,
            "count": written[name],
            "address": address(query_of(replace(selection, tab=name))),
            "is_current": name == selection.tab,
        }
        for name, tab in TABS.items()
    ]
