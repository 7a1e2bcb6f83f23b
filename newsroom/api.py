"""The REST API as a whole: where the apps' parts of it are put together."""

from rest_framework.routers import DefaultRouter

from articles.api.drafts import StoryViewSet
from articles.api.endpoints import CategoryViewSet, ImageViewSet, TagViewSet
from articles.api.pictures import PictureViewSet
from comments.api.endpoints import ArticleWithCommentsViewSet
from comments.api.queue import QueueViewSet

router = DefaultRouter()
router.register("articles", ArticleWithCommentsViewSet, basename="article")
router.register("categories", CategoryViewSet, basename="category")
router.register("tags", TagViewSet, basename="tag")
router.register("images", ImageViewSet, basename="image")
router.register("desk/articles", StoryViewSet, basename="desk-article")
router.register("desk/images", PictureViewSet, basename="desk-image")
router.register("desk/comments", QueueViewSet, basename="desk-comment")
