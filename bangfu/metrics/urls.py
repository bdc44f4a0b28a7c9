"""Addresses of this room."""

from django.urls import path

from bangfu.metrics import views

urlpatterns = [
    path("metrics/", views.metric_list, name="metric_list"),
    path("metrics/<slug:id>/", views.metric_why, name="metric_why"),
]
