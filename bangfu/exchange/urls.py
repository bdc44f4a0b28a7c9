"""Addresses of this room."""

from django.urls import path

from bangfu.exchange import views

urlpatterns = [
    path("imports/upload/", views.upload_batch, name="upload_batch"),
    path("imports/upload/<slug:dataset>/", views.upload_batch, name="upload_into"),
    path("imports/template/<slug:dataset>/", views.batch_template, name="batch_template"),
    path("imports/<uuid:uid>/", views.batch_file, name="batch_file"),
    path("imports/<uuid:uid>/job/", views.batch_job, name="batch_job"),
    path("imports/<uuid:uid>/preflight/", views.preflight_batch, name="preflight_batch"),
    path("imports/<uuid:uid>/commit/", views.commit_batch, name="commit_batch"),
    path("imports/<uuid:uid>/split/", views.split_batch, name="split_batch"),
    path("imports/<uuid:uid>/undo/", views.undo_batch, name="undo_batch"),
    path("imports/<uuid:uid>/discard/", views.discard_batch, name="discard_batch"),
    path("imports/<uuid:uid>/rejected/", views.batch_rejected, name="batch_rejected"),
    path("imports/<uuid:uid>/receipt/", views.batch_receipt, name="batch_receipt"),
]
