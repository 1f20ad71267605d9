"""What surrounds the words of every document: issuer, number, date, title, signer, recipients."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """Who signs: the lines of office (`KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`) and the name ("" on a draft)."""

    titles: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Frame:
    """The boxes of the decree around the body, as text ready to print. Made by `reports.issuer.frame`."""

    superior: str  # "" where the issuer has none
    issuer: tuple[str, ...]  # one line, or two for "ỦY BAN NHÂN DÂN" / "HUYỆN U MINH"
    number: str  # "Số:        /BC-CAT"
    place_and_date: str  # "Cà Mau, ngày      tháng      năm 2018"
    title: str  # "BÁO CÁO"
    subject: str
    attached_to: str  # "Kèm theo Báo cáo số …", printed under each appendix's title
    addressees: tuple[str, ...]
    signer_titles: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    illustrative: bool
    secrecy: str = ""  # "MẬT"
