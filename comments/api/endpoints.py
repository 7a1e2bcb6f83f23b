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
from rest_framework.exceptions import (
    ErrorDetail,
    ParseError,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.request import Request
from rest_framework.response import Response

from articles.addresses import Moved
from articles.api.endpoints import ArticleViewSet
from articles.api.paging import CURSOR, SIZE
from articles.api.parameters import SLUG_PARAMETER
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
from comments.models import Comment, CommentPolicy


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
    )
    def comments(self, request: Request, slug: str) -> Any:
        """Those that are shown: threads by their age, each comment before its replies."""
        try:
            article: Any = self.get_object()
        except Moved as moved:
            return redirect("article-comments", moved.article.slug, permanent=True)
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
                _as_form_data(_sent(request)),
                network=request.META["REMOTE_ADDR"],
            )
        except Moved as moved:
            return redirect(
                "article-comments", moved.article.slug, permanent=True, preserve_request=True
            )
        except posting.DiscussionClosed as error:
            raise PermissionDenied(str(error)) from error
        except posting.TooManyComments as many:
            raise _throttled(many) from many
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


def _throttled(many: posting.TooManyComments) -> Throttled:
    """The 429 in our own words: the framework's counted noun does not agree in Arabic."""
    throttled = Throttled(many.retry_after)
    throttled.detail = ErrorDetail(str(many), throttled.default_code)
    return throttled


def _sent(request: Request) -> Any:
    """The JSON of a request. Raises ParseError, also for brackets without end."""
    try:
        return request.data
    except (ParseError, RecursionError) as error:
        raise ParseError(_("This is no JSON that can be read.")) from error


def _as_form_data(data: Any) -> dict[str, str]:
    """JSON as the form wants it: text by name. Raises ValidationError for another shape."""
    if not isinstance(data, dict):
        raise ValidationError({"non_field_errors": [_("Send a JSON object.")]})
    sent = {name: data[name] for name in posting.CommentForm.base_fields if name in data}
    wrong = {
        name: [_("Send text here.")]
        for name, value in sent.items()
        if not isinstance(value, str | None) and not (name == "parent" and type(value) is int)
    }
    if wrong:
        raise ValidationError(wrong)
    return {name: "" if value is None else str(value) for name, value in sent.items()}
