"""The addresses of static pages: one word each, so they stand after all others of the site."""

from django.urls import path

from articles import views

urlpatterns = [path("<readable:slug>/", views.static_page, name="static-page")]
