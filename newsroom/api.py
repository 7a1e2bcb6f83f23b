"""The router of the REST API: the one place where the apps' parts of it are put together."""

from rest_framework.routers import DefaultRouter

from comments.api import ArticleWithCommentsViewSet

router = DefaultRouter()
router.register("articles", ArticleWithCommentsViewSet, basename="article")
