"""What came of `volvelle build`, as JSON and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.pipeline import BuildReport


def as_json(report: BuildReport) -> dict[str, object]:
    """The whole report."""
    site = report.site
    return {
        "images": report.images,
        "problems": [vars(problem) for problem in report.problems],
        "stages": [
            {
                "name": stage.name,
                "seconds": round(stage.seconds, 3),
                "done": stage.done,
                "reused": stage.reused,
                "why": stage.why,
            }
            for stage in report.stages
        ],
        "site": {"bytes": site.bytes, "files": len(site.files)} if site else None,
        "index": str(report.out / "index.html"),
    }


def plan(report: BuildReport) -> list[str]:
    """What a dry run found, a line a stage."""
    return [
        f"{stage.name:<11}" + (f"would run ({stage.why})" if stage.why else "is up to date")
        for stage in report.stages
    ]


def remarks(report: BuildReport) -> list[str]:
    """What to say of a build besides its result."""
    told = []
    if not any(stage.done for stage in report.stages):
        told.append("nothing to do: every stage is up to date")
    if report.site:
        size = report.site.bytes / 1e6
        told.append(f"{report.images} images, {len(report.site.files)} files, {size:.1f} MB")
    if report.problems:
        told.append(f"{len(report.problems)} problems:")
    return told
