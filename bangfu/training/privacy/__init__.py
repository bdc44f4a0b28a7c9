"""The classes of this room's fields. What is left out here fails ``tests/access/test_privacy.py``."""

from bangfu.access.classification import FieldClass, classify
from bangfu.training import models

PUBLIC, INTERNAL, NAME, FREE_TEXT = (
    FieldClass.PUBLIC,
    FieldClass.INTERNAL,
    FieldClass.NAME,
    FieldClass.FREE_TEXT,
)

classify(
    models.TrainingNeed,
    {INTERNAL: "region place surveyed_on audience topic asking recorded_by", FREE_TEXT: "note"},
)
classify(
    models.Course,
    {
        PUBLIC: "title organiser audience classroom hours content materials",
        INTERNAL: "subject region place need teacher",
    },
)
classify(
    models.TrainingSession,
    {
        INTERNAL: "course region place mode starts_on ends_on location point expected fund state held_on"
        " people standard_fen cost_fen filed_with filed_on filing_number",
        FREE_TEXT: "cancel_reason",
    },
)
classify(models.Appearance, {INTERNAL: "session teacher"})
classify(
    models.Teacher,
    {
        NAME: "name",
        INTERNAL: "region place kind unit_name user household field qualification valid_from valid_to",
        FREE_TEXT: "end_reason",
    },
)
classify(
    models.ObservationPoint,
    {INTERNAL: "region place kind name shows valid_from valid_to", FREE_TEXT: "end_reason"},
)
classify(
    models.Participation,
    {NAME: "name", INTERNAL: "session place coming_from user member hours", FREE_TEXT: "reflection"},
)
classify(
    models.FollowUp, {INTERNAL: "participation place asked_on means effect asked_by", FREE_TEXT: "words"}
)
classify(models.Forum, {PUBLIC: "name organiser year planned", INTERNAL: "region place"})
classify(
    models.ForumIssue,
    {
        PUBLIC: "theme held_on location number",
        INTERNAL: "forum place people",
        NAME: "speakers",
        FREE_TEXT: "gist",
    },
)
classify(
    models.FutureLeader,
    {
        NAME: "name mentor",
        INTERNAL: "region place kind member user picked_on state ended_on",
        FREE_TEXT: "aim outcome",
    },
)
classify(
    models.ServiceOrder,
    {
        NAME: "for_whom",
        INTERNAL: "region place kind household wanted_fen asked_on asked_by state due_on expert taken_on"
        " granted_fen done_on visited_on visited_by verdict",
        FREE_TEXT: "problem solution visit_words decline_reason",
    },
)
