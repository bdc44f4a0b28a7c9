"""Pages of this room."""

from django.urls import path

from bangfu.ui import views

urlpatterns = [path("gallery/", views.gallery, name="gallery")]
