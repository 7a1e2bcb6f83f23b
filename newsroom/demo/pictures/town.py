"""Houses, lamps and people that the scenes share."""

from newsroom.demo.pictures.canvas import Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    arch,
    ellipse,
    placed,
    rectangle,
    ribbon,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.palette import INK, NIGHT, PAPER, Colour, blend


def draw_house(
    canvas: Canvas,
    left: float,
    ground: float,
    width: float,
    height: float,
    wall: Colour,
    *,
    light: Colour = NIGHT,
    shade: Colour = INK,
    arched: bool = False,
) -> None:
    """Draw a flat-roofed house with rows of windows, its right side in the shade.

    `light` is the colour of the window panes.
    """
    top = ground - height
    front = rectangle(left, top, left + width, ground)
    canvas.fill(front, wall)
    canvas.spray(front, shade, (left + width * 0.2, top), (left + width * 1.3, ground), 0.6)
    canvas.fill(
        rectangle(left - width * 0.03, top, left + width * 1.03, top + max(3, height * 0.03)),
        blend(wall, PAPER, 0.5),
    )
    columns, rows = max(1, round(width / 46)), max(1, round(height / 70))
    pane_width, pane_height = width / columns * 0.36, height / rows * 0.46
    for row in range(rows):
        for column in range(columns):
            x = left + width * (column + 0.5) / columns - pane_width / 2
            y = top + height * (row + 0.32) / rows
            draw_window(canvas, x, y, pane_width, pane_height, light, arched=arched)


def draw_window(
    canvas: Canvas,
    left: float,
    top: float,
    width: float,
    height: float,
    light: Colour,
    *,
    arched: bool = False,
) -> None:
    """Draw one window with a pale sill."""
    shape = arch if arched else rectangle
    canvas.fill(shape(left, top, left + width, top + height), light)
    sill = rectangle(left - width * 0.14, top + height, left + width * 1.14, top + height * 1.08)
    canvas.fill(sill, PAPER)


def person(
    stride: float = 0.5, *, robe: bool = False, reach: bool = False, arms: bool = True
) -> list[Outline]:
    """Return a standing or walking figure as outlines, one unit tall, feet at (0, 0).

    `stride` is the distance between the feet as a share of a long step, `robe` hides the legs,
    `reach` lifts one hand ahead, and without `arms` the scene draws its own.
    """
    step = 0.17 * stride
    trunk = [(-0.035, -0.855), (-0.085, -0.815), (-0.1, -0.7), (-0.078, -0.55), (-0.085, -0.42)]
    trunk += [(0.085, -0.42), (0.08, -0.55), (0.1, -0.7), (0.085, -0.815), (0.035, -0.855)]
    figure = [ellipse(0.01, -0.93, 0.056, 0.07), rectangle(-0.024, -0.88, 0.03, -0.82)]
    figure.append(smooth_loop(trunk, 6))
    if arms:
        figure += _arms(step, reach=reach)
    if robe:
        figure.append([(-0.08, -0.52), (0.08, -0.52), (0.12, -0.25), (0.14, 0), (-0.14, 0)])
        return figure
    for side, hip in ((-1, -0.035), (1, 0.035)):
        foot = hip + side * step
        leg = smooth_path([(hip, -0.47), (hip + side * step * 0.35 + 0.02, -0.25), (foot, -0.015)])
        figure += [ribbon(leg, 0.1, 0.045), ellipse(foot + 0.022, -0.012, 0.05, 0.02)]
    return figure


def _arms(step: float, *, reach: bool) -> list[Outline]:
    back = smooth_path([(-0.075, -0.79), (-0.115 - step * 0.3, -0.62), (-0.09 - step * 0.8, -0.45)])
    front = [(0.075, -0.79), (0.125 + step * 0.2, -0.62), (0.13 + step * 0.8, -0.47)]
    if reach:
        front = [(0.06, -0.79), (0.18, -0.78), (0.27, -0.96)]
    return [ribbon(back, 0.06, 0.034), ribbon(smooth_path(front), 0.06, 0.032)]


def draw_person(
    canvas: Canvas,
    x: float,
    ground: float,
    height: float,
    colour: Colour,
    *,
    facing: int = 1,
    figure: list[Outline] | None = None,
) -> None:
    """Draw a person's silhouette; `facing` is 1 for the right and -1 for the left.

    `figure` is what `person` returned; without it the person walks at an easy pace.
    """
    for part in person() if figure is None else figure:
        canvas.fill(placed([(px * facing, py) for px, py in part], x, ground, height), colour)


def draw_person_shadow(
    canvas: Canvas, x: float, ground: float, height: float, run: float, fall: float
) -> None:
    """Draw the shadow that a standing person throws; lengths are for each pixel of height."""
    body = [(-0.09, 0), (-0.12, -0.7), (-0.06, -0.85), (0, -1), (0.06, -0.85), (0.12, -0.7)]
    outline = placed(smooth_loop([*body, (0.09, 0)]), x, ground, height)
    canvas.wash(
        [(px + (ground - py) * run, ground + (ground - py) * fall) for px, py in outline], INK, 0.35
    )


def draw_street_lamp(canvas: Canvas, x: float, ground: float, height: float, light: Colour) -> None:
    """Draw a lamp post with a lit lantern."""
    canvas.fill(ribbon([(x, ground), (x, ground - height)], height * 0.03, height * 0.018), INK)
    canvas.fill(
        rectangle(x - height * 0.04, ground - height * 0.03, x + height * 0.04, ground), INK
    )
    top = ground - height
    canvas.glow(x, top - height * 0.05, height * 0.42, light, 0.8)
    bulb = [(x - height * 0.035, top), (x + height * 0.035, top)]
    rim = [(x + height * 0.055, top - height * 0.1), (x - height * 0.055, top - height * 0.1)]
    canvas.fill([*bulb, *rim], light)
    canvas.fill([*rim, (x, top - height * 0.14)], INK)
