"""Vietnamese as officers write it: just below, at, and just above each limit."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports import vietnamese as vi


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2018, 1, 5), "ngày 05 tháng 01 năm 2018", "05/01/2018"),
        (date(2018, 2, 9), "ngày 09 tháng 02 năm 2018", "09/02/2018"),
        (date(2018, 3, 10), "ngày 10 tháng 3 năm 2018", "10/3/2018"),
        (date(2018, 5, 15), "ngày 15 tháng 5 năm 2018", "15/5/2018"),
        (date(2018, 11, 24), "ngày 24 tháng 11 năm 2018", "24/11/2018"),
    ],
)
def test_leading_zeros_only_below_day_10_and_month_3(day, long, short):
    assert vi.long_date(day) == long
    assert vi.short_date(day) == short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.000"),
        (1234567, "1.234.567"),
        (Decimal("1234.5"), "1.234,5"),
        (Decimal("98.50"), "98,5"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("-0"), "0"),
        (Fraction(1, 3), "0,33"),
        (Fraction(200, 1), "200"),
        (None, "chưa có số liệu"),
    ],
)
def test_numbers_have_a_thousands_dot_and_a_decimal_comma(value, text):
    assert vi.number(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (17, 200, "8,5%"),
        (9, 15, "60%"),
        (1, 3, "33,33%"),
        (2, 3, "66,67%"),
        (100, 101, "99,01%"),
        (96, 101, "95,05%"),
        (0, 7, "0%"),
        (1, 100000, "dưới 0,01%"),
        (1, 20001, "dưới 0,01%"),
        (1, 20000, "0,01%"),
        (1, 2000, "0,05%"),
        (1, 1000, "0,1%"),
        (1999, 2000, "99,95%"),
        (19999, 20000, "99,995%"),
        (2000, 2000, "100%"),
        (2001, 2000, "100,05%"),
        (59999, 1000000, "5,9999%"),
        (7999, 10000, "79,99%"),
        (8000, 10000, "80%"),
        (8001, 10000, "80,01%"),
        (14999, 100000, "14,999%"),
        (0, 0, "không phát sinh"),
        (None, 5, "chưa có số liệu"),
        (5, None, "chưa có số liệu"),
    ],
)
def test_a_share_of_nothing_is_no_percentage(part, whole, text):
    assert vi.percent(part, whole) == text


@pytest.mark.parametrize(
    ("now", "before", "sentence", "cells"),
    [
        (153, 141, "tăng 12 vụ (8,51%)", ("+12", "+8,51%")),
        (140, 141, "giảm 1 vụ (0,71%)", ("-1", "-0,71%")),
        (141, 141, "không tăng, không giảm", ("0", "0%")),
        (142, 141, "tăng 1 vụ (0,71%)", ("+1", "+0,71%")),
        (4, 0, "tăng 4 vụ", ("+4", "x")),
        (0, 0, "không tăng, không giảm", ("0", "x")),
        (0, 4, "giảm 4 vụ (100%)", ("-4", "-100%")),
        (None, 4, "không so sánh được do chưa có đủ số liệu", ("-", "-")),
        (4, None, "không so sánh được do chưa có đủ số liệu", ("-", "-")),
    ],
)
def test_change_is_told_in_words_that_agree_with_the_figures(now, before, sentence, cells):
    assert vi.change(now, before, "vụ") == sentence
    assert vi.change_cells(now, before) == cells


def test_enumerations():
    assert vi.listing([]) == "không có"
    assert vi.listing(["A"]) == "A"
    assert vi.listing(["A", "B"]) == "A và B"
    assert vi.listing(["A", "B", "C"]) == "A, B và C"
    assert vi.listing(["Sở Văn hóa, Thể thao và Du lịch", "B", "C"]) == "Sở Văn hóa, Thể thao và Du lịch; B và C"


def test_letters_follow_the_decree_and_romans_count():
    assert "".join(vi.letter(n) for n in range(1, 8)) == "abcdđeg"
    assert [vi.roman(n) for n in (1, 4, 5, 9, 14, 39)] == ["I", "IV", "V", "IX", "XIV", "XXXIX"]
    for beyond in (0, 24):
        with pytest.raises(IndexError):
            vi.letter(beyond)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Phường 9", "Phường 9"),
        ("Phường Tân Xuyên", "phường Tân Xuyên"),
        ("Thị trấn Năm Căn", "thị trấn Năm Căn"),
        ("Xã Tân Thành", "xã Tân Thành"),
        ("Thành phố Cà Mau", "thành phố Cà Mau"),
        ("Huyện U Minh", "huyện U Minh"),
        ("Sở Tư pháp", "Sở Tư pháp"),
    ],
)
def test_a_numbered_ward_keeps_its_capital(name, inside):
    assert vi.in_sentence(name) == inside


def test_text_is_nfc():
    assert vi.nfc(unicodedata.normalize("NFD", "Ủy ban")) == "Ủy ban"


def test_counts_below_ten_take_a_leading_zero_but_none_stays_0():
    assert [vi.two_digits(n) for n in (0, 1, 9, 10, 15)] == ["0", "01", "09", "10", "15"]
