"""The choices a study makes where a caliber leaves one: conversion, windows, discounts, thresholds."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]


class CaliberOptions(BaseModel):
    """Choices within the calibers, each with the default that the requirements of the indicators imply."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )

    precision: Literal["bit-width", "native"] = "bit-width"
    """How other precisions become FP32: by the width of the number, or by each chip's own FP32 peak."""
    supercomputer: Literal["rmax", "rpeak"] = "rmax"
    """Which performance of a supercomputer counts."""
    construction_stages: Mapping[
        Literal["planned", "approved", "building", "equipping"], Share
    ] = {}
    """Share of a centre under construction that counts, by stage; all of it where a stage is not named."""
    industries_weight: Literal["centre", "racks"] = "centre"
    """Whether every centre counts once in the mean number of industries served, or by its racks in use."""
    network_weight: Literal["centre", "racks"] = "centre"
    """Whether every centre counts once in the shares of centres, or by its racks in use."""
    patent_years: Annotated[int, Field(ge=1, le=20)] = 1
    """Over how many years, up to the period, patents and copyrights are counted."""
    policy_levels: Mapping[
        Literal["provincial", "municipal", "county"], Annotated[float, Field(ge=0)]
    ] = {}
    """What a policy counts by the level that issued it; 1 where a level is not named."""
    honours_valid_only: bool = True
    """Whether an honour counts only up to the day it expires."""
    least_meter_share: Share = 0.9
    """Least share of a year's intervals that a meter must have for its year to count."""
    least_report_share: Share = 0.8
    """Least share of centres that must report for a simple mean of PUEs to stand in."""
