"""Scenes of people's work indoors: the bakery and the printing press."""

import math

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    arch,
    ellipse,
    lens,
    placed,
    rectangle,
    ribbon,
    rotated,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    GOLD,
    INK,
    MIST,
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
from newsroom.demo.pictures.town import draw_person, draw_person_shadow, person


def draw_bread(canvas: Canvas) -> None:
    """Draw fresh flat loaves on a table before the glowing mouth of a brick oven."""
    canvas.backdrop([(0, blend(UMBER, INK, 0.5)), (600, UMBER), (900, BRICK)])
    _draw_oven(canvas, 560, 600)
    _draw_shelf(canvas, 1110, 210)
    _draw_shelf(canvas, 1110, 400)
    _draw_baker(canvas)
    table = [(-10, 690), (WIDTH + 10, 690), (WIDTH + 10, HEIGHT), (-10, HEIGHT)]
    canvas.fill(table, blend(OCHRE, UMBER, 0.25))
    canvas.spray(table, UMBER, (0, 700), (0, 940), 0.9)
    canvas.fill(rectangle(-10, 684, WIDTH + 10, 696), blend(GOLD, SAND, 0.3))
    canvas.glow(560, 700, 460, GOLD, 0.5)
    for x, ground, count, size in ((250, 800, 7, 150), (1010, 770, 4, 128), (1330, 810, 10, 160)):
        _draw_stack(canvas, x, ground, count, size)
    _draw_loaf(canvas, 640, 834, 170)
    _draw_loaf(canvas, 860, 866, 160)
    for x in (200, 300, 1330):
        _draw_steam(canvas, x, 620 if x < 1000 else 520)


def _draw_oven(canvas: Canvas, x: float, ground: float) -> None:
    """Draw the brick dome, the ring of wedge stones round its mouth, and the fire inside."""
    dome = [*ellipse(x, ground - 40, 520, 500, 180, 360), (x + 520, 700), (x - 520, 700)]
    canvas.fill(dome, blend(TERRACOTTA, UMBER, 0.45))
    canvas.spray(dome, INK, (x, ground), (x + 540, ground - 420), 0.9)
    for course in range(9):
        y = ground - 440 + course * 62
        for index in range(-6, 7):
            left = x + index * 104 + (course % 2) * 52
            if abs(left + 46 - x) < 430 - max(0, 4 - course) * 74:
                tone = blend(TERRACOTTA, canvas.random.choice([BRICK, UMBER, OCHRE]), 0.4)
                canvas.wash(rectangle(left, y, left + 94, y + 52), tone, 0.5)
    canvas.glow(x, ground - 40, 620, OCHRE, 0.7)
    _draw_voussoirs(canvas, x, ground)
    mouth = arch(x - 230, ground - 260, x + 230, ground + 40, 1.05)
    canvas.fill(mouth, blend(BRICK, INK, 0.35))
    canvas.spray(mouth, OCHRE, (x, ground - 260), (x, ground + 20), 1)
    canvas.glow(x - 60, ground + 20, 260, GOLD, 1)
    _draw_fire(canvas, x - 80, ground + 38)
    canvas.fill(rectangle(x - 330, ground + 36, x + 330, ground + 66), blend(SAND, UMBER, 0.35))
    canvas.fill(rectangle(x - 330, ground + 36, x + 330, ground + 42), GOLD)


def _draw_voussoirs(canvas: Canvas, x: float, ground: float) -> None:
    tones = [TERRACOTTA, blend(TERRACOTTA, OCHRE, 0.5), BRICK]
    for index in range(15):
        start, end = 180 + index * 12, 180 + index * 12 + 11
        outer = ellipse(x, ground - 20, 304, 312, start, end)
        inner = ellipse(x, ground - 20, 236, 246, start, end)
        wedge = outer + inner[::-1]
        canvas.fill(wedge, tones[index % 3])
        canvas.spray(wedge, UMBER, inner[0], outer[0], 0.5)
    for side in (-1, 1):
        canvas.fill(
            [
                (x + side * 238, ground - 16),
                (x + side * 304, ground - 16),
                (x + side * 304, ground + 38),
                (x + side * 238, ground + 38),
            ],
            tones[1],
        )


