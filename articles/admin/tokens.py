"""API tokens at the desk: made for oneself, shown once, revoked."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import tokens
from articles.desk import DeskAdmin
from articles.models import ApiToken, Scope

_MANAGE = "articles.manage_apitoken"
_LASTS = [(30, _("a month")), (90, _("three months")), (365, _("a year"))]


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("good for"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It never does more than your account may at that moment."),
    )
    days = forms.TypedChoiceField(label=_("works for"), choices=_LASTS, coerce=int, initial=90)

    class Meta:
        model = ApiToken
        fields = ["name", "scopes", "days"]


@admin.register(ApiToken)
class ApiTokenAdmin(DeskAdmin):
    """Everybody's own tokens; those of all accounts for whoever may manage them."""

    form = TokenForm
    list_display = ["name", "user", "good_for", "created_at", "used_on", "expires_at", "state"]
    list_select_related = ["user"]
    readonly_fields = ["user", "good_for", "created_at", "used_on", "expires_at", "revoked_at"]

    # Rights

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ApiToken]:
        found = super().get_queryset(request)
        return found if request.user.has_perm(_MANAGE) else found.filter(user=request.user.pk)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # Making one

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", *self.readonly_fields] if obj else ["name", "scopes", "days"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The page behind the form shows the token, and leads nowhere else.
        one_button = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, {**context, **one_button}, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> ApiToken:
        token, told = tokens.make(cast(User, request.user), **form.cleaned_data)
        token.told = told  # type: ignore[attr-defined]
        return token

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to be saved."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing hangs on a token."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page that shows the token, this once: it is kept nowhere that could show it again."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The new token"),
            "opts": self.opts,
            "token": obj,
        }
        return TemplateResponse(request, "admin/articles/apitoken/made.html", context)

    # Revoking

    def get_urls(self) -> list[URLPattern]:
        revoke = self.admin_site.admin_view(require_POST(self.revoke_view))
        own = path("<int:pk>/revoke/", revoke, name="articles_apitoken_revoke")
        return [own, *super().get_urls()]

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        token = self.get_queryset(request).filter(pk=pk).first()
        if token is None:
            raise Http404
        if tokens.revoke(token):
            self.log_change(request, token, [{"changed": {"fields": [gettext("revoked at")]}}])
        messages.success(request, _("“%s” opens nothing any more.") % token)
        return redirect("admin:articles_apitoken_changelist")

    # Columns

    @admin.display(description=_("good for"))
    def good_for(self, token: ApiToken) -> str:
        return " · ".join(str(Scope(each).label) for each in token.scopes)

    @admin.display(description=_("state"))
    def state(self, token: ApiToken) -> str:
        if token.revoked_at:
            return gettext("revoked")
        return gettext("works") if token.works else gettext("over")
