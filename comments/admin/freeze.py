"""The page for an emergency: freeze an article's discussion or the whole site's, hide the names."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.numbers import whole_number
from articles.rights import visible_to
from comments import freezing
from comments.admin.changes import changes_table
from comments.admin.fields import ArticleField, ReasonField
from comments.models import CommentPolicy, PolicyChange

_SHOWN_ARTICLES = 100
_SHOWN_CHANGES = 20
_DEEDS: dict[str, Callable[..., list[PolicyChange]]] = {
    "freeze": freezing.freeze,
    "thaw": freezing.thaw,
    "hide": freezing.hide_names,
    "show": freezing.show_names,
}
# What to say of each change in the record.
_SAID = {
    ("frozen", "True"): _("Frozen: %(what)s."),
    ("frozen", "False"): _("Comments are taken again: %(what)s."),
    ("pseudonyms", "True"): _("Pseudonyms stand in place of names: %(what)s."),
    ("pseudonyms", "False"): _("Commenters' own names are shown again: %(what)s."),
}


class FreezeForm(forms.Form):
    """What is asked for by the button `do`, for one article or for the whole site."""

    do = forms.ChoiceField(choices=[(deed, deed) for deed in _DEEDS])
    whole_site = forms.BooleanField(required=False)
    article = ArticleField(required=False)
    pseudonyms = forms.BooleanField(
        label=_("Put pseudonyms in place of names as well"),
        required=False,
        help_text=_("Readers see invented names; commenters' own names stay with the newsroom."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ArticleField, self.fields["article"]).offer(visible_to(user))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("whole_site") or cleaned.get("article")
        if not chosen and "article" not in self.errors:
            self.add_error("article", _("Say which article."))
        return cleaned


def freeze_page(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show what is frozen; do what a button asks for, then show it again."""
    user = cast(User, request.user)
    if not user.has_perm("comments.freeze_discussions"):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    of_site = sent is not None and "whole_site" in sent
    site_form = FreezeForm(sent if of_site else None, user=user, auto_id="site_%s")
    form = FreezeForm(
        None if of_site else sent, user=user, initial={"article": _asked_for(request)}
    )
    for each in (site_form, form):
        if each.is_valid():
            _do(request, each.cleaned_data)
            return redirect("admin:comments_freeze")
    frozen = freezing.under_a_freeze().filter(article__in=visible_to(user))
    record = PolicyChange.objects.filter(field__in=["frozen", "pseudonyms"]).select_related("by")
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Freeze discussions"),
        "opts": desk.opts,
        "form": form,
        "site_form": site_form,
        "site": CommentPolicy.load(),
        "frozen": frozen[:_SHOWN_ARTICLES],
        "history": changes_table(record.filter(article=None)[:_SHOWN_CHANGES]),
    }
    return TemplateResponse(
        request,
        "admin/comments/commentpolicy/freeze.html",
        context,
        status=200 if sent is None else 422,
    )


def _asked_for(request: HttpRequest) -> str:
    """The end of the address of the article whose number is in the page's own address."""
    number = whole_number(request.GET.get("article", ""))
    if not number:
        return ""
    articles = visible_to(cast(User, request.user)).filter(pk=number)
    return articles.values_list("slug", flat=True).first() or ""


def _do(request: HttpRequest, asked: dict[str, Any]) -> None:
    article: Article | None = None if asked["whole_site"] else asked["article"]
    options = {"by": request.user, "reason": asked["reason"]}
    if asked["do"] == "freeze":
        options["pseudonyms"] = asked["pseudonyms"]
    changes = _DEEDS[asked["do"]](article, **options)
    what = {"what": article.title if article else gettext("the whole site")}
    for change in changes:
        messages.success(request, _SAID[change.field, change.new] % what)
    if not changes:
        messages.info(request, gettext("That was so already: %(what)s.") % what)
    if article and asked["do"] == "thaw" and CommentPolicy.load().frozen:
        messages.warning(request, gettext("The whole site is still frozen."))
