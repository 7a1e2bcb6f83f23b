"""Sky, sea, land, plants and birds that the scenes share."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    Point,
    ellipse,
    lens,
    placed,
    rectangle,
    ribbon,
    ridge,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.palette import (
    CREAM,
    DUSK,
    INK,
    MOSS,
    OLIVE,
    SAGE,
    SAND,
    UMBER,
    Colour,
    blend,
)


def draw_sun(canvas: Canvas, x: float, y: float, radius: float, light: Colour) -> None:
    """Draw a flat disc with two rings of grainy light around it."""
    canvas.glow(x, y, radius * 4.5, light, 0.55)
    canvas.glow(x, y, radius * 2.2, CREAM, 0.7)
    canvas.fill(ellipse(x, y, radius), CREAM)


def draw_hills(
    canvas: Canvas, crest: float, rise: float, bumps: int, colour: Colour, shade: Colour
) -> Outline:
    """Draw one range of hills down to the foot of the sheet and return its skyline."""
    skyline = ridge(canvas.random, crest, rise, bumps)
    land = [*skyline, (WIDTH + 80, HEIGHT), (-80, HEIGHT)]
    canvas.fill(land, colour)
    canvas.spray(land, shade, (0, crest - rise / 2), (0, crest + 260), 0.85)
    return skyline


def draw_cloud(canvas: Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    """Draw a flat-bottomed bank of cloud, `width` pixels wide, whose foot is at `y`."""
    for share, size in ((-0.32, 0.1), (-0.14, 0.19), (0.1, 0.14), (0.28, 0.09), (-0.24, 0.13)):
        puff = ellipse(x + share * width, y, size * width, size * width * 0.9, 180, 360)
        canvas.fill(puff, colour)
        canvas.spray(puff, DUSK, (x, y - width * 0.06), (x, y + width * 0.12), 0.5)
    for reach, drop in ((0.62, 0.0), (0.4, 0.035)):
        bank = lens(x + drop * width, y + drop * width, width * reach, width * 0.022)
        canvas.fill(bank, blend(colour, DUSK, 0.12))


def draw_sea(canvas: Canvas, horizon: float, far: Colour, near: Colour) -> None:
    """Draw water from the horizon to the foot of the sheet, with swell that grows nearer."""
    water = rectangle(0, horizon, WIDTH, HEIGHT)
    canvas.fill(water, far)
    canvas.spray(water, near, (0, horizon), (0, HEIGHT), 1)
    y = horizon + 10
    while y < HEIGHT:
        nearness = (y - horizon) / (HEIGHT - horizon)
        for _ in range(5):
            centre = canvas.random.uniform(0, WIDTH)
            length = canvas.random.uniform(40, 130) * (0.5 + nearness * 1.6)
            tint = far if canvas.random.random() < 0.5 else near
            canvas.wash(lens(centre, y, length, 1 + nearness * 5), tint, 0.55)
        y += 9 + nearness * 22


def draw_glitter(
    canvas: Canvas, x: float, top: float, bottom: float, spread: float, colour: Colour
) -> None:
    """Draw the broken path of light under a sun or a lamp, `spread` pixels wide at its foot."""
    y = top
    while y < bottom:
        nearness = (y - top) / (bottom - top)
        half_width = (0.35 + 0.65 * nearness) * spread * canvas.random.uniform(0.35, 1)
        drift = canvas.random.uniform(-0.25, 0.25) * spread * nearness
        canvas.wash(lens(x + drift, y, half_width, 2 + nearness * 5), colour, 0.9)
        y += 8 + nearness * 16


def draw_birds(canvas: Canvas, flock: list[tuple[float, float, float]], colour: Colour) -> None:
    """Draw birds on the wing; each is its centre and the half width of its wings."""
    for x, y, span in flock:
        wings = smooth_path(
            [
                (x - span, y - span * 0.3),
                (x - span * 0.45, y - span * 0.5),
                (x, y),
                (x + span * 0.5, y - span * 0.62),
                (x + span, y - span * 0.45),
            ]
        )
        under = [(px, py + span * 0.16 * (1 - abs(px - x) / span)) for px, py in wings]
        canvas.fill(wings + under[::-1], colour)


def draw_boulder(
    canvas: Canvas,
    x: float,
    ground: float,
    width: float,
    height: float,
    colour: Colour,
    light: Colour,
) -> None:
    """Draw a rough stone around `x`, its upper left caught by the light."""
    shape = [(-0.5, 0), (-0.46, -0.45), (-0.24, -0.88), (0.08, -1), (0.38, -0.72), (0.5, -0.25)]
    jolt = canvas.random.uniform
    rough = [(px + jolt(-0.05, 0.05), py + jolt(-0.08, 0.08)) for px, py in [*shape, (0.48, 0)]]
    edge = [(x + px * width, ground + py * height) for px, py in rough]
    canvas.fill(edge, colour)
    ridge_line = [(x - 0.12 * width, ground - 0.35 * height), (x - 0.06 * width, ground)]
    canvas.spray([*edge[:4], *ridge_line], light, ridge_line[1], edge[2], 0.7)
    canvas.spray([*edge[3:], *ridge_line[::-1]], INK, edge[3], (x + width / 2, ground), 0.9)


def draw_cypress(canvas: Canvas, x: float, ground: float, height: float, colour: Colour) -> None:
    """Draw a slim cypress that stands at `ground`, its right side in the shade."""
    half = height * 0.1
    left = [(0, 0), (-half, -height * 0.22), (-half * 0.7, -height * 0.6), (0, -height)]
    right = [(half * 0.7, -height * 0.6), (half, -height * 0.22)]
    tree = placed(smooth_loop(left + right), x, ground)
    canvas.fill(
        rectangle(x - half * 0.2, ground - 4, x + half * 0.2, ground + height * 0.05), UMBER
    )
    canvas.fill(tree, colour)
    canvas.spray(tree, INK, (x - half * 0.6, ground), (x + half * 1.4, ground), 0.75)


def draw_foliage(
    canvas: Canvas, x: float, y: float, half_width: float, half_height: float, leaf: float
) -> None:
    """Draw a crown of olive leaves in three tones, lit from the upper left.

    `leaf` is the length of one leaf.
    """
    tones = [(MOSS, 0.12, 1.0), (OLIVE, 0.0, 0.9), (SAGE, -0.2, 0.62)]
    for tone, lean, reach in tones:
        for _ in range(int(half_width * half_height * 3.4 / leaf**2 * reach)):
            offset = _within_disc(canvas)
            canvas.fill(
                _leaf(
                    canvas,
                    x + (offset[0] * reach + lean * 0.6) * half_width,
                    y + (offset[1] * reach + lean) * half_height,
                    leaf,
                ),
                blend(tone, CREAM, canvas.random.random() * 0.1),
            )


def _within_disc(canvas: Canvas) -> Point:
    while True:
        x, y = canvas.random.uniform(-1, 1), canvas.random.uniform(-1, 1)
        if x * x + y * y <= 1:
            return x, y


def _leaf(canvas: Canvas, x: float, y: float, length: float) -> Outline:
    dx, dy = canvas.random.uniform(-1, 1) * length, canvas.random.uniform(-0.7, 0.7) * length
    bend = length * 0.24
    return [(x - dx, y - dy), (x - bend, y + bend), (x + dx, y + dy), (x + bend, y - bend)]


def draw_olive_tree(canvas: Canvas, x: float, ground: float, height: float) -> None:
    """Draw an old olive tree, trunk and crown, `height` pixels tall."""
    _draw_trunk(canvas, x, ground, height)
    leaf = max(4.0, height * 0.022)
    crown = [(0.02, 0.6, 0.26), (-0.27, 0.56, 0.18), (0.3, 0.57, 0.19), (-0.16, 0.72, 0.19)]
    crown += [(0.18, 0.73, 0.2), (0.02, 0.82, 0.18)]
    for dx, dy, size in crown:
        half_width, half_height = size * height, size * height * 0.7
        x_centre, y_centre = x + dx * height, ground - dy * height
        canvas.fill(ellipse(x_centre, y_centre, half_width * 0.86, half_height * 0.82), MOSS)
        draw_foliage(canvas, x_centre, y_centre, half_width, half_height, leaf)


def _draw_trunk(canvas: Canvas, x: float, ground: float, height: float) -> None:
    """Draw a knotted trunk that flares at its foot and forks into three boughs."""
    knots = [(-0.13, 0), (-0.075, -0.06), (-0.06, -0.2), (-0.085, -0.32), (-0.2, -0.5)]
    knots += [(-0.15, -0.52), (-0.03, -0.37), (0.0, -0.55), (0.045, -0.55), (0.045, -0.36)]
    knots += [(0.19, -0.54), (0.23, -0.5), (0.08, -0.28), (0.05, -0.16), (0.08, -0.05), (0.15, 0)]
    trunk = placed(smooth_loop([*knots, (0.02, 0.015)]), x, ground, height)
    canvas.fill(trunk, blend(UMBER, SAND, 0.22))
    canvas.spray(trunk, INK, (x - height * 0.06, ground), (x + height * 0.16, ground), 0.95)
    for start, bend, end in ((-0.03, -0.045, -0.06), (0.03, 0.0, 0.02)):
        furrow = smooth_path([(start, -0.03), (bend, -0.18), (end, -0.34)])
        canvas.fill(ribbon(placed(furrow, x, ground, height), height * 0.007, height * 0.001), INK)
