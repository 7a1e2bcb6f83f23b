"""A few stories of every kind, and staff of every role, for the canaries to be planted among."""

import io
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles import front_page, previews, publishing
from articles.models import ArchiveImage, Article, Byline, Category, RelatedPost
from newsroom.roles import ROLES

SUPERUSER = "superuser"
_BODY = "<p>أقر المجلس البلدي موازنة الأرصفة بعد جلسة طويلة حضرها جمع من سكان الحي.</p>"


@dataclass(frozen=True)
class Edition:
    """`former_slug` is one that `article` had; `preview` is the address of a link to its preview.

    `staff` is by role, the most powerful last.
    """

    article: Article
    closed: Article
    retracted: Article
    former_slug: str
    preview: str
    staff: dict[str, User]


def make_edition() -> Edition:
    """Write and publish the stories, and make an account for each role."""
    category = Category.objects.create(name="تجربة التسرب", slug="تجربة-التسرب")
    byline = Byline.objects.create(name="محرر التجربة")
    image = ArchiveImage.objects.create(
        file=ContentFile(_picture(), name="pavement.jpg"), alt="رصيف", caption="رصيف في الحي"
    )

    def story(title: str, **fields: object) -> Article:
        article = Article.objects.create(
            title=title,
            byline=byline,
            category=category,
            body=_BODY,
            excerpt="أقر المجلس الموازنة.",
            no_image_reason="تجربة",
            **fields,
        )
        article.tags.add("أرصفة التجربة")
        return publishing.publish(article, at=timezone.now() - timedelta(hours=1))

    article = story("موازنة الأرصفة تحت التجربة", image=image)
    former_slug = article.slug
    article.slug = f"{former_slug}-الجديد"
    article.save()
    closed = story("خبر أغلق نقاشه", comments_open=False)
    RelatedPost.objects.create(from_article=article, to_article=closed, position=0)
    retracted = publishing.retract(story("خبر سحب"), reason="تجربة")
    front_page.choose(stories={0: closed.pk, 1: retracted.pk}, sections=[category.pk], version=0)
    Article.objects.create(title="مسودة تحت التجربة", byline=byline, category=category, body=_BODY)
    staff = _staff()
    preview = previews.address(previews.make_link(article, by=staff[SUPERUSER]))
    return Edition(article, closed, retracted, former_slug, preview, staff)


def _staff() -> dict[str, User]:
    staff = {}
    for role in ROLES:
        name = f"leak-scan-{role}"
        email = f"{name}@newsroom.example"
        staff[role] = User.objects.create_user(username=name, email=email, is_staff=True)
        staff[role].groups.add(Group.objects.get(name=role))
    staff[SUPERUSER] = User.objects.create_superuser(username=f"leak-scan-{SUPERUSER}")
    return staff


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 360), "#335577").save(buffer, "JPEG")
    return buffer.getvalue()