def _draw_fire(canvas: Canvas, x: float, ground: float) -> None:
    for scale, colour in ((1.0, TERRACOTTA), (0.72, OCHRE), (0.44, CREAM)):
        flame = [(-110, 0), (-100, -70), (-66, -60), (-50, -150), (-12, -90), (14, -176), (40, -84)]
        tongue = smooth_loop([*flame, (74, -116), (92, -40), (100, 0)])
        canvas.fill(placed(tongue, x, ground, scale), colour)
    for left in (-120, -30, 50):
        canvas.fill(placed(ribbon([(left, -8), (left + 90, -16)], 20), x, ground), INK)


def _draw_shelf(canvas: Canvas, left: float, y: float) -> None:
    """Draw a board on the wall with loaves leaning on each other."""
    canvas.fill(rectangle(left, y + 60, left + 520, y + 76), blend(OCHRE, UMBER, 0.3))
    canvas.wash(rectangle(left, y + 76, left + 520, y + 98), INK, 0.4)
    for index in range(10):
        x = left + 58 + index * 42
        loaf = rotated(ellipse(x, y + 6, 48, 56), (x, y + 6), 12)
        canvas.fill(loaf, blend(OCHRE, SAND, 0.35))
        canvas.spray(loaf, UMBER, (x - 34, y), (x - 56, y + 10), 0.8)
        canvas.spray(loaf, CREAM, (x + 10, y - 10), (x + 50, y - 30), 0.6)


def _draw_baker(canvas: Canvas) -> None:
    """Draw the baker's silhouette as he slides a loaf into the oven on a long peel."""
    canvas.fill(ribbon([(1120, 470), (720, 560)], 13), blend(SAND, UMBER, 0.2))
    blade = smooth_loop([(740, 540), (640, 556), (560, 588), (580, 606), (680, 596), (752, 574)])
    canvas.fill(blade, SAND)
    canvas.fill(ellipse(650, 570, 66, 15), OCHRE)
    canvas.fill(ellipse(646, 566, 54, 9), GOLD)
    draw_person(canvas, 1060, 850, 560, INK, facing=-1, figure=person(arms=False))
    apron = [(1004, 470), (1090, 470), (1112, 690), (986, 690)]
    canvas.fill(apron, blend(PAPER, ROSE, 0.2))
    canvas.spray(apron, UMBER, (1010, 560), (1130, 600), 0.95)
    cap = smooth_loop([(1016, 322), (1014, 278), (1054, 262), (1096, 280), (1094, 322)])
    canvas.fill(cap, PAPER)
    canvas.spray(cap, UMBER, (1040, 300), (1110, 300), 0.9)
    for elbow, hand in (((950, 500), (880, 524)), ((1000, 524), (940, 512))):
        canvas.fill(ribbon(smooth_path([(1024, 424), elbow, hand]), 40, 26), INK)


def _draw_stack(canvas: Canvas, x: float, ground: float, count: int, size: float) -> None:
    """Draw a pile of round flat loaves that lean a little to either side."""
    canvas.wash(lens(x + size * 0.3, ground + size * 0.14, size * 1.7, size * 0.2), INK, 0.4)
    for index in range(count):
        shift = canvas.random.uniform(-0.06, 0.06) * size
        _draw_loaf(canvas, x + shift, ground - index * size * 0.17, size)


