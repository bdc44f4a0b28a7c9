"""The classes of the fields of resident teams; why somebody is on leave may speak of health."""

from __future__ import annotations

from bangfu.access.classification import FieldClass, classify
from bangfu.support.models import teams

INTERNAL, HEALTH = FieldClass.INTERNAL, FieldClass.HEALTH
NAME, FREE_TEXT = FieldClass.NAME, FieldClass.FREE_TEXT

classify(
    teams.Team,
    {
        INTERNAL: "subject village place unit valid_from valid_to paper_number paper",
        FREE_TEXT: "end_reason",
    },
)
classify(
    teams.TeamMember,
    {
        INTERNAL: "team user unit role valid_from valid_to planned_to stands_in_for paper_number conditions"
        " checked_on",
        FREE_TEXT: "end_reason",
    },
)
classify(
    teams.Leave,
    {
        INTERNAL: "member starts_on ends_on level state asked_by asked_at decided_by decided_at back_on",
        HEALTH: "kind reason",
        NAME: "cover",
        FREE_TEXT: "decision_reason",
    },
)
classify(teams.TeamHandOver, {INTERNAL: "team giver taker on", NAME: "witness", FREE_TEXT: "items"})
classify(
    teams.UnitSupport,
    {INTERNAL: "team unit month kind on amount_fen", FREE_TEXT: "what withdrawn_reason"},
)
classify(
    teams.Assessment,
    {
        INTERNAL: "member year form step figures village_on township_on absences county_on result",
        FREE_TEXT: "answers village_opinion township_opinion county_opinion",
    },
)
