"""What tax offices and tax laws say, on amounts of ours unless they published an example.

Every row goes through the pricing preview. Included tax is the fraction that the office gives
(HM Revenue & Customs: 1/6 of a price at 20 %), rounded half up.
"""

from typing import Any

import pytest
from support.pricing.published import named
from support.pricing.requests import cost, freight, line, taxes

Document = dict[str, Any]
Row = tuple[int, str, int]
"""An amount, the rate, and the tax."""

INCLUDED: dict[str, list[Row]] = {
    "HMRC VAT Notice 700: the VAT fraction of 20 % is 1/6": [
        (90_00, "20", 15_00),
        (19_99, "20", 3_33),  # 333.17
    ],
    "HMRC VAT Notice 700: the VAT fraction of 5 % is 1/21": [
        (21_00, "5", 1_00),
        (9_99, "5", 48),  # 47.57
    ],
    "Spain, Ley 37/1992, art. 90: 21 %": [
        (121_00, "21", 21_00),
        (19_99, "21", 3_47),  # 346.93
    ],
    "Spain, Ley 37/1992, art. 91.Uno: 10 %": [
        (55_00, "10", 5_00),
        (9_99, "10", 91),  # 90.82
    ],
    "Spain, Ley 37/1992, art. 91.Dos: 4 %": [
        (10_40, "4", 40),
        (3_50, "4", 13),  # 13.46
    ],
    "Germany, UStG § 12 (1): 19 %": [
        (119_00, "19", 19_00),
        (100_00, "19", 15_97),  # 1,596.64
    ],
    "Germany, UStG § 12 (2): 7 %": [
        (107_00, "7", 7_00),
        (19_99, "7", 1_31),  # 130.78
    ],
    "France, CGI art. 278: 20 %": [(9_99, "20", 1_67)],  # 166.5
    "France, CGI art. 279: 10 %": [(11_00, "10", 1_00)],
    "France, CGI art. 278-0 bis: 5.5 %": [(10_55, "5.5", 55)],
    "France, CGI art. 281 quater and following: 2.1 %": [(10_21, "2.1", 21)],
    "Italy, DPR 633/1972, art. 16: 22 %": [(122_00, "22", 22_00)],
    "Italy, DPR 633/1972, table A: 10 %": [(16_50, "10", 1_50)],
    "Italy, DPR 633/1972, table A: 5 %": [(4_20, "5", 20)],
    "Italy, DPR 633/1972, table A: 4 %": [(13_00, "4", 50)],
    "Switzerland, MWSTG art. 25: 8.1 %": [
        (108_10, "8.1", 8_10),
        (100_00, "8.1", 7_49),  # 749.31
    ],
    "Switzerland, MWSTG art. 25: 2.6 %": [(10_26, "2.6", 26)],
    "Switzerland, MWSTG art. 25: 3.8 %": [(103_80, "3.8", 3_80)],
    "Australia, ATO: GST is 1/11 of the price": [
        (110_00, "10", 10_00),
        (19_99, "10", 1_82),  # 181.73
    ],
    "New Zealand, Inland Revenue: GST is 3/23 of the price": [
        (23_00, "15", 3_00),
        (19_99, "15", 2_61),  # 260.74
    ],
    "Japan, Consumption Tax Act: 10/110": [(1_100, "10", 100)],
    "Japan, Consumption Tax Act: 8/108": [(1_080, "8", 80)],
    "Canada, Excise Tax Act: HST of 13 % is 13/113": [(113_00, "13", 13_00)],
    "Canada, Excise Tax Act: HST of 15 % is 15/115": [(230_00, "15", 30_00)],
}
ADDED: dict[str, list[Row]] = {
    "Spain, Ley 37/1992, art. 90: 21 %": [(100_00, "21", 21_00)],
    "Spain, Ley 37/1992, art. 91.Uno: 10 %": [(50_00, "10", 5_00)],
    "Spain, Ley 37/1992, art. 91.Dos: 4 %": [(25_00, "4", 1_00)],
    "Germany, UStG § 12 (1): 19 %": [(100_00, "19", 19_00)],
    "Germany, UStG § 12 (2): 7 %": [(100_00, "7", 7_00)],
    "France, CGI art. 278: 20 %": [(12_50, "20", 2_50)],
    "France, CGI art. 278-0 bis: 5.5 %": [(19_90, "5.5", 1_09)],  # 109.45
    "France, CGI art. 281 quater and following: 2.1 %": [(2_50, "2.1", 5)],  # 5.25
    "Italy, DPR 633/1972, art. 16: 22 %": [(19_99, "22", 4_40)],  # 439.78
    "Switzerland, MWSTG art. 25: 8.1 %": [(100_00, "8.1", 8_10)],
    "Québec: GST of 5 %": [
        (200_00, "5", 10_00),
        (19_99, "5", 1_00),  # 99.95
    ],
    "Québec: QST of 9.975 %": [
        (200_00, "9.975", 19_95),
        (19_99, "9.975", 1_99),  # 199.40
    ],
    "Québec: GST and QST, both on the price": [(200_00, "5+9.975", 29_95)],
    "Canada, Excise Tax Act: HST of 13 %": [
        (100_00, "13", 13_00),
        (19_99, "13", 2_60),  # 259.87
    ],
    "Canada, Excise Tax Act: HST of 15 %": [(100_00, "15", 15_00)],
    "New York City: 4 % of the state, 4.5 % of the city, 0.375 % of the MCTD": [
        (100_00, "4+4.5+0.375", 8_88),  # 887.5
        (20_00, "8.875", 1_78),  # 177.5
        (110_00, "8.875", 9_76),  # 976.25
    ],
    "Texas: 6.25 % of the state, at most 2 % of local jurisdictions": [
        (100_00, "6.25+2", 8_25),
        (19_99, "8.25", 1_65),  # 164.92
    ],
    "California: 7.25 % in the whole state": [
        (100_00, "7.25", 7_25),
        (19_99, "7.25", 1_45),  # 144.93
    ],
    "Australia, GST Act 1999, s 9-90: half a cent goes up": [(10_05, "10", 1_01)],
}


