"""Masks in templates: ``{{ member.identity.id_number|mask_id }}``."""

from __future__ import annotations

from django import template

from bangfu.access import masking

register = template.Library()

register.filter("mask_id", masking.mask_id)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_account", masking.mask_account)
register.filter("mask_health", masking.mask_health)
