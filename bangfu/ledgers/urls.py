"""Addresses of this room."""

from django.urls import path

from bangfu.ledgers import views

urlpatterns = [
    path("views/save/", views.save_view, name="save_view"),
    path("views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("exports/<uuid:uid>/", views.download_export, name="download_export"),
]
