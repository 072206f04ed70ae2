"""The terms by which staff find an order: made step by step, they are those that one query says."""

import random
from typing import LiteralString

import pytest

from trastienda.database.db import reading

UPPER = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄҐ"
LOWER = "αβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяієґ"
AS_ONE_QUERY = r"""
    WITH typed (name) AS (SELECT %(receiver)s::text UNION SELECT %(payer)s::text),
    words AS (
        SELECT name, left(word, 40) COLLATE "C" AS word FROM (
            SELECT typed.name, word,
                row_number() OVER (PARTITION BY typed.name ORDER BY place) AS at
            FROM typed CROSS JOIN LATERAL regexp_split_to_table(
                translate(lower(regexp_replace(
                    normalize(typed.name, NFKD), '[\u0300-\u036f''\u2019]', '', 'g')),
                    %(upper)s, %(lower)s), '[\s,.;()/_-]+') WITH ORDINALITY AS split (word, place)
            WHERE word <> '') AS numbered WHERE at <= 6)
    SELECT 'name:' || one.word FROM words AS one
    UNION SELECT 'name:' || one.word || ' ' || two.word
    FROM words AS one JOIN words AS two ON two.name = one.name AND two.word > one.word
    UNION SELECT 'name:' || one.word || ' ' || two.word || ' ' || three.word
    FROM words AS one JOIN words AS two ON two.name = one.name AND two.word > one.word
        JOIN words AS three ON three.name = one.name AND three.word > two.word
    UNION SELECT 'tag:' || unnest(%(tags)s::text[])
    UNION SELECT 'open/paid/fulfilled:' || unnest(%(tags)s::text[])
"""
BY_STEPS = """
    SELECT unnest(order_search_terms(
        jsonb_build_object('name', %(receiver)s::text), jsonb_build_object('name', %(payer)s::text),
        %(tags)s::text[], 'open', 'paid', 'fulfilled'))
"""
ODD = [
    (None, None, []),
    ("", "  ", ["a"]),
    ("Ana", "Ana", ["gift", "vip"]),
    ("Ana María O'Neill-Pérez", "ana maria oneill perez", []),
    ("d’Artagnan, Charles (de Batz)", None, []),
    (None, "Ωμέγα ΑΛΦΑ Ґалина", ["ñandú"]),
    ("a b c d e f g h", "h g f e d c b a", []),
    ("b a b a b a c", "B\tA\nC\rD\fE\vF", []),
    ("x" * 41 + " " + "x" * 40, "/_-;.,()", []),
    ("ﬁ ½ Å İ ß 東京 太郎", "fi 1⁄2 a i ss", []),
    ("Ana\u00a0Luz\u2003Gil", "Ana Luz Gil", []),
    ('"{a,b}" \\ NULL null', "{}", ["{}", '"']),
]
LETTERS = "abAB  cdÉñ'’.,-_\t\u00a0ΑωЖ\u0301x"


async def terms(
    query: LiteralString, receiver: str | None, payer: str | None, tags: list[str]
) -> list[str]:
    values = {"receiver": receiver, "payer": payer, "tags": tags, "upper": UPPER, "lower": LOWER}
    async with reading() as session:
        found = await session.driver.execute(query, values)
        return sorted([term for (term,) in await found.fetchall()])


@pytest.mark.parametrize(("receiver", "payer", "tags"), ODD)
async def test_odd_names_have_the_same_terms(
    shop: object, receiver: str | None, payer: str | None, tags: list[str]
) -> None:
    by_steps = await terms(BY_STEPS, receiver, payer, tags)
    assert by_steps == await terms(AS_ONE_QUERY, receiver, payer, tags)


async def test_random_names_have_the_same_terms(shop: object) -> None:
    chance = random.Random(20261201)  # noqa: S311 - the same in every run
    for _ in range(150):
        receiver, payer = ("".join(chance.choices(LETTERS, k=chance.randint(0, 24))) for _ in "ab")
        by_steps = await terms(BY_STEPS, receiver, payer, [])
        assert by_steps == await terms(AS_ONE_QUERY, receiver, payer, []), (receiver, payer)


async def test_a_name_of_two_words_has_three_terms(shop: object) -> None:
    found = await terms(BY_STEPS, "Pérez Ana", "ANA PEREZ", ["vip"])
    expected = ["name:ana", "name:ana perez", "name:perez", "open/paid/fulfilled:vip", "tag:vip"]
    assert found == expected
