"""Where the marks of a chart stand: plain numbers in, coordinates out. The templates in `charts/` draw.

Page and PDF share the drawings. A style sheet doesn't reach into an SVG in a PDF, so colours are given twice: here as
attributes that suit paper, in the style sheet by class for light and dark screens.
"""

from reports.charts.bars import ResultBar, result_bar
from reports.charts.curves import CurveChart, CurveFigure, DrawnPoint, DrawnTarget, curve_figure, share_at
from reports.charts.tones import Tone, step_tone

__all__ = [
    "CurveChart",
    "CurveFigure",
    "DrawnPoint",
    "DrawnTarget",
    "ResultBar",
    "Tone",
    "curve_figure",
    "result_bar",
    "share_at",
    "step_tone",
]
