"""Articles with their discussions for REST clients, and the way to post a comment."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiRequest, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request
from rest_framework.response import Response

from articles.addresses import Moved
from articles.api.endpoints import ArticleViewSet
from articles.api.paging import CURSOR, SIZE
from articles.api.parameters import SLUG_PARAMETER
from articles.api.sent import sent_object
from articles.models import Article, ArticleQuerySet
from comments import posting
from comments.api.paging import DiscussionPages
from comments.api.serializers import (
    COMMENT_POST_EXAMPLE,
    ArticleWithCommentsDetailSerializer,
    ArticleWithCommentsSerializer,
    CommentAcceptedSerializer,
    CommentPostSerializer,
    CommentSerializer,
)
from comments.api.throttled import TooMany
from comments.models import Comment, CommentPolicy


class DiscussionMetadata(SimpleMetadata):
    """What OPTIONS tells of a discussion: what is posted to it is no article."""

    def determine_actions(self, request: Any, view: Any) -> dict[str, Any]:
        return {"POST": self.get_serializer_info(CommentPostSerializer())}


@extend_schema_view(
    related=extend_schema(responses=ArticleWithCommentsSerializer(many=True)),
)
class ArticleWithCommentsViewSet(ArticleViewSet):
    """Published articles and their discussions."""

    list_serializer = ArticleWithCommentsSerializer
    detail_serializer = ArticleWithCommentsDetailSerializer

    def get_queryset(self) -> ArticleQuerySet:
        if self.action in {"comments", "post_comment"}:
            return Article.objects.select_related("comment_policy")
        counts = (
            Comment.objects.public()
            .filter(article=OuterRef("pk"))
            .order_by()
            .values("article")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return (
            super()
            .get_queryset()
            .select_related("comment_policy")
            .annotate(public_comment_count=Coalesce(Subquery(counts, IntegerField()), 0))
        )

    def get_serializer_context(self) -> dict[str, Any]:
        # Read once for a whole list, and only where a client asks for the field.
        site_policy = SimpleLazyObject(CommentPolicy.load)
        return {**super().get_serializer_context(), "site_policy": site_policy}

    def parameters(self) -> set[str]:
        return {CURSOR, SIZE} if self.action == "comments" else super().parameters()

    @extend_schema(
        operation_id="list_comments",
        summary="List the comments on an article",
        tags=["comments"],
        parameters=[SLUG_PARAMETER],
        responses=CommentSerializer(many=True),
    )
    @action(
        detail=True,
        serializer_class=CommentSerializer,
        pagination_class=DiscussionPages,
        filter_backends=[],
        metadata_class=DiscussionMetadata,
    )
    def comments(self, request: Request, slug: str) -> Any:
        """Those that are shown: threads by their age, each comment before its replies."""
        try:
            article: Any = self.get_object()
        except Moved as moved:
            return redirect("article-comments", moved.article.slug, permanent=True)
        self.surrogate_keys.show("article", article.pk)
        self.surrogate_keys.show("comments", article.pk)
        shown = self.paginate_queryset(article)
        return self.get_paginated_response(CommentSerializer(shown, many=True).data)

    @extend_schema(
        operation_id="post_comment",
        summary="Post a comment on an article",
        tags=["comments"],
        parameters=[SLUG_PARAMETER],
        request=OpenApiRequest(CommentPostSerializer, examples=[COMMENT_POST_EXAMPLE]),
        responses={201: OpenApiResponse(CommentAcceptedSerializer, description="Taken.")},
    )
    @comments.mapping.post
    def post_comment(self, request: Request, slug: str) -> Any:
        """The rules and the moderators decide on it; its receipt says what became of it."""
        try:
            accepted = posting.submit(
                self.get_object(),
                _as_form_data(sent_object(request)),
                network=request.META["REMOTE_ADDR"],
            )
        except Moved as moved:
            return redirect(
                "article-comments", moved.article.slug, permanent=True, preserve_request=True
            )
        except posting.DiscussionClosed as error:
            raise PermissionDenied(str(error)) from error
        except posting.TooManyComments as many:
            raise TooMany(many.retry_after, str(many)) from many
        except posting.Invalid as invalid:
            errors = {
                name: [str(text) for text in texts] for name, texts in invalid.form.errors.items()
            }
            raise ValidationError(errors) from invalid
        receipt = request.build_absolute_uri(accepted.receipt_url)
        return Response(
            {"status": accepted.status, "receipt": receipt},
            status=status.HTTP_201_CREATED,
            headers={"Cache-Control": "no-store"},
        )


def _as_form_data(data: dict[str, Any]) -> dict[str, str]:
    """JSON as the form wants it: text by name. Raises ValidationError for another shape."""
    sent = {name: data[name] for name in posting.CommentForm.base_fields if name in data}
    wrong = {
        name: [_("Send text here.")]
        for name, value in sent.items()
        if not isinstance(value, str | None) and not (name == "parent" and type(value) is int)
    }
    if wrong:
        raise ValidationError(wrong)
    return {name: "" if value is None else str(value) for name, value in sent.items()}
