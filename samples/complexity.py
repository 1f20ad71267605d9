"""How complex a unit is at heart: towns and ports more than the countryside. Invented, but not absurd."""

from __future__ import annotations

from plans.units import Unit
from samples.chance import spread

BY_TYPE = {"phường": 1.75, "thị trấn": 1.45, "xã": 0.85}

# Ports, markets and crossroads stand out from their kind.
STANDS_OUT = {
    "32098": 2.7,  # thị trấn Sông Đốc
    "32008": 2.4,  # phường 5
    "32014": 2.3,  # phường 8
    "32191": 2.2,  # thị trấn Năm Căn
    "31999": 2.1,  # phường 9
    "32244": 1.9,  # thị trấn Rạch Gốc
    "32212": 1.9,  # thị trấn Cái Đôi Vàm
    "32029": 1.7,  # xã Tắc Vân
    "32062": 1.5,  # xã Khánh Hội
    "32248": 1.4,  # xã Đất Mũi
    "32131": 1.4,  # xã Lương Thế Trân
    "32206": 1.2,  # xã Tam Giang
}


def complexity(seed: int, unit: Unit) -> float:
    """The unit's level, 1 for a middling commune."""
    return STANDS_OUT.get(unit.code, BY_TYPE.get(unit.type, 1.0)) * spread(seed, 0.24, "unit", unit.code)