@pytest.mark.parametrize(("amount", "rate", "told"), named(INCLUDED))
def test_the_tax_within_a_price_is_what_the_law_says(amount: int, rate: str, told: int) -> None:
    view = cost([line(amount, 1, rate)])

    assert (view.tax_included, view.tax_added, view.total) == (told, 0, amount)


@pytest.mark.parametrize(("amount", "rate", "told"), named(ADDED))
def test_the_tax_on_top_of_a_price_is_what_the_law_says(amount: int, rate: str, told: int) -> None:
    view = cost([line(amount, 1, rate, prices_include_tax=False)])

    assert (view.tax_included, view.tax_added, view.net_total) == (0, told, amount)


def net(amount: int, quantity: int, rate: str) -> Document:
    return line(amount, quantity, rate, prices_include_tax=False)


@pytest.mark.parametrize(
    ("lines", "rounding", "told"),
    named(
        {
            # 10.5 cents each: 11 for each supply, or 31.5 for all, which is 32
            "Australia, GST Act 1999, s 9-90: taxable supply rule": [
                ([net(1_05, 1, "10")] * 3, "line", [11, 11, 11]),
            ],
            "Australia, GST Act 1999, s 9-90: total invoice rule": [
                ([net(1_05, 1, "10")] * 3, "document", [11, 11, 10]),
            ],
            # 10.24 yen each, 30.72 together: an invoice rounds once for each rate
            "Japan, qualified invoice: once for each rate": [
                ([net(128, 1, "8")] * 3, "document", [11, 10, 10]),
                # 30.72 at 8 %, and 12.3 + 12.3 = 24.6 at 10 %
                (
                    [net(128, 3, "8"), net(123, 1, "10"), net(123, 1, "10")],
                    "document",
                    [31, 13, 12],
                ),
            ],
            "Japan, before the qualified invoice: each line": [
                ([net(128, 1, "8")] * 3, "line", [10, 10, 10]),
            ],
            # 17.18 within each of three at 0.99, 51.55 within all
            "Spain, Ley 37/1992, art. 90: 21 %": [
                ([line(99, 3, "21")], "unit", [51]),
                ([line(99, 3, "21")], "line", [52]),
                ([line(99, 1, "21")] * 3, "line", [17, 17, 17]),
                ([line(99, 1, "21")] * 3, "document", [18, 17, 17]),
            ],
            # 8.875 cents of each dollar: 9 each, 88.75 together
            "New York City: 8.875 %": [
                ([net(1_00, 10, "8.875")], "unit", [90]),
                ([net(1_00, 10, "8.875")], "line", [89]),
            ],
        }
    ),
)
def test_tax_is_rounded_for_each_unit_each_line_or_once(
    lines: list[Document], rounding: str, told: list[int]
) -> None:
    assert taxes(lines, rounding)[:-1] == told


@pytest.mark.parametrize(
    ("lines", "shipping", "told"),
    named(
        {
            "HMRC VAT Notice 700: 1/6 of the delivery too": [
                ([line(120_00, 1, "20")], freight(6_00, "20"), [20_00, 1_00]),
            ],
            "Germany, UStG § 12 (1): 19 % of the delivery too": [
                ([line(119_00, 1, "19")], freight(5_95, "19"), [19_00, 95]),
            ],
            "Spain, Ley 37/1992, art. 78.Dos.1: transport is taxed like what it carries": [
                ([net(100_00, 1, "21")], freight(5_00, "21", included=False), [21_00, 1_05]),
            ],
        }
    ),
)
def test_delivery_is_taxed_like_the_goods(
    lines: list[Document], shipping: Document, told: list[int]
) -> None:
    assert taxes(lines, "line", shipping) == told
