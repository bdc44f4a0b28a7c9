"""The classes of this room's fields."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.funds import models

INTERNAL, FREE_TEXT, NAME = FieldClass.INTERNAL, FieldClass.FREE_TEXT, FieldClass.NAME

classify(models.Account, {INTERNAL: "kind place label used amount"})
classify(
    models.Entry,
    {
        INTERNAL: "kind giver taker fen source project place on posted_at voucher reverses",
        FREE_TEXT: "words",
    },
)
classify(
    models.FundSource,
    {
        INTERNAL: "account region place kind notice_number noticed_on received_on year purpose book pooled"
        " registered_by",
        NAME: "donor",
    },
)
classify(
    models.Allocation, {INTERNAL: "account source project place paper_number reward_basis on allocated_by"}
)
classify(models.PlanAccount, {INTERNAL: "project account"})
classify(models.ContractAccount, {INTERNAL: "contract account"})
classify(models.Invoice, {INTERNAL: "account code number place"})
classify(
    models.Claim,
    {
        INTERNAL: "account contract project place invoice releases_retention claimed_on state submitted_by"
        " reviewed_by reviewed_on",
        FREE_TEXT: "words review_words",
    },
)
classify(models.SubsidyBatch, {INTERNAL: "allocation project place title sent_on repeats sent_by"})
classify(models.Instalment, {INTERNAL: "contract number due_on percent fen words"})
classify(models.SubsidyLine, {INTERNAL: "batch household fen result result_on", FREE_TEXT: "reason"})
classify(
    models.Payment,
    {
        INTERNAL: "claim batch allocation place entry fen paid_on book year voucher reversed_on paid_by",
        FREE_TEXT: "reverse_reason",
    },
)
