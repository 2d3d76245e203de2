"""A small study with records, computed by real rules: five centres in four provinces, probes, and two given values."""

from pathlib import Path

from tests.made_records import write_records

STUDY = """\
suanli: 1
title: {zh: 记录研究, en: A study with records}
framework: ccpe-3.0
regions: provinces
periods: [2022, 2023]
records:
  source: 算力中心统计报表
data:
  - file: data.csv
    source: 年鉴
"""
GIVEN = (
    "region_code,period,code,value,unit\n520000,2023,3.1.2.1,75,%\n110000,2023,3.1.2.1,60.01,%\n"
)
PLACES = ("520100", "520100", "110000", "440300", "310000")
REPORTED_PUE = (1.2, 1.3, 1.4, None, 1.6)


def write_study(folder: Path, *, study: str = STUDY, given: str = GIVEN) -> Path:
    """Write the study; its PUE falls back to design power, and one centre does not report."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    (folder / "data.csv").write_text(given, encoding="utf-8")
    write_records(folder / "records", tables())
    return folder


def tables():
    centres, chips = [], []
    for year in (2022, 2023):
        for number, (place, pue) in enumerate(zip(PLACES, REPORTED_PUE, strict=True)):
            name = f"F{number}"
            centres.append(
                {
                    "facility_id": name,
                    "year": year,
                    "region_code": place,
                    "kind": "ai_centre" if number == 1 else "data_centre",
                    "status": "in_use",
                    "racks_built": 100 * (number + 1),
                    "racks_used": 60 * (number + 1),
                    "design_it_power": 1000.0,
                    "load_rate": 0.5,
                    "reported_pue": pue,
                    "revenue": 1000.0 * (number + 1),
                    "industries_served": number,
                    "in_service": "2020-01-01",
                }
            )
            chips.append(
                {
                    "facility_id": name,
                    "year": year,
                    "chip": "X1",
                    "purpose": "ai",
                    "precision": "FP32",
                    "count": 100.0 * (number + 1),
                    "peak": 20.0,
                }
            )
    probes = [
        {
            "source_id": "F0",
            "target_id": target,
            "time": f"{year}-02-01T00:00:00",
            "sent": 100,
            "lost": lost,
            "delay": delay,
            "direction": "round_trip",
        }
        for year in (2022, 2023)
        for target, lost, delay in (("F2", 1, 30.0), ("F4", 3, 20.0), ("F1", 0, 2.0))
    ]
    return {
        "facilities": centres,
        "chips": chips,
        "probes": probes,
        "exchange_points": [
            {"point_id": "X", "region_code": "520000", "opened": "2017-06-01"},
        ],
    }
