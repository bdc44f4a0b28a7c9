"""Addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from bangfu.access.views import account, compliance, roles, signing_in, units, unmasking, users

urlpatterns = [
    path("login/", signing_in.login, name="login"),
    path("logout/", signing_in.logout, name="logout"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/codes/", account.totp_setup, name="totp_setup"),
    path("account/codes/begin/", account.begin_totp, name="begin_totp"),
    path("account/codes/confirm/", account.confirm_totp, name="confirm_totp"),
    path("account/permissions/", account.my_permissions, name="my_permissions"),
    path("users/", users.user_list, name="user_list"),
    path("users/create/", users.create_user, name="create_user"),
    path("users/<uuid:uid>/", users.user_file, name="user_file"),
    path("users/<uuid:uid>/deactivate/", users.deactivate_user, name="deactivate_user"),
    path("users/<uuid:uid>/reactivate/", users.reactivate_user, name="reactivate_user"),
    path("users/<uuid:uid>/reset-password/", users.reset_password, name="reset_password"),
    path("users/<uuid:uid>/reset-codes/", users.reset_totp, name="reset_totp"),
    path("users/<uuid:uid>/unlock/", users.unlock_user, name="unlock_user"),
    path("users/<uuid:uid>/roles/assign/", roles.assign_role, name="assign_role"),
    path("users/<uuid:uid>/roles/<int:assignment>/withdraw/", roles.withdraw_role, name="withdraw_role"),
    path("roles/", roles.role_list, name="role_list"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/create/", units.create_unit, name="create_unit"),
    path("units/<uuid:uid>/deactivate/", units.deactivate_unit, name="deactivate_unit"),
    path("unmask/<uuid:uid>/<slug:field_class>/", unmasking.unmask, name="unmask"),
    path("", include("bangfu.access.kernel.urls")),
    path("compliance/", compliance.compliance, name="compliance"),
]
