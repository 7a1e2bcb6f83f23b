"""Stories for the newsroom's own programs: read as the desk shows them, written as drafts.

What may be written is judged by the form of the desk; who may do what is said in `articles.rights`.
"""

from typing import Any, cast
from uuid import UUID

import django_filters
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from articles import revisions, rights, steps
from articles.api.desk import NUMBER_PARAMETER, Conflict, DeskViewSet
from articles.api.draft_fields import (
    NAMES,
    DraftChangeSerializer,
    DraftSerializer,
    StoryInListSerializer,
    StorySerializer,
    SubmissionSerializer,
)
from articles.api.paging import CURSOR, SIZE, OrderedPages
from articles.api.sent import judged, refuse_unknown_fields, sent_object
from articles.locks import one_at_a_time
from articles.models import Article, ArticleQuerySet, ArticleStatus, Refused, Scope
from articles.models.tag import tags_to_text
from articles.story_form import StoryForm
from articles.typed import typed_revision

_KEY = "Idempotency-Key"


class StoryPages(OrderedPages):
    is_descending = True


class StoryFilter(FilterSet):
    status = django_filters.ChoiceFilter(
        choices=ArticleStatus.choices, help_text="Where they stand."
    )
    mine = django_filters.ChoiceFilter(
        choices=[("true", "true"), ("false", "false")],
        method="of_the_account",
        help_text="`true` for those alone that the token's account wrote.",
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def of_the_account(self, stories: ArticleQuerySet, name: str, mine: str) -> ArticleQuerySet:
        return stories.filter(owner=self.request.user) if mine == "true" else stories


@extend_schema_view(
    list=extend_schema(operation_id="list_stories", summary="List stories of any status")
)
class StoryViewSet(mixins.ListModelMixin, DeskViewSet):
    """Stories of any status, as far as the account may see them."""

    scope = Scope.DRAFTS
    queryset = Article.objects.none()
    serializer_class = StorySerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = StoryFilter
    pagination_class = StoryPages

    def parameters(self) -> set[str]:
        return {*StoryFilter.base_filters, CURSOR, SIZE} if self.action == "list" else set()

    def get_queryset(self) -> ArticleQuerySet:
        self.require("articles.view_article")
        stories = rights.visible_to(self.request.user).select_related("owner")
        if self.action == "list":
            return stories.only(*StoryInListSerializer.Meta.fields, "owner__username")
        return stories.select_related("byline", "category", "image")

    def get_serializer_class(self) -> Any:
        return StoryInListSerializer if self.action == "list" else StorySerializer

    @extend_schema(
        operation_id="get_story",
        summary="Read one story",
        parameters=[NUMBER_PARAMETER],
        responses=StorySerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """One story in full, with the number of its newest revision."""
        return Response(self._shown(self._story(pk)))

    @extend_schema(
        operation_id="write_draft",
        summary="Write a draft",
        request=DraftSerializer,
        responses={201: StorySerializer, 200: StorySerializer},
        parameters=[
            OpenApiParameter(
                _KEY,
                UUID,
                OpenApiParameter.HEADER,
                description="Sent twice, it makes one story, which is answered again (200).",
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Write a draft. It belongs to the token's account."""
        self.require("articles.add_article")
        key = _key_of(request)
        values = _values(DraftSerializer(data=sent_object(request)))
        with transaction.atomic():
            one_at_a_time(Article)
            story = Article(owner=cast(User, request.user), form_key=key)
            made = key and Article.objects.filter(owner=story.owner, form_key=key).first()
            if made:
                return self._made_already(made, values)
            saved = _save(story, values)
        address = reverse("desk-article-detail", args=[saved.pk], request=request)
        return Response(self._shown(saved), status.HTTP_201_CREATED, headers={"Location": address})

    @extend_schema(
        operation_id="change_draft",
        summary="Change a draft",
        parameters=[NUMBER_PARAMETER],
        request=DraftChangeSerializer,
        responses=StorySerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change some fields of a draft; the others stay as they are."""
        self.require("articles.change_article")
        change = DraftChangeSerializer(data=sent_object(request), partial=True)
        values = _values(change)
        with transaction.atomic():
            one_at_a_time(Article)
            # Weaker than what a picked story's key needs: it lets other stories point here.
            locked = Article.objects.select_for_update(no_key=True).get(pk=self._story(pk).pk)
            if not rights.may_change(request.user, locked):
                raise PermissionDenied
            if locked.status != ArticleStatus.DRAFT:
                told = _("Only drafts are written here: the article is “%(status)s”.")
                raise Conflict(told % {"status": locked.get_status_display()})
            _refuse_another_address(locked, values, cast(User, request.user))
            saved = _save(locked, _stored(locked) | values)
        return Response(self._shown(saved))

    @extend_schema(
        operation_id="submit_draft",
        summary="Submit a draft for review",
        parameters=[NUMBER_PARAMETER],
        request=SubmissionSerializer,
        responses=StorySerializer,
    )
    @action(detail=True, methods=["post"], filterset_class=None, filter_backends=[])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand a draft to the editors."""
        self.require("articles.change_article")
        note = _values(SubmissionSerializer(data=sent_object(request)))
        try:
            taken = steps.take(self._story(pk), "submit", by=cast(User, request.user), **note)
        except Refused as refused:
            raise Conflict(str(refused)) from refused
        return Response(self._shown(taken))

    def _story(self, pk: str) -> Article:
        story = self.get_queryset().filter(pk=self.key(pk)).first()
        if story is None:
            raise NotFound
        return story

    def _shown(self, story: Article) -> Any:
        return StorySerializer(story, context=self.get_serializer_context()).data

    def _made_already(self, made: Article, values: dict[str, Any]) -> Response:
        first, sent = revisions.of(made).last(), typed_revision(StoryForm(_typed(values)))
        if first is None or not set(revisions.changed_fields(first, sent)) <= {"slug"}:
            raise Conflict(_("This key has made another story. Send each with a key of its own."))
        return Response(self._shown(made))


def _key_of(request: Request) -> UUID | None:
    """The key by which a client that sends twice makes one story. Raises ValidationError."""
    sent = request.headers.get(_KEY)
    if not sent:
        return None
    try:
        key = UUID(sent)
    except ValueError:
        key = None
    if key is None or str(key) != sent.lower():
        raise ValidationError({_KEY: [_("Send a UUID.")]})
    return key


def _refuse_another_address(story: Article, values: dict[str, Any], user: User) -> None:
    """Raises ValidationError where the address of what was published is not this account's."""
    is_another = values.get("slug", story.slug) != story.slug
    if is_another and story.published_at and not rights.may_publish(user):
        raise ValidationError(
            {"slug": [_("Only editors change the address of what was published once.")]}
        )


def _values(serializer: Any) -> dict[str, Any]:
    """What was sent, as rows and texts. Raises ValidationError by the names of the fields."""
    refuse_unknown_fields(serializer.initial_data, {*serializer.fields})
    return judged(serializer)


def _stored(story: Article) -> dict[str, Any]:
    """What the story says, in the same shape."""
    told = {name: getattr(story, name) for name in StoryForm.Meta.fields}
    return told | {name: [*told[name].all()] for name in ("further_categories", "tags")}


def _save(story: Article, values: dict[str, Any]) -> Article:
    """Save this through the desk's form, as one revision.

    Raises ValidationError by the names of the fields, and Conflict over a newer revision.
    """
    form = StoryForm(_typed(values), instance=story)
    if not form.is_valid():
        if form.newer:
            raise Conflict(" ".join(map(str, form.non_field_errors())))
        raise ValidationError(
            {NAMES.get(name, name): [*map(str, texts)] for name, texts in form.errors.items()}
        )
    with revisions.kept_as_one(form.instance):
        return form.save()


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """What was sent as the form would have it from a person: keys, and the tags in one line."""
    keys = {name: values[name] and values[name].pk for name in ("byline", "image", "category")}
    return {
        **values,
        **keys,
        "further_categories": [each.pk for each in values["further_categories"]],
        "tags": tags_to_text(values["tags"]),
        "base_revision": str(values.get("revision", "")),
    }
