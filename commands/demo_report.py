"""What `demo` tells people at its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from commands.speech import say, table
from reports.catalogue import KINDS

REPORTS = ("half_year_report", "annual_report")


def tell(summary: Mapping[str, Any], folder: Path) -> None:
    """The `summary` of a replay in `folder` as tables."""
    span = " đến ".join(f"{date.fromisoformat(summary[end]):%d/%m/%Y}" for end in ("from", "to"))
    say("", f"Kế hoạch {summary['plan']}, từ {span} (SỐ LIỆU MINH HỌA)", "")
    table(
        "Các đợt chuyển hóa",
        ("Năm", "Quyết định", "Đơn vị", "Tối đa", "Đề nghị", "Quyết định", "Chuyển tiếp", "Thành công", "Ra khỏi diện"),
        (
            (
                cycle["year"],
                _day(cycle["decided_on"]),
                cycle["units_in_force"],
                cycle["cap"],
                *(len(cycle[key]) for key in ("proposed", "decided", "carried_over")),
                cycle["success"] or "chưa đánh giá",
                len(cycle["delisted"]),
            )
            for cycle in summary["cycles"]
        ),
    )
    table(
        "Báo cáo tổng hợp",
        ("Báo cáo", "Năm", "Ký ban hành", "Ngày cuối an toàn"),
        (
            (KINDS[d["document"]].title, d["year"], _day(d["released_on"]), _day(d["last_safe_day"]))
            for d in summary["documents"]
            if d["document"] in REPORTS
        ),
    )
    say(*_counts(summary), *_seconds(summary), f"Tài liệu, thư, biểu, cơ sở dữ liệu và summary.json: {folder}")


def _counts(summary: Mapping[str, Any]) -> list[str]:
    chain = "nguyên vẹn" if summary["audit_ok"] else "BỊ ĐỨT"
    return [
        f"Giữ vững kết quả: {summary['held']} địa bàn; tái phức tạp: {len(summary['relapsed'])}.",
        f"Văn bản: {len(summary['documents'])}; phê duyệt: {summary['approvals']}, trong đó trả lại "
        f"{summary['returned']}; thư: {summary['mails']}; nhật ký: {summary['audit_events']} mục, chuỗi {chain}.",
    ]


def _seconds(summary: Mapping[str, Any]) -> list[str]:
    whole, own, simulation = (summary[key] for key in ("seconds", "own_seconds", "simulation_seconds"))
    rest = max(whole - own - simulation, 0.0)
    parts = f"chương trình {own:.1f}, mô phỏng {simulation:.1f}, Prefect {rest:.1f}"
    return [f"Thời gian: {whole:.1f} giây ({parts}).".replace(".", ",").removesuffix(",") + "."]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
