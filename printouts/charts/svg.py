# SPDX-License-Identifier: EUPL-1.2
"""A drawing as SVG: black on white by itself, coloured by the style of the page that it stands in.

No style and no script within: what a page of the server may show (its Content-Security-Policy), and what paper can.
"""

from __future__ import annotations

from markupsafe import Markup

from printouts.charts.drawing import WIDTH, drawn
from printouts.charts.model import Chart
from printouts.environment import template


def svg(chart: Chart, name: str) -> Markup:
    """The drawing; ``name`` makes its ids unlike those of the other drawings of a page."""
    drawing = drawn(chart)
    # Markup.striptags and the like are not for SVG: the template has escaped every word.
    return Markup(template("chart.svg").render(chart=chart, drawing=drawing, width=WIDTH, name=name, looks=LOOKS))  # noqa: S704


LOOKS = {"full": "#262626", "few": "#ffffff"}
"""What fills a bar where no style says otherwise."""
