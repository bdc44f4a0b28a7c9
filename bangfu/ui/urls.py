"""Pages of this room."""

from django.urls import path

from bangfu.ui import views

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:name>/", views.gallery_page, name="gallery_page"),
    path("gallery/parts/<slug:name>/", views.gallery_part, name="gallery_part"),
]
