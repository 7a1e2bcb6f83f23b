"""Scenes of the town outdoors: a school yard and a street in the rain."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    arch,
    between,
    ellipse,
    lens,
    placed,
    rectangle,
    reflection_of,
    ribbon,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.nature import (
    draw_cypress,
    draw_foliage,
    draw_hills,
    draw_sun,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    GOLD,
    INK,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    Colour,
    blend,
)
from newsroom.demo.pictures.town import (
    draw_person,
    draw_person_shadow,
    draw_street_lamp,
    draw_window,
    person,
)


def draw_school(canvas: Canvas) -> None:
    """Draw pupils crossing the yard towards an arcaded school in the early morning."""
    canvas.backdrop([(0, MIST), (260, CREAM), (460, GOLD)])
    draw_sun(canvas, 230, 250, 74, GOLD)
    draw_hills(canvas, 470, 90, 5, blend(SEA, CREAM, 0.35), SEA)
    for x, height in ((60, 190), (120, 240), (330, 170), (386, 220)):
        draw_cypress(canvas, x, 600, height, MOSS)
    yard = [(-10, 590), (WIDTH + 10, 590), (WIDTH + 10, HEIGHT), (-10, HEIGHT)]
    canvas.fill(yard, SAND)
    canvas.spray(yard, blend(OCHRE, TERRACOTTA, 0.5), (0, 600), (0, 980), 0.9)
    _draw_school_house(canvas, 470, 640)
    _draw_yard_tree(canvas, 1440, 730)
    _draw_pennant(canvas, 400, 650)
    pupils = [(560, 720, 118, 1), (640, 716, 110, 1), (330, 800, 150, 1), (452, 816, 142, 1)]
    pupils += [(830, 746, 126, -1), (140, 850, 178, 1), (1010, 860, 170, -1), (1130, 850, 160, -1)]
    satchels = [OCHRE, SEA, TERRACOTTA, BRICK, SEA, TERRACOTTA, OCHRE, SEA]
    for (x, ground, height, facing), satchel in zip(pupils, satchels, strict=True):
        _draw_pupil(canvas, x, ground, height, facing, satchel)


def _draw_school_house(canvas: Canvas, left: float, ground: float) -> None:
    """Draw the two-storey building with its arcade, its porch and its roof tank."""
    right, top = WIDTH + 20, 250
    front = rectangle(left, top, right, ground)
    canvas.fill(front, blend(PAPER, SAND, 0.3))
    canvas.spray(front, blend(ROSE, DUSK, 0.4), (left + 200, ground), (right, top), 0.75)
    canvas.fill(rectangle(left - 16, top - 20, right, top + 6), TERRACOTTA)
    canvas.fill(rectangle(left, 436, right, 452), TERRACOTTA)
    for x in range(int(left) + 46, int(right), 118):
        draw_window(canvas, x, 304, 54, 90, NIGHT, arched=True)
        canvas.fill(ribbon([(x + 27, 306), (x + 27, 394)], 4), PAPER)
        _draw_arcade_bay(canvas, x - 18, 486, 90, ground)
    canvas.fill(rectangle(left - 12, ground - 14, right, ground + 8), blend(SAND, UMBER, 0.4))
    canvas.wash(
        [(left, ground + 8), (right, ground + 8), (right, ground + 44), (left + 60, ground + 44)],
        INK,
        0.25,
    )


def _draw_arcade_bay(canvas: Canvas, left: float, top: float, width: float, ground: float) -> None:
    opening = arch(left, top, left + width, ground - 10)
    canvas.fill(opening, blend(NIGHT, TERRACOTTA, 0.25))
    canvas.spray(opening, INK, (left, ground), (left + width, top), 0.95)
    light = [(left + 4, ground - 10), (left + 4, top + 74), (left + width * 0.6, ground - 10)]
    canvas.wash(light, GOLD, 0.4)


def _draw_yard_tree(canvas: Canvas, x: float, ground: float) -> None:
    canvas.wash(lens(x + 80, ground, 330, 26), INK, 0.35)
    trunk = smooth_path([(x, ground), (x - 14, ground - 170), (x + 6, ground - 340)])
    canvas.fill(ribbon(trunk, 54, 28), UMBER)
    canvas.spray(ribbon(trunk, 54, 28), INK, (x - 20, ground), (x + 34, ground), 0.9)
    bough = smooth_path([(x - 10, ground - 190), (x + 90, ground - 330)])
    canvas.fill(ribbon(bough, 26, 14), UMBER)
    for dx, dy, size in (
        (0, 420, 190),
        (-140, 340, 130),
        (120, 350, 150),
        (-90, 470, 140),
        (100, 480, 150),
        (0, 540, 150),
    ):
        canvas.fill(ellipse(x + dx, ground - dy, size * 0.88, size * 0.66), MOSS)
        draw_foliage(canvas, x + dx, ground - dy, size, size * 0.78, 15)


def _draw_pennant(canvas: Canvas, x: float, ground: float) -> None:
    canvas.fill(ribbon([(x, ground), (x, 170)], 9, 5), INK)
    canvas.fill(ellipse(x, 166, 8), GOLD)
    top = smooth_path([(x + 3, 182), (x - 60, 196), (x - 116, 182), (x - 176, 210)])
    bottom = smooth_path([(x - 176, 212), (x - 116, 250), (x - 60, 272), (x + 3, 262)])
    canvas.fill(top + bottom, TERRACOTTA)
    canvas.spray(top + bottom, BRICK, (x - 20, 200), (x - 170, 240), 0.9)


def _draw_pupil(
    canvas: Canvas, x: float, ground: float, height: float, facing: int, satchel: Colour
) -> None:
    """Draw a walking child with a schoolbag and a long morning shadow."""
    draw_person_shadow(canvas, x, ground, height, 1.35, 0.16)
    draw_person(canvas, x, ground, height, INK, facing=facing, figure=person(0.7))
    canvas.fill(placed(ellipse(0.01 * facing, -0.91, 0.085, 0.095), x, ground, height), INK)
    bag = smooth_loop([(-0.1, -0.8), (-0.27, -0.74), (-0.28, -0.5), (-0.1, -0.46)])
    canvas.fill(placed([(px * facing, py) for px, py in bag], x, ground, height), satchel)


def draw_rain_street(canvas: Canvas) -> None:
    """Draw a wet street at nightfall: lit windows, lamps, umbrellas and their reflections."""
    canvas.backdrop([(0, INK), (260, NIGHT), (470, blend(DUSK, ROSE, 0.35))])
    kerb = 620
    canvas.fill(rectangle(0, kerb, WIDTH, HEIGHT), blend(NIGHT, DEEP_SEA, 0.4))
    canvas.glow(820, kerb - 60, 420, blend(GOLD, ROSE, 0.4), 0.65)
    for side in (-1, 1):
        _draw_house_row(canvas, side, kerb)
    _draw_wet_paving(canvas, kerb)
    for x, ground, height in ((1010, 664, 220), (640, 664, 220), (1180, 740, 380), (420, 740, 380)):
        draw_street_lamp(canvas, x, ground, height, GOLD)
        _draw_lamp_reflection(canvas, x, ground, height)
    walkers = [(860, 676, 120, TERRACOTTA, -1), (770, 690, 130, SEA, 1), (930, 760, 210, OCHRE, -1)]
    for x, ground, height, colour, facing in [*walkers, (620, 840, 310, TERRACOTTA, 1)]:
        _draw_umbrella_walker(canvas, x, ground, height, colour, facing)
    _draw_rain(canvas)


def _draw_house_row(canvas: Canvas, side: int, kerb: float) -> None:
    """Draw one side of the street in perspective, from the far end to the near one."""
    tones = [
        blend(DUSK, ROSE, 0.3),
        blend(NIGHT, TERRACOTTA, 0.35),
        DEEP_SEA,
        blend(BRICK, INK, 0.35),
    ]
    reaches = [90, 180, 310, 500, 860]
    heights = [120, 250, 380, 600]
    for index, tone in enumerate(tones):
        inner, outer = reaches[index], reaches[index + 1]
        slope = heights[index] * 0.22
        top = 520 - heights[index]
        foot_inner, foot_outer = kerb - 20 + inner * 0.14, kerb - 20 + outer * 0.14
        wall = [
            (inner, foot_inner),
            (inner, top + slope),
            (outer, top - slope),
            (outer, foot_outer),
        ]
        face: Outline = [(820 + side * x, y) for x, y in wall]
        canvas.fill(face, tone)
        canvas.spray(face, INK, face[1], (face[2][0], top - 80), 0.75)
        canvas.fill(_on_wall(face, (-0.03, 1.03), (0, 0.025)), blend(tone, ROSE, 0.4))
        _draw_lit_windows(canvas, face, index)
        _draw_shop(canvas, face, (TERRACOTTA, OCHRE, BRICK, SEA)[index])


def _on_wall(face: Outline, across: tuple[float, float], down: tuple[float, float]) -> Outline:
    """Return a rectangle on a slanting wall that is given as foot, eave, eave, foot.

    `across` and `down` are shares (0 to 1) of the wall's width and height.
    """
    corners: Outline = []
    for share, level in ((0, 0), (0, 1), (1, 1), (1, 0)):
        eave = between(face[1], face[2], across[share])
        foot = between(face[0], face[3], across[share])
        corners.append(between(eave, foot, down[level]))
    return corners


def _draw_lit_windows(canvas: Canvas, face: Outline, index: int) -> None:
    rows, columns = 4, 2 + (index > 1) + (index > 2)
    for row in range(rows):
        for column in range(columns):
            across = ((column + 0.3) / columns, (column + 0.7) / columns)
            down = (0.07 + row * 0.18, 0.18 + row * 0.18)
            lit = canvas.random.random() < 0.5
            pane = _on_wall(face, across, down)
            canvas.fill(pane, GOLD if lit else INK)
            bars = UMBER if lit else NIGHT
            middle = sum(across) / 2
            canvas.fill(_on_wall(face, (middle - 0.008, middle + 0.008), down), bars)
            canvas.fill(_on_wall(face, across, (down[0] + 0.04, down[0] + 0.046)), bars)
            canvas.fill(_on_wall(face, across, (down[1], down[1] + 0.01)), DUSK)
            if lit:
                canvas.glow(*between(pane[0], pane[2], 0.5), 30 + index * 20, OCHRE, 0.45)


def _draw_shop(canvas: Canvas, face: Outline, colour: Colour) -> None:
    """Draw a lit shop front at the foot of a wall, under its awning."""
    front = _on_wall(face, (0.1, 0.9), (0.84, 1))
    canvas.fill(front, blend(GOLD, CREAM, 0.3))
    canvas.spray(front, TERRACOTTA, front[0], front[1], 0.7)
    for share in (0.1, 0.36, 0.64, 0.88):
        canvas.fill(_on_wall(face, (share, share + 0.02), (0.84, 1)), INK)
    canvas.fill(_on_wall(face, (0.06, 0.94), (0.8, 0.865)), colour)
    for share in (0.17, 0.39, 0.61, 0.83):
        canvas.wash(_on_wall(face, (share - 0.11, share), (0.8, 0.865)), CREAM, 0.55)


def _draw_wet_paving(canvas: Canvas, kerb: float) -> None:
    """Draw the shine of the paving: streaks of window light and pale puddles."""
    road = [(760, kerb - 8), (880, kerb - 8), (1500, HEIGHT), (140, HEIGHT)]
    canvas.spray(road, blend(ROSE, GOLD, 0.4), (0, HEIGHT), (0, kerb - 60), 0.8)
    for _ in range(70):
        x, y = canvas.random.gauss(820, 400), canvas.random.uniform(kerb + 40, HEIGHT)
        nearness = (y - kerb) / (HEIGHT - kerb)
        tone = canvas.random.choice([GOLD, ROSE, DUSK, INK])
        canvas.wash(lens(x, y, 30 + 110 * nearness, 1.5 + 4 * nearness), tone, 0.35)


def _draw_lamp_reflection(canvas: Canvas, x: float, ground: float, height: float) -> None:
    """Draw a lamp's broken reflection on wet paving below `ground`."""
    y = ground + height * 0.1
    while y < min(HEIGHT, ground + height * 0.8):
        half_width = height * canvas.random.uniform(0.025, 0.07)
        canvas.wash(lens(x, y, half_width, height * 0.012), GOLD, 0.75)
        y += height * 0.042