def _draw_loaf(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw one flat loaf, `size` pixels in half width, with its toasted blisters."""
    side = ellipse(x, y + size * 0.09, size, size * 0.3)
    canvas.fill(side, blend(OCHRE, BRICK, 0.35))
    canvas.spray(side, UMBER, (x - size * 0.2, y), (x + size, y + size * 0.2), 0.9)
    top = ellipse(x, y, size, size * 0.3)
    canvas.fill(top, blend(GOLD, SAND, 0.45))
    canvas.spray(
        top,
        blend(OCHRE, TERRACOTTA, 0.4),
        (x - size * 0.3, y),
        (x + size * 0.9, y + size * 0.2),
        0.95,
    )
    canvas.spray(top, CREAM, (x, y), (x - size, y - size * 0.2), 0.6)
    for _ in range(9):
        angle, reach = canvas.random.uniform(0, 360), canvas.random.random() ** 0.5 * 0.78
        spot_x, spot_y = ellipse(0, 0, reach * size, reach * size * 0.3, angle, angle)[0]
        blister = ellipse(
            x + spot_x, y + spot_y, size * canvas.random.uniform(0.03, 0.1), size * 0.024
        )
        canvas.wash(blister, BRICK, 0.6)


def _draw_steam(canvas: Canvas, x: float, foot: float) -> None:
    for shift, height, width in ((0, 190, 13), (34, 150, 9)):
        curl = [
            (x + shift + 17 * math.sin(rise / 27), foot - 10 - rise) for rise in range(0, height, 6)
        ]
        canvas.wash(ribbon(curl, width, 1), CREAM, 0.3)


def draw_printing_press(canvas: Canvas) -> None:
    """Draw a rotary press: the web of paper runs over its cylinders to a growing pile."""
    canvas.backdrop([(0, blend(DEEP_SEA, NIGHT, 0.4)), (600, DEEP_SEA), (900, NIGHT)])
    _draw_factory_windows(canvas)
    floor = rectangle(0, 770, WIDTH, HEIGHT)
    canvas.fill(floor, blend(SAND, DUSK, 0.45))
    canvas.spray(floor, INK, (0, 760), (0, 960), 0.9)
    _draw_frame(canvas)
    rollers = [(330, 570, 150, PAPER), (620, 380, 104, TERRACOTTA), (830, 560, 138, SEA)]
    rollers += [(1020, 330, 92, OCHRE), (1180, 560, 120, TERRACOTTA)]
    _draw_web(canvas)
    for x, y, radius, colour in rollers:
        _draw_cylinder(canvas, x, y, radius, colour)
    for x, y, radius in ((732, 262, 46), (912, 250, 40), (640, 690, 50), (1010, 690, 44)):
        _draw_gear(canvas, x, y, radius)
    _draw_pile(canvas)
    draw_person_shadow(canvas, 130, 836, 400, 0.5, 0.1)
    draw_person(canvas, 120, 836, 410, INK, figure=person(reach=True))


def _draw_factory_windows(canvas: Canvas) -> None:
    """Draw tall windows and the light that slants from them across the hall."""
    for left in range(60, 1600, 312):
        pane = rectangle(left, 50, left + 230, 380)
        canvas.fill(pane, blend(MIST, CREAM, 0.4))
        canvas.spray(pane, GOLD, (left, 60), (left + 120, 420), 0.6)
        for x in range(left + 57, left + 230, 58):
            canvas.fill(rectangle(x - 3, 50, x + 3, 380), INK)
        for y in (130, 212, 296):
            canvas.fill(rectangle(left, y, left + 230, y + 6), INK)
        shaft = [(left, 60), (left + 230, 60), (left + 640, HEIGHT), (left + 360, HEIGHT)]
        canvas.spray(shaft, GOLD, (left + 520, 830), (left, -40), 0.4)


def _draw_frame(canvas: Canvas) -> None:
    """Draw the iron side of the press with its feet, plates and bolts."""
    side = [
        (470, 790),
        (470, 470),
        (560, 250),
        (700, 190),
        (1110, 190),
        (1240, 300),
        (1310, 480),
        (1310, 790),
    ]
    canvas.wash([(520, 800), (1330, 800), (1500, 850), (640, 850)], INK, 0.45)
    canvas.fill(side, INK)
    canvas.spray(side, blend(SEA, DUSK, 0.5), (900, 760), (600, 190), 0.55)
    canvas.fill([(700, 790), (730, 720), (950, 720), (980, 790)], blend(DEEP_SEA, INK, 0.3))
    for left in (440, 1240):
        canvas.fill(rectangle(left, 776, left + 110, 800), NIGHT)
    for x, y in (
        (510, 500),
        (510, 620),
        (510, 740),
        (590, 270),
        (1090, 220),
        (1270, 500),
        (1270, 740),
    ):
        canvas.fill(ellipse(x, y, 10), DUSK)
        canvas.fill(ellipse(x - 2, y - 2, 4), MIST)


def _draw_web(canvas: Canvas) -> None:
    """Draw the endless sheet from the reel, round the cylinders and down to the pile."""
    path = smooth_path([(300, 490), (450, 350), (620, 276), (712, 330), (730, 470)], 12)
    path += smooth_path([(730, 470), (720, 620), (830, 698), (950, 640), (980, 500)], 12)
    path += smooth_path([(980, 500), (930, 350), (1020, 238), (1110, 300), (1090, 460)], 12)
    path += smooth_path([(1090, 460), (1080, 640), (1180, 680), (1280, 640), (1350, 690)], 12)
    canvas.wash(ribbon([(x + 8, y + 14) for x, y in path], 26), INK, 0.5)
    canvas.fill(ribbon(path, 24), CREAM)
    canvas.fill(ribbon([(x, y + 8) for x, y in path], 5), SAND)
    for index in range(4, len(path) - 3, 7):
        canvas.fill(ribbon(path[index : index + 3], 13), DUSK if index % 2 else TERRACOTTA)


def _draw_cylinder(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    canvas.wash(ellipse(x + 12, y + 16, radius), INK, 0.5)
    for share, tone in ((1, blend(colour, INK, 0.25)), (0.9, colour)):
        canvas.fill(ellipse(x, y, radius * share), tone)
    canvas.spray(
        ellipse(x, y, radius),
        INK,
        (x - radius * 0.2, y - radius * 0.2),
        (x + radius, y + radius),
        0.9,
    )
    canvas.spray(
        ellipse(x, y, radius * 0.9),
        CREAM,
        (x - radius * 0.2, y - radius * 0.3),
        (x - radius, y - radius),
        0.7,
    )
    for angle in range(0, 360, 60):
        spoke = rotated(
            ribbon([(radius * 0.24, 0), (radius * 0.74, 0)], radius * 0.1), (0, 0), angle + x
        )
        canvas.wash(placed(spoke, x, y), INK, 0.55)
    canvas.fill(ellipse(x, y, radius * 0.22), INK)
    canvas.fill(ellipse(x, y, radius * 0.1), GOLD)


def _draw_gear(canvas: Canvas, x: float, y: float, radius: float) -> None:
    for angle in range(0, 180, 15):
        tooth = rotated(
            ribbon([(-radius * 1.16, 0), (radius * 1.16, 0)], radius * 0.17), (0, 0), angle
        )
        canvas.fill(placed(tooth, x, y), OCHRE)
    canvas.fill(ellipse(x, y, radius), OCHRE)
    canvas.spray(
        ellipse(x, y, radius * 1.1),
        UMBER,
        (x - radius * 0.4, y - radius * 0.4),
        (x + radius, y + radius),
        0.95,
    )
    canvas.fill(ellipse(x, y, radius * 0.56), blend(UMBER, INK, 0.4))
    canvas.fill(ellipse(x, y, radius * 0.2), GOLD)


def _draw_pile(canvas: Canvas) -> None:
    """Draw the folded sheets that have left the press; grey blocks stand for print."""
    canvas.wash([(1290, 836), (1540, 836), (1610, 870), (1350, 870)], INK, 0.4)
    for index in range(13):
        y = 822 - index * 9
        shift = canvas.random.uniform(-7, 7)
        tone = CREAM if index % 2 else SAND
        canvas.fill(rectangle(1300 + shift, y, 1510 + shift, y + 7), tone)
    canvas.fill(rectangle(1286, 828, 1526, 842), UMBER)
    canvas.fill([(1306, 706), (1370, 664), (1554, 664), (1510, 706)], CREAM)
    canvas.fill([(1338, 698), (1374, 676), (1440, 676), (1412, 698)], DUSK)
    for row in range(3):
        y = 697 - row * 8
        canvas.fill(ribbon([(1430 + row * 6, y), (1500 + row * 10, y)], 3), DUSK)
