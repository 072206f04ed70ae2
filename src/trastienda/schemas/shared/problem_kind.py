"""A problem as its own page describes it."""

from typing import Annotated

from msgspec import Meta, Struct


class FactView(Struct):
    """A fact that may stand beside a problem."""

    name: Annotated[str, Meta(examples=["available"])]
    meaning: Annotated[str, Meta(examples=["How many there are."])]


class ProblemKind(Struct):
    """What a `type` of problem means."""

    type: Annotated[str, Meta(examples=["/problems/total-changed"])]
    title: Annotated[str, Meta(examples=["The total is not the one you expected."])]
    meaning: Annotated[
        str,
        Meta(
            description="What all problems of this kind have in common.",
            examples=["The request was fine; the state of the shop does not allow it."],
        ),
    ]
    status: Annotated[int, Meta(ge=400, le=599, examples=[409])]
    facts: list[FactView]


class ProblemKinds(Struct):
    """All types of problems."""

    items: list[ProblemKind]
