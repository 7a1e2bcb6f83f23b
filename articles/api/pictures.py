"""The archive of pictures for the newsroom's own programs."""

from typing import Any, cast

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Invalid
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiRequest,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import mixins, parsers, serializers, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import as_serializer_error

from articles import pictures
from articles.api.desk import NUMBER_PARAMETER, DeskViewSet
from articles.api.desk_examples import KEPT_ALREADY, PICTURE, UPLOAD, sent
from articles.api.endpoints import ImagePages
from articles.api.examples import example
from articles.api.paging import CURSOR, SIZE
from articles.api.sent import judged, refuse_unknown_fields
from articles.api.serializers import ImageSerializer
from articles.models import ArchiveImage, ArchiveImageQuerySet, Scope

_TWIN = OpenApiExample("A twin", value=KEPT_ALREADY, response_only=True, status_codes=["409"])
_DESCRIBED = [
    *("alt", "caption", "credit", "source", "keywords", "people", "taken_on", "is_archive"),
]
_MEANINGS = {
    "id": {"help_text": "Its number in the archive."},
    "alt": {"help_text": "What is to be seen, for those who cannot see it."},
    "caption": {"help_text": "The line below it."},
    "credit": {"help_text": "Who made it; shown below it."},
    "source": {"help_text": "From where the paper has it; not shown."},
    "keywords": {"help_text": "Words to find it by, parted by commas; not shown."},
    "people": {"help_text": "Who is to be seen, parted by commas; not shown."},
    "taken_on": {"help_text": "The day on which it was taken."},
    "is_archive": {"help_text": "Whether it shows something else than the event itself."},
}


@extend_schema_serializer(examples=[example("A picture", PICTURE)])
class PictureSerializer(ImageSerializer):
    """A picture of the archive, shown to readers or not."""

    class Meta(ImageSerializer.Meta):
        fields = list(dict.fromkeys(["id", *_DESCRIBED, *ImageSerializer.Meta.fields]))
        read_only_fields = fields
        extra_kwargs = ImageSerializer.Meta.extra_kwargs | _MEANINGS


class PictureUploadSerializer(serializers.ModelSerializer):
    """A file, and what is to be seen on it. The archive judges the file by its content."""

    file = serializers.FileField(help_text="A picture, judged by its content.")
    alt = serializers.CharField(
        max_length=300,
        required=False,
        help_text="What is to be seen. Without it no story can show the picture to readers.",
    )

    class Meta:
        model = ArchiveImage
        fields = ["file", *_DESCRIBED]
        extra_kwargs = _MEANINGS


class KeptAlreadySerializer(serializers.Serializer):
    """That the very same file is in the archive, and as which picture."""

    detail = serializers.CharField(help_text="A sentence for people, in the site's language.")
    image = serializers.IntegerField(help_text="The number of that picture.")


@extend_schema_view(
    list=extend_schema(operation_id="list_pictures", summary="List the archive of pictures")
)
class PictureViewSet(mixins.ListModelMixin, DeskViewSet):
    """The pictures of the archive."""

    scope = Scope.PICTURES
    queryset = ArchiveImage.objects.none()
    serializer_class = PictureSerializer
    pagination_class = ImagePages
    parser_classes = [parsers.MultiPartParser]

    def parameters(self) -> set[str]:
        return {CURSOR, SIZE} if self.action == "list" else set()

    def get_queryset(self) -> ArchiveImageQuerySet:
        self.require("articles.view_archiveimage")
        return ArchiveImage.objects.defer("search_index")

    @extend_schema(
        operation_id="get_picture",
        summary="Read one picture",
        parameters=[NUMBER_PARAMETER],
        responses=PictureSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """One picture, with the renditions that are made of it."""
        picture = self.get_queryset().filter(pk=self.key(pk)).first()
        if picture is None:
            raise NotFound
        return Response(self.get_serializer(picture).data)

    @extend_schema(
        operation_id="add_picture",
        summary="Put a picture into the archive",
        request={
            "multipart/form-data": OpenApiRequest(
                PictureUploadSerializer, examples=[sent("A picture", UPLOAD)]
            )
        },
        responses={
            201: PictureSerializer,
            409: OpenApiResponse(
                KeptAlreadySerializer,
                description="The very same file is in the archive.",
                examples=[_TWIN],
            ),
        },
    )
    def create(self, request: Request) -> Response:
        """Put a picture into the archive. Its renditions are made soon after."""
        self.require("articles.add_archiveimage")
        refuse_unknown_fields(
            cast(dict[str, Any], request.data), {*PictureUploadSerializer().fields}
        )
        upload = judged(PictureUploadSerializer(data=request.data))
        try:
            picture = pictures.add(by=cast(User, request.user), **upload)
        except Invalid as error:
            return _refused(error)
        # As the desk's own upload leaves it.
        user = cast(User, request.user)
        LogEntry.objects.log_actions(user.pk, [picture], ADDITION, [{"added": {}}])
        address = reverse("desk-image-detail", args=[picture.pk], request=request)
        shown: Any = self.get_serializer(picture).data
        return Response(shown, status.HTTP_201_CREATED, headers={"Location": address})


def _refused(error: Invalid) -> Response:
    """What is answered for a file that the archive has. Raises ValidationError for all others."""
    twin = pictures.twin_in(error)
    if twin is None:
        raise ValidationError(as_serializer_error(error)) from error
    told = {"detail": " ".join(error.messages), "image": twin.pk}
    return Response(told, status.HTTP_409_CONFLICT)
