"""The policy at the desk: the site's, and that of the articles where it differs."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS

from articles.desk import DeskAdmin
from articles.locks import one_at_a_time
from articles.models import Article
from articles.rights import visible_to
from comments import policy
from comments.admin.changes import changes_table
from comments.admin.fields import ArticleField, ReasonField
from comments.admin.freeze import freeze_page
from comments.models import ArticlePolicy, CommentPolicy, PolicyChange

_SHOWN_CHANGES = 50


class PolicyForm(forms.ModelForm):
    """A policy and why it is changed.

    Each field comes back with the value that was shown. So a form that was open for an hour
    changes what its user changed, and takes back nothing that others did meanwhile.
    """

    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.own_fields():
            self.fields[name].show_hidden_initial = True

    def own_fields(self) -> list[str]:
        """The fields of the policy that the form has."""
        return [name for name in self.fields if name not in {"reason", "article"}]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        one_at_a_time(self._meta.model)
        stored = self._meta.model.objects.filter(pk=self.instance.pk).first()
        for name in self.own_fields():
            if stored and name not in self.changed_data and name in cleaned:
                cleaned[name] = getattr(stored, name)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What the user changed."""
        changed = [name for name in self.own_fields() if name in self.changed_data]
        return {name: self.cleaned_data[name] for name in changed}


class CommentPolicyForm(PolicyForm):
    def clean_phone_region(self) -> str:
        region: str = self.cleaned_data["phone_region"]
        if region not in SUPPORTED_REGIONS:
            raise forms.ValidationError(_("No country has these letters. Syria's are SY."))
        return region


# The articles whose policy is not the site's.
_DIFFERS = (
    models.Q(frozen=True)
    | models.Q(pseudonyms=True)
    | ~models.Q(mode="")
    | models.Q(closes_after_days__isnull=False)
)


class ArticlePolicyForm(PolicyForm):
    article = ArticleField()
    # Whoever fills it in; set on the class that the desk makes for each request.
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["article"]
        else:
            cast(ArticleField, self.fields["article"]).offer(visible_to(self.user))

    def clean_article(self) -> Article:
        article: Article = self.cleaned_data["article"]
        own = ArticlePolicy.objects.filter(article=article).first()
        if own and ArticlePolicy.objects.filter(_DIFFERS, pk=own.pk).exists():
            raise forms.ValidationError(
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("This article has a policy of its own already."),
                    reverse("admin:comments_articlepolicy_change", args=[own.pk]),
                    _("Change it"),
                )
            )
        # A row that says nothing of its own is filled in again.
        self.instance = own or self.instance
        return article


class PolicyAdmin(DeskAdmin):
    """What both policies share: every change goes through `comments.policy`, and stays."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        policy.change(
            obj,
            form.changes(),
            by=cast(User, request.user),
            reason=form.cleaned_data["reason"],
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The record itself: Django's own log of forms knows neither values nor commands."""
        return redirect(reverse("admin:comments_policychange_changelist"))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        if shown:
            record = PolicyChange.objects.filter(article=getattr(shown, "article", None))
            context["history"] = changes_table(record.select_related("by")[:_SHOWN_CHANGES])
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(CommentPolicy)
class CommentPolicyAdmin(PolicyAdmin):
    """One form: there is neither a list nor anything to add."""

    form = CommentPolicyForm
    fieldsets = [
        (_("What is let in"), {"fields": ["mode", "closes_after_days"]}),
        (
            _("Emergency"),
            {
                "fields": ["frozen", "pseudonyms"],
                "description": _("For every article at once, whatever its own policy says."),
            },
        ),
        (
            _("What a comment may be"),
            {"fields": ["shortest", "longest", "most_links", "phone_region"]},
        ),
        (
            _("How much at once"),
            {
                "fields": ["per_minute", "per_hour", "network_per_minute", "network_per_hour"],
                "description": _(
                    "Whoever sends more is asked to wait. Many people may share one network: a "
                    "school, a mobile company."
                ),
            },
        ),
        (_("How discussions are shown"), {"fields": ["thread_depth"]}),
        (_("Mail to moderators"), {"fields": ["digest_every_hours"]}),
        (_("Why it is changed"), {"fields": ["reason"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.freeze_view)
        return [path("freeze/", page, name="comments_freeze"), *super().get_urls()]

    def freeze_view(self, request: HttpRequest) -> HttpResponse:
        return freeze_page(self, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> CommentPolicy | None:
        return CommentPolicy.load() if object_id == "1" else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect(reverse("admin:comments_commentpolicy_change", args=[1]))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(reverse("admin:comments_commentpolicy_change", args=[1]))


class DifferingPolicies(ChangeList):
    """The list leaves out the articles that follow the site's policy again."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        return super().get_queryset(request, exclude_parameters).filter(_DIFFERS)


@admin.register(ArticlePolicy)
class ArticlePolicyAdmin(PolicyAdmin):
    form = ArticlePolicyForm
    list_display = ["article_title", "mode_in_force", "frozen", "pseudonyms", "closes_after_days"]
    list_display_links = ["article_title"]
    list_filter = ["frozen", "pseudonyms", "mode"]
    list_select_related = ["article"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["article__title"]
    search_help_text = _("Searches titles of articles.")
    readonly_fields = ["article_title"]
    actions = ["follow_the_site"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DifferingPolicies

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ArticlePolicy]:
        articles = visible_to(request.user)
        policies = super().get_queryset(request).defer("article__body", "article__search_index")
        return policies.filter(article__in=articles)

    def get_fieldsets(self, request: HttpRequest, obj: ArticlePolicy | None = None) -> Any:
        return [
            (None, {"fields": ["article_title" if obj else "article"]}),
            (
                _("Where it differs from the site's policy"),
                {"fields": ["mode", "closes_after_days"]},
            ),
            (_("Emergency"), {"fields": ["frozen", "pseudonyms"]}),
            (_("Why it is changed"), {"fields": ["reason"]}),
        ]

    def get_form(
        self,
        request: HttpRequest,
        obj: ArticlePolicy | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    @admin.display(description=_("article"))
    def article_title(self, own: ArticlePolicy) -> str:
        return own.article.title

    @admin.display(description=_("mode"))
    def mode_in_force(self, own: ArticlePolicy) -> str:
        return own.get_mode_display() or gettext("as the site's")

    @admin.action(
        description=_("Let these articles follow the site's policy again"), permissions=["change"]
    )
    def follow_the_site(
        self, request: HttpRequest, policies: models.QuerySet[ArticlePolicy]
    ) -> None:
        followed = {"mode": "", "closes_after_days": None, "frozen": False, "pseudonyms": False}
        done = sum(
            bool(policy.change(each, followed, by=cast(User, request.user))) for each in policies
        )
        self.message_user(
            request,
            ngettext(
                "%(count)d article follows the site's policy again.",
                "%(count)d articles follow the site's policy again.",
                done,
            )
            % {"count": done},
            messages.SUCCESS,
        )