def _draw_umbrella_walker(
    canvas: Canvas, x: float, ground: float, height: float, colour: Colour, facing: int
) -> None:
    hem = [(0.5 - index * 0.0525, -0.98 + (0.035 if index % 4 == 2 else 0)) for index in range(17)]
    canopy = [(px * facing, py) for px, py in ellipse(0.08, -0.98, 0.42, 0.3, 180, 360) + hem]
    canvas.wash(reflection_of(placed(canopy, x, ground, height), ground, 0.5), colour, 0.3)
    for depth in range(5):
        smear = lens(x, ground + height * (0.04 + depth * 0.075), height * (0.16 - depth * 0.02), 4)
        canvas.wash(smear, INK, 0.55)
    draw_person(canvas, x, ground, height, INK, facing=facing, figure=person(0.6))
    coat = [(-0.085, -0.6), (0.085, -0.6), (0.15, -0.28), (-0.13, -0.28)]
    forearm = ribbon(smooth_path([(0.07, -0.78), (0.17, -0.66), (0.12, -0.76)]), 0.055, 0.035)
    for part in (coat, forearm, ribbon([(0.1, -1.3), (0.12, -0.68)], 0.018)):
        canvas.fill(placed([(px * facing, py) for px, py in part], x, ground, height), INK)
    cover = placed(canopy, x, ground, height)
    canvas.fill(cover, colour)
    canvas.spray(cover, INK, (x, ground - height * 1.2), (x + height * 0.5, ground - height), 0.85)


def _draw_rain(canvas: Canvas) -> None:
    for _ in range(340):
        x, y = canvas.random.uniform(-40, WIDTH + 120), canvas.random.uniform(-60, HEIGHT)
        length = canvas.random.uniform(18, 60)
        drop = ribbon([(x, y), (x - length * 0.28, y + length)], 1, 2)
        canvas.wash(drop, MIST, canvas.random.uniform(0.2, 0.55))
