"""Actions of the File menu: titles, analysis, settings."""

from __future__ import annotations

from gui.actions.spec import When, spec

ACTIONS = (
    spec("file.open", "Open…", "File", "Ctrl+O", "Open a title."),
    spec("file.open_sample", "Open the sample title", "File", "", "Open the title made to try."),
    spec(
        "file.analyse",
        "Analyse again",
        "File",
        "Ctrl+R",
        "Measure the title again with the detectors of the profile.",
        When.TITLE | When.WRITABLE,
        starts_group=True,
    ),
    spec(
        "file.analyse_marked",
        "Analyse the marked stretch",
        "File",
        "Ctrl+Shift+R",
        "Measure only from in to out.",
        When.TITLE | When.MARKED | When.WRITABLE,
    ),
    spec(
        "file.simulate",
        "Simulate…",
        "File",
        "Ctrl+Shift+S",
        "Damage a stretch of the title on purpose, look at it, save clip and truth.",
        When.TITLE,
    ),
    spec(
        "file.compare",
        "Compare with…",
        "File",
        "Ctrl+Shift+D",
        "Hold another file against the title: wipe, difference, PSNR and SSIM.",
        When.TITLE,
    ),
    spec("file.cancel", "Stop the analysis", "File", "", "Cancel the running job.", When.JOB),
    spec(
        "file.profile",
        "Profile…",
        "File",
        "Ctrl+P",
        "Choose what counts as a defect.",
        starts_group=True,
    ),
    spec(
        "file.import",
        "Import…",
        "File",
        "Ctrl+I",
        "Take flags from JSON or an edit list as flags of this title.",
        When.TITLE | When.WRITABLE,
    ),
    spec(
        "file.export",
        "Export…",
        "File",
        "Ctrl+E",
        "Write a report, or marks to edit by.",
        When.TITLE,
    ),
    spec("file.close", "Close the title", "File", "Ctrl+W", "Close the title.", When.TITLE),
    spec(
        "file.backups",
        "Backups…",
        "File",
        "",
        "See the copies of the store, make one, or go back to one.",
        starts_group=True,
    ),
    spec(
        "file.settings",
        "Settings…",
        "File",
        "Ctrl+,",
        "Change how the desk behaves.",
        starts_group=True,
    ),
    spec(
        "file.quit",
        "Quit",
        "File",
        "Ctrl+Q",
        "Leave; every verdict is stored already.",
        starts_group=True,
    ),
)
