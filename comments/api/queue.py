"""The moderators' queue for the newsroom's own programs: read, decided on, its record."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.desk import NUMBER_PARAMETER, Conflict, DeskViewSet
from articles.api.paging import CURSOR, SIZE, Cursor, CursorPages, WholeList, cursor_of, whole
from articles.api.sent import judged, refuse_unknown_fields, sent_object
from articles.models import Refused, Scope
from comments import moderation, queue
from comments.api.queue_fields import (
    DecisionSerializer,
    QueuedCommentSerializer,
    VerdictSerializer,
)
from comments.entries import Entry, entries
from comments.models import Comment
from comments.moderation import VERDICTS, Overtaken
from comments.queue import Place
from comments.queue_filter import LARGEST_KEY, Asked, DayField, FilterForm, KeyField

_FORM = FilterForm()
_FILTERS = {
    "q": "Words in the text or the name, in any spelling.",
    "article": "Number of an article.",
    "rule": "What it was held by.",
    "commenter": "Number of a commenter.",
    "since": "The first day, in the site's zone.",
    "until": "The last day, in the site's zone.",
    "order": "`oldest` for the oldest first.",
    "tab": "Which part of all comments; without it, what waits.",
}
_KEY = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
_KINDS: dict[type[forms.Field], Any] = {KeyField: _KEY, DayField: date}


def _parameter(name: str, meaning: str) -> OpenApiParameter:
    field = _FORM.fields[name]
    choices = getattr(field, "choices", ())
    enum = [value for value, _label in choices if value] or None
    return OpenApiParameter(name, _KINDS.get(type(field), str), description=meaning, enum=enum)


_PARAMETERS = [_parameter(name, meaning) for name, meaning in _FILTERS.items()]
_ORDER: list[Any] = [Comment._meta.get_field(name) for name in ("submitted_at", "id")]


class QueuePages(CursorPages):
    """Pages of what the filters choose, in the order of the queue."""

    def page(self, rows: Asked, request: Request, size: int) -> list[Entry]:
        cursor = cursor_of(request, _ORDER)
        place = Place(*cursor.keys) if cursor else None
        is_backward = cursor is not None and cursor.is_backward
        read = queue.read_page(
            rows.selection,
            after=None if is_backward else place,
            before=place if is_backward else None,
            size=size,
        )
        if read.after:
            self.next = Cursor([read.after.at, read.after.pk])
        if read.before:
            self.previous = Cursor([read.before.at, read.before.pk], is_backward=True)
        return entries(read.comments)


class QueueViewSet(DeskViewSet):
    """Comments of any status. An account reads them that may see the queue at the desk."""

    scope = Scope.MODERATION
    queryset = Comment.objects.none()
    serializer_class = QueuedCommentSerializer
    pagination_class = QueuePages

    def parameters(self) -> set[str]:
        return {*_FILTERS, CURSOR, SIZE} if self.action == "list" else set()

    @extend_schema(
        operation_id="list_queue",
        summary="List the queue of comments",
        parameters=_PARAMETERS,
        responses=QueuedCommentSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """The queue: what waits, newest first; or another tab, and what the filters choose."""
        self.require("comments.view_comment")
        form = FilterForm(request.query_params)
        if not form.is_valid():
            raise ValidationError({name: [*map(str, texts)] for name, texts in form.errors.items()})
        shown = cast(list[Entry], self.paginate_queryset(cast(Any, Asked.by(form))))
        return self.get_paginated_response(QueuedCommentSerializer(shown, many=True).data)

    @extend_schema(
        operation_id="get_queued_comment",
        summary="Read one comment of any status",
        parameters=[NUMBER_PARAMETER],
        responses=QueuedCommentSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """One comment."""
        return Response(QueuedCommentSerializer(self._entry(pk)).data)

    @extend_schema(
        operation_id="list_decisions",
        summary="List all decisions on a comment",
        parameters=[NUMBER_PARAMETER],
        responses=DecisionSerializer(many=True),
    )
    @action(detail=True, serializer_class=DecisionSerializer, pagination_class=WholeList)
    def decisions(self, request: Request, pk: str) -> Response:
        """All that was ever decided on a comment, the newest first."""
        return whole(DecisionSerializer(self._entry(pk).decisions, many=True).data)

    @extend_schema(
        operation_id="decide",
        summary="Decide on a comment",
        parameters=[NUMBER_PARAMETER],
        request=VerdictSerializer,
        responses=QueuedCommentSerializer,
    )
    @decisions.mapping.post
    def decide(self, request: Request, pk: str) -> Response:
        """Decide on a comment. Once more the same by the same account changes nothing."""
        self.require("comments.moderate_comment")
        comment, sent = self._entry(pk).comment, sent_object(request)
        refuse_unknown_fields(sent, {*VerdictSerializer().fields})
        verdict = judged(VerdictSerializer(data=sent))
        _decide(comment, by=cast(User, request.user), **verdict)
        return Response(QueuedCommentSerializer(self._entry(pk)).data)

    def _entry(self, pk: str) -> Entry:
        self.require("comments.view_comment")
        found = queue.with_surroundings(Comment.objects.filter(pk=self.key(pk)))
        entry = next(iter(entries(list(found), all_decisions=True)), None)
        if entry is None:
            raise NotFound
        return entry


def _decide(
    comment: Comment, *, by: User, verdict: str, status: str, revision: int, reason: str
) -> None:
    """Decide as the desk does. Raises Conflict."""
    new = VERDICTS[verdict].status
    try:
        moderation.decide(comment.pk, new, by=by, reason=reason, seen=status, revision=revision)
    except Overtaken as late:
        if not late.is_own(by, new):
            raise Conflict(str(late)) from late
    except Refused as refused:
        raise Conflict(str(refused)) from refused
