"""The addresses of the reader's side of comments."""

from django.urls import path

from comments import views

urlpatterns = [
    path("articles/<readable:slug>/comments/", views.post_comment, name="post-comment"),
    path("comments/receipt/<slug:code>/", views.receipt, name="receipt"),
    path("comments/receipt/<slug:code>/withdraw/", views.withdraw, name="withdraw-comment"),
]
