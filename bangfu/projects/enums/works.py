"""The words of the life of a project: how a builder is chosen, how much is done."""

from __future__ import annotations

from django.db import models


class ContractWay(models.TextChoices):
    """How the other side of a contract was chosen (C-174)."""

    TENDER = "tender", "招标"
    PROCUREMENT = "procurement", "政府采购"
    NEGOTIATED = "negotiated", "议标"
    VILLAGE = "village", "村民自建"
    WORK_RELIEF = "work_relief", "以工代赈"
    DIRECT = "direct", "直接委托"


class ContractObject(models.TextChoices):
    """What is bought, which decides the tender threshold."""

    WORKS = "works", "工程"
    GOODS = "goods", "货物"
    SERVICES = "services", "服务"


class ComplaintChannel(models.TextChoices):
    """How a complaint about a project came (C-029, C-137)."""

    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    LETTER = "letter", "书面"
    HOTLINE = "hotline", "12345、12317"
    WATCHER = "watcher", "群众监督员"
    OTHER = "other", "其他"


class AssetKind(models.TextChoices):
    """What an asset is for (facts 3.6)."""

    PUBLIC = "public", "公益性资产"
    BUSINESS = "business", "经营性资产"
    HOUSEHOLD = "household", "到户类资产"


class AssetState(models.TextChoices):
    """Where an asset stands."""

    REGISTERED = "registered", "已登记"
    HANDED_OVER = "handed_over", "已移交"
    DISPOSED = "disposed", "已处置"


class AssetEventKind(models.TextChoices):
    """What happens to an asset after its hand-over."""

    MAINTAIN = "maintain", "管护"
    INCOME = "income", "收益分配"
    DISPOSE = "dispose", "处置"
