"""The addresses of the reader's side of comments."""

from django.urls import path

from comments import views
from comments.feeds import article_comments_feed

urlpatterns = [
    path("articles/<readable:slug>/comments/", views.post_comment, name="post-comment"),
    path("articles/<readable:slug>/feed/", article_comments_feed, name="article-comments-feed"),
    path("comments/<int:pk>/", views.comment, name="comment"),
    path("comments/<int:pk>/report/", views.report, name="report-comment"),
    path("comments/<int:pk>/report/thanks/", views.reported, name="comment-reported"),
    path("comments/receipt/<slug:code>/", views.receipt, name="receipt"),
    path("comments/receipt/<slug:code>/withdraw/", views.withdraw, name="withdraw-comment"),
    path(
        "comments/receipt/<slug:code>/take-name-back/",
        views.take_name_back,
        name="take-name-back",
    ),
]
